/* The sentences that several views share: how sure the type is, where a rule comes from, what an answer says. */
"use strict";
{
  const { t } = Board;
  const STATES = { met: "state.met", planned: "state.planned", missing: "state.missing", unknown: "state.unknown" };
  const PLANS = { "over-promise": "plan.over_promise", "not-shown": "plan.not_shown", matches: "plan.matches", below: "plan.below" };
  const SECTIONS = {
    people: "section.people", time: "section.time", dates: "section.dates", place: "section.place", plan: "section.plan",
  };
  let rules;
  let fields = {};
  let criteria = {};

  /* Take over the rules, and find each key's place in the format and its question. */
  function use(given) {
    rules = given;
    fields = {};
    for (const field of [...rules.decision.top, ...rules.decision.sections.flatMap((section) => section.fields)]) fields[field.key] = field;
    for (const { key, title } of rules.support) fields[key] = { ...fields[key], meaning: title };
    criteria = Object.fromEntries(rules.criteria.map((item) => [item.key, item]));
  }

  const types = () => rules.types;
  const typeOf = (id) => rules.types.find((kind) => kind.id === id) || null;
  const nameOf = (id) => (typeOf(id) ? typeOf(id).name : String(id));
  const namesOf = (ids) => ids.map(nameOf);

  /* How sure the type is, in one sentence: what is certain, or what is still possible. */
  function verdict(advice) {
    if (!advice.type) return t("verdict.none", { types: Board.texts.or(namesOf(advice.possible_types)) });
    if (advice.certain) return t("verdict.certain", { type: nameOf(advice.type) });
    return t("verdict.so_far", { type: nameOf(advice.type), types: Board.texts.or(namesOf(advice.possible_types)) });
  }

  /* One answer in words, as its criterion anchors it. */
  function answerText(key, value) {
    if (value === undefined) return t("answer.not_stated");
    if (value === null) return t("answer.unsure");
    if (Array.isArray(value)) {
      return value.map((item) => (typeof item === "string" ? anchored(key, item) : item.why ? t("answer.fixed", item) : item.what)).join(t("list.semicolon"));
    }
    return anchored(key, value);
  }

  function anchored(key, value) {
    const answer = criteria[key] && criteria[key].answers.find((item) => String(item.value) === String(value));
    if (answer) return answer.meaning.replace(/\.$/, "");
    if (key.startsWith("support.") && STATES[value]) return t(STATES[value]);
    if (typeof value === "boolean") return t(value ? "answer.is_so" : "answer.is_not_so");
    if (typeOf(value)) return nameOf(value);
    return String(value).replace(/_/g, " ");
  }

  const questionOf = (key) => (criteria[key] ? criteria[key].question : fields[key] ? fields[key].meaning : key);
  const titleOf = (key) => (criteria[key] ? criteria[key].title : fields[key] ? fields[key].meaning.replace(/\.$/, "") : key);

  /* Where a rule comes from, as the program names it. */
  function origin(source) {
    const words = { passage: source.passage, reference: source.reference };
    if (source.document === "peoplehub") return t("source.seed", words);
    if (source.document === "law") return source.reference ? t("source.law_in", words) : t("source.law", words);
    return source.reference ? t("source.practice_in", words) : t("source.practice", words);
  }

  /* The gates that hold the decision lowest, and the others that hold. */
  function gatesOf(advice) {
    const order = (gate) => rules.types.findIndex((kind) => kind.id === gate.holds_to);
    const lowest = Math.min(...advice.gates.map(order));
    return {
      deciding: advice.gates.filter((gate) => order(gate) === lowest),
      others: advice.gates.filter((gate) => order(gate) > lowest),
    };
  }

  function planLine(advice) {
    const { plan } = advice;
    if (!plan || !plan.type || !PLANS[plan.verdict]) return "";
    return t(PLANS[plan.verdict], { plan: nameOf(plan.type), most: nameOf(advice.possible_types[advice.possible_types.length - 1]) });
  }

  function gapLine(advice) {
    const { need } = advice;
    if (!need.floor || !advice.type) return "";
    const words = { floor: nameOf(need.floor), type: nameOf(advice.type), count: need.gap };
    if (!need.gap) return t("need.met", words);
    return t(need.gap === 1 ? "need.gap_one" : "need.gap", words);
  }

  function opennessLine(advice) {
    const { value, low, high } = advice.openness;
    const words = { value: value === null ? "" : Board.texts.number(value), low: Board.texts.number(low), high: Board.texts.number(high) };
    if (value === null) return t("openness.range", words);
    return t(low === high ? "openness.exact" : "openness.between", words);
  }

  Board.stateWord = (state) => t(STATES[state] || STATES.unknown);
  Board.sectionWord = (name) => (SECTIONS[name] ? t(SECTIONS[name]) : name);
  Object.assign(Board, {
    useRules: use, types, typeOf, nameOf, namesOf, verdict, answerText, questionOf, titleOf, origin, gatesOf, planLine, gapLine, opennessLine,
    fieldOf: (key) => fields[key] || null,
  });
}
