/* Why the marker stands where it stands: in short beside the questions, and in full as a view of its own. Gates come
   before points, because no sum of points passes a gate. */
"use strict";
{
  const { el, t, said, button } = Board;

  function chip(id) {
    const kind = Board.typeOf(id);
    return el("span", { class: `chip side-${kind ? kind.side : "none"}` }, Board.nameOf(id));
  }

  /* Certain and possible, each by its own word. */
  function certainty(advice) {
    if (advice.certain) return el("p.sure", el("strong", t("reasons.certain")), " ", t("reasons.certain_means"));
    return el("p.sure.open", el("strong", t("reasons.possible")), " ", Board.texts.or(Board.namesOf(advice.possible_types)));
  }

  function headline(advice, level) {
    const kind = Board.typeOf(advice.type);
    return [
      el(level, { class: "headline" }, kind
        ? [el("span.type", kind.name), " ", t(advice.certain ? "reasons.fits" : "reasons.fits_so_far")]
        : t("reasons.no_type")),
      kind ? el("p.key-question", el("q", kind.key_question)) : null,
    ];
  }

  function readAnswers(rule) {
    return rule.answers.map((read) => `${Board.titleOf(read.key)}: ${Board.answerText(read.key, read.value === null ? undefined : read.value)}`);
  }

  function source(rule) {
    return el("p.source", Board.origin(rule.source), " · ", el("code", rule.rule));
  }

  function gateCard(gate) {
    return el("li.gate", {},
      el("p.gate-title", el("strong", gate.title), " ", el("span.holds", t("reasons.holds_to"), " ", chip(gate.holds_to))),
      el("p", gate.because),
      el("p.read", t("reasons.your_answer"), " ", el("span", { dir: "auto" }, readAnswers(gate).join(t("list.semicolon")))),
      source(gate));
  }

  /* The short answer beside the questions. */
  function summary(advice, board) {
    const { deciding } = Board.gatesOf(advice);
    const plan = Board.planLine(advice);
    const gap = advice.need.gap ? Board.gapLine(advice) : "";
    const warns = advice.plan && ["over-promise", "not-shown"].includes(advice.plan.verdict);
    const next = advice.next_question;
    return [
      ...headline(advice, "h2"),
      certainty(advice),
      next ? el("div.next-box", el("h3", t("reasons.next")), el("p", next.question),
        button(t("reasons.go"), () => board.goTo(next.key), { class: "primary", "aria-label": t("reasons.go_to", { question: next.question }) })) : null,
      deciding.length ? el("div", el("h3", t("reasons.holds_here")),
        el("ul.holds-list", deciding.map((gate) => el("li", el("strong", gate.title), ". ", gate.because)))) : null,
      plan ? el("p", { class: warns ? "warn" : "plan" }, plan) : null,
      gap ? el("p.warn", gap) : null,
      advice.type ? button(t("reasons.all"), () => board.open("reasons"), { class: "quiet" }) : el("div.beside", types()),
    ].filter(Boolean);
  }

  function section(id, title, ...children) {
    const kept = children.flat().filter(Boolean);
    return kept.length ? el("section.card", { "aria-labelledby": id }, el("h3", { id }, title), kept) : null;
  }

  function gates(advice) {
    const { deciding, others } = Board.gatesOf(advice);
    if (!deciding.length) return section("why-gates", t("reasons.holds_here"), el("p", t(advice.type ? "reasons.no_gate" : "reasons.no_gate_yet")));
    return section("why-gates", t("reasons.holds_here"),
      el("ul.gates", deciding.map(gateCard)),
      others.length ? [el("h4", t("reasons.other_gates")), el("ul.gates.quieter", others.map(gateCard))] : []);
  }

  function points(advice) {
    const rows = advice.contributions.map((item) => {
      const [read] = item.answers;
      const words = Board.answerText(read.key, read.value === null ? undefined : read.value);
      const share = item.points === null ? 0 : item.points / item.weight;
      const bar = el("span.share", { "aria-hidden": "true" });
      bar.style.setProperty("--share", share);
      return el("tr", {},
        el("th", { scope: "row" }, Board.questionOf(read.key)),
        el("td", { class: item.points === null ? "muted" : "" }, words),
        el("td.points", bar, el("span", item.points === null ? t("reasons.no_points") : t("reasons.points", { points: Board.texts.number(item.points), weight: item.weight }))));
    });
    const held = advice.openness.before_gates !== null && advice.openness.value !== null && advice.openness.before_gates > advice.openness.value;
    return section("why-points", t("reasons.points_title"),
      el("p", Board.opennessLine(advice), held ? ` ${t("openness.before", { value: Board.texts.number(advice.openness.before_gates) })}` : ""),
      el("table.answers", {},
        el("thead", el("tr", [t("reasons.question"), t("reasons.answer"), t("reasons.counts")].map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", rows)),
      advice.estimates.map((item) => el("p.hint", `${item.title}.`)),
      el("p.hint", t("reasons.numbers_ours")));
  }

  function need(advice) {
    const line = Board.gapLine(advice);
    const { unanswered, reasons } = advice.need;
    return section("why-need", t("need.title"),
      el("p", { class: advice.need.gap ? "warn" : "" }, line || t(unanswered.length && !reasons.length ? "need.none_yet" : "need.none")),
      reasons.length ? el("ul.gates.quieter", reasons.map((rule) => el("li.gate", {},
        el("p.gate-title", el("strong", rule.title), " ", el("span.holds", t("need.asks_for"), " ", chip(rule.asks_for))),
        el("p.read", t("reasons.your_answer"), " ", readAnswers(rule).join(t("list.semicolon"))), source(rule)))) : null,
      unanswered.length ? el("p.hint", t("need.unanswered", { questions: unanswered.map(Board.titleOf).join(t("list.semicolon")) })) : null);
  }

  function readinessLine(advice) {
    const { readiness } = advice;
    if (!advice.type || !readiness.supported_type) return "";
    if (readiness.state === "ready") return t("ready.ready", { type: Board.nameOf(advice.type) });
    const words = { type: Board.nameOf(advice.type), today: Board.nameOf(readiness.supported_type), planned: Board.nameOf(readiness.planned_type) };
    const more = readiness.planned_type !== readiness.supported_type;
    return t(readiness.state === "not-ready" ? "ready.not_ready" : "ready.not_yet", words) + (more ? ` ${t("ready.planned", words)}` : "");
  }

  function ready(advice) {
    const items = advice.readiness.prerequisites;
    if (!items.length) return null;
    return section("why-ready", t("ready.title"), el("p", readinessLine(advice)),
      el("ul.states", items.map((item) => {
        const detail = [item.owner, item.by ? t("ready.by", { day: item.by }) : "", item.evidence].filter(Boolean).join(t("list.comma"));
        return el("li", { class: `state-${item.state}` },
          el("span.state", Board.stateWord(item.state)),
          el("span.what", item.title, detail ? said("span", detail, { class: "detail" }) : null));
      })));
  }

  /* What can be said to people: what is open, what is not, and the promise. */
  function scope(advice, board) {
    if (!advice.type) return null;
    const answers = board.effective();
    const line = (key) => (answers[key] === undefined || answers[key] === null ? null : Board.answerText(key, answers[key]));
    const rows = [
      [t("scope.open"), line("openness.open_to_change") || t("scope.open_unknown")],
      [t("scope.fixed"), advice.fixed.length ? Board.answerText("openness.fixed", advice.fixed) : t("scope.fixed_none")],
      [t("scope.use"), line("openness.use_of_input")],
      [t("scope.promise"), advice.plan.promise || advice.promise],
      [t("scope.not_promised"), advice.not_promised],
    ].filter(([, text]) => text);
    const note = el("p.hint", t(advice.certain ? "scope.hint" : "scope.hint_open"));
    const text = () => [board.titleOf(), ...rows.map(([label, words]) => `${label}: ${words}`)].filter(Boolean).join("\n");
    return section("why-scope", t("scope.title"), note,
      el("dl.scope", rows.map(([label, words]) => el("div", el("dt", label), said("dd", words)))),
      button(t("scope.copy"), () => board.files.copy(text()), { class: "quiet no-print" }));
  }

  function inputs(advice) {
    const kind = Board.typeOf(advice.type);
    if (!kind) return null;
    const rows = [[t("inputs.system"), kind.input.system], [t("inputs.people"), kind.input.people], [t("inputs.who"), kind.who], [t("inputs.relationship"), kind.relationship]];
    return section("why-inputs", t("inputs.title"), el("dl.scope", rows.map(([label, words]) => el("div", el("dt", label), el("dd", words)))));
  }

  /* For each type near by, the smallest sets of answers that would lead to it; any one of them is enough. */
  function moves(advice, board) {
    const found = advice.certain && advice.type ? board.moves() : [];
    const order = (id) => board.rules.types.findIndex((kind) => kind.id === id);
    const change = ({ key, from, to }) => t("moves.change", {
      question: Board.questionOf(key), to: Board.answerText(key, to), from: Board.answerText(key, from === null ? undefined : from),
    });
    const group = (type) => {
      const sets = found.filter((move) => move.type === type);
      const words = `${t(order(type) > order(advice.type) ? "moves.more" : "moves.less", { type: Board.nameOf(type) })} ${t(sets.length > 1 ? "moves.any" : "moves.with")}`;
      return el("li", words, el("ul", sets.map(({ changes }) => el("li", changes.map((item, place) => [place ? el("em", t("moves.and")) : null, change(item)])))));
    };
    const types = [...new Set(found.map((move) => move.type))];
    const next = advice.next_question;
    return section("why-moves", t("moves.title"),
      types.length ? [el("ul.moves", types.map(group)), el("p.hint", t("moves.only_true"))]
        : el("p", next ? t("moves.next", { question: next.question }) : t("moves.none")));
  }

  /* What each of the types is about, in the words of its key question. */
  function types() {
    return [el("h3", t("types.title")), el("dl.types", Board.types().map((kind) => el("div", el("dt", { class: `side-${kind.side}` }, kind.name), el("dd", kind.key_question))))];
  }

  function parts(board) {
    const all = board.state.now.decision.parts;
    if (!all.length || board.scope) return null;
    return section("why-parts", t("part.title"), el("p", t("part.own_advice")),
      el("ul.parts-list", all.map((part) => {
        const advice = board.evaluate(part.answers, board.state.now.decision.answers);
        return el("li", said("strong", part.title || part.id), ": ", el("span", Board.verdict(advice)), " ",
          button(t("part.show"), () => board.toScope(part.id), { class: "quiet no-print", "aria-label": t("part.show_one", { part: part.title || part.id }) }));
      })));
  }

  function notes(advice) {
    if (!advice.notes.length) return null;
    return section("why-notes", t("reasons.notes"), el("ul.gates.quieter", advice.notes.map((note) => el("li.gate", {},
      el("p.gate-title", el("strong", note.title)), el("p", note.text), source(note)))),
    advice.notes.some((note) => note.about === "law") ? el("p.hint", t("reasons.not_legal")) : null);
  }

  function session(board) {
    const text = board.state.now.tables.length ? Board.minutes(board, board.scope) : "";
    const [, ...lines] = text.split("\n");
    return lines.length ? section("why-tables", t("minutes.heading"), said("p", lines.join("\n"), { class: "minutes" })) : null;
  }

  function used(board) {
    const base = board.rules.rule_base;
    return el("p.hint.used", t("reasons.rules", { id: base.id, version: base.version, hash: String(base.hash).replace(/^.*:/, "").slice(0, 12), program: board.rules.program }),
      " ", t("reasons.no_better"));
  }

  /* Every reason, in the order in which it counts. */
  function full(advice, board) {
    const plan = Board.planLine(advice);
    const warns = advice.plan && ["over-promise", "not-shown"].includes(advice.plan.verdict);
    return [
      el("div.card.verdict", said("p", board.titleOf() || t("app.untitled"), { class: "about-title" }), ...headline(advice, "h2"), certainty(advice),
        plan ? el("p", { class: warns ? "warn" : "plan" }, plan) : null),
      gates(advice), points(advice), need(advice), scope(advice, board), ready(advice), moves(advice, board), notes(advice), inputs(advice), parts(board), session(board), el("section.card", types()), used(board),
    ].filter(Boolean);
  }

  Object.assign(Board, { summary, fullReasons: full, chip, headline, certainty });
}
