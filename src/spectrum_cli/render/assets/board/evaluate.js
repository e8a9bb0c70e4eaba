/* From answers to an assessment, by the same steps as the program: gates and openness, type, need, readiness, plan,
   notes. It works from the rules as data and knows none of them by name. Sums are whole hundredths.

   Answers are {dotted key: value}: a text, a list, a number, true or false; null where the author says "unknown". */
"use strict";
var Spectrum = {};
{
  const ADVISED_TYPE = "advice.type";
  const NEED_GAP = "advice.gap";
  const HUNDREDTHS = 100;
  const DAY = 24 * 60 * 60 * 1000;
  const WHOLE_FILE_ONLY = ["title", "summary", "notes"];
  const SUPPORT = "support.";

  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const stated = (answers, key) => has(answers, key) && answers[key] !== null && answers[key] !== undefined;

  // Preparing a rule base, once

  const prepared = new WeakMap();

  function prepare(rules) {
    if (!prepared.has(rules)) prepared.set(rules, compile(rules));
    return prepared.get(rules);
  }

  function compile(rules) {
    const ranks = new Map();
    const states = rules.decision.support[0].answers;
    const fields = rules.decision.top.concat(...rules.decision.sections.map((section) => section.fields));
    for (const field of fields) {
      const words = field.kind === "support" ? states : field.answers;
      if (words) ranks.set(field.key, new Map(words.map((value, place) => [value, place])));
    }
    for (const criterion of rules.criteria) {
      if (ranks.has(criterion.key)) ranks.set(criterion.key, answerRanks(criterion));
    }
    ranks.set(ADVISED_TYPE, new Map(rules.types.map((kind, place) => [kind.id, place])));
    const orders = new Map(rules.types.map((kind) => [kind.id, kind.order]));
    const ready = (list) =>
      list.map((rule) => ({ rule, check: condition(rule.when, ranks), keys: keysRead(rule.when) }));
    const grid = compileGrid(rules, orders);
    const place = (gate) => Math.min(...gate.keys.map((key) => grid.criteria.findIndex((item) => item.key === key)));
    const floors = ready(rules.floors);
    return {
      rules,
      grid,
      orders,
      gates: ready(rules.gates).sort(
        (one, other) => orders.get(one.rule.holds_to) - orders.get(other.rule.holds_to) || place(one) - place(other),
      ),
      floors,
      estimates: ready(rules.estimates),
      notes: ready(rules.notes),
      needKeys: [...new Set(floors.flatMap((floor) => floor.keys))],
      listKeys: new Set(fields.filter((field) => field.kind === "choices").map((field) => field.key)),
    };
  }

  function answerRanks(criterion) {
    if (criterion.answers.some((answer) => answer.points === null)) {
      return new Map(criterion.answers.map((answer, place) => [answer.value, place]));
    }
    const distinct = [...new Set(criterion.answers.map((answer) => answer.points))].sort((one, other) => one - other);
    return new Map(criterion.answers.map((answer) => [answer.value, distinct.indexOf(answer.points)]));
  }

  // Conditions: true, false, or null where an answer that is read is not stated

  function keysRead(when) {
    if ("answer" in when) return [when.answer];
    const parts = [...(when.all || []), ...(when.any || []), ...("not" in when ? [when.not] : [])];
    return [...new Set(parts.flatMap(keysRead))];
  }

  function condition(when, ranks) {
    if ("answer" in when) return comparison(when, ranks.get(when.answer));
    if ("not" in when) {
      const inner = condition(when.not, ranks);
      return (answers) => {
        const value = inner(answers);
        return value === null ? null : !value;
      };
    }
    const decidedBy = !("all" in when);
    const parts = (when.all || when.any).map((part) => condition(part, ranks));
    return (answers) => {
      let result = !decidedBy;
      for (const part of parts) {
        const value = part(answers);
        if (value === decidedBy) return decidedBy;
        if (value === null) result = null;
      }
      return result;
    };
  }

  function comparison(when, rank) {
    const key = when.answer;
    if ("stated" in when) return (answers) => stated(answers, key) === when.stated;
    const test = valueTest(when, rank);
    return (answers) => {
      if (!stated(answers, key)) return null;
      let value = answers[key];
      if (rank && !("includes" in when) && Array.isArray(value)) {
        if (!value.length) return null;
        value = mostOpen(value, (item) => rank.get(item));
      }
      return test(value);
    };
  }

  function valueTest(when, rank) {
    if ("is" in when) return (value) => value === when.is;
    if ("in" in when) return (value) => when.in.includes(value);
    if ("includes" in when) return (value) => value.includes(when.includes);
    const low = when.at_least;
    const high = when.at_most;
    const size = rank ? (value) => rank.get(value) : (value) => value;
    return (value) =>
      (low === undefined || size(value) >= size(low)) && (high === undefined || size(value) <= size(high));
  }

  function mostOpen(items, size) {
    return items.reduce((best, item) => (size(item) > size(best) ? item : best));
  }

  // The grid: each question of openness has levels, and a gate is a list of terms that levels allow or rule out

  function compileGrid(rules, orders) {
    const criteria = rules.criteria.filter((item) => item.weight);
    const ranks = new Map(criteria.map((item) => [item.key, answerRanks(item)]));
    const terms = rules.gates
      .flatMap((gate) => gateTerms(gate.when, ranks).map((term) => ({ order: orders.get(gate.holds_to), term })))
      .sort((one, other) => one.order - other.order);
    const levels = criteria.map((criterion) => {
      const rank = ranks.get(criterion.key);
      const found = [];
      for (const answer of criterion.answers) {
        const level = (found[rank.get(answer.value)] ||= { points: 0, allows: terms.map(() => false), words: [] });
        level.points = criterion.weight * answer.points;
        level.words.push(answer.value);
        terms.forEach(({ term }, index) => {
          if (!term.has(criterion.key) || term.get(criterion.key).has(answer.value)) level.allows[index] = true;
        });
      }
      return found;
    });
    return {
      criteria,
      ranks,
      terms,
      levels,
      bandLow: rules.types.map((kind) => kind.band.from * HUNDREDTHS),
      bandTop: rules.types.map((kind) => Math.round(kind.band.to * HUNDREDTHS)),
      possible: new Map(),
      questions: new Map(),
    };
  }

  function gateTerms(when, ranks) {
    if ("answer" in when) {
      const rank = ranks.get(when.answer);
      return [new Map([[when.answer, new Set([...rank.keys()].filter(valueTest(when, rank)))]])];
    }
    if ("any" in when) return when.any.flatMap((part) => gateTerms(part, ranks));
    return when.all.reduce(
      (joined, part) => {
        const alternatives = gateTerms(part, ranks);
        return joined.flatMap((one) => alternatives.map((other) => both(one, other)));
      },
      [new Map()],
    );
  }

  function both(one, other) {
    const merged = new Map(one);
    for (const [key, allowed] of other) {
      const before = merged.get(key);
      merged.set(key, before ? new Set([...before].filter((value) => allowed.has(value))) : allowed);
    }
    return merged;
  }

  function levelOf(grid, criterion, value) {
    const rank = grid.ranks.get(criterion.key);
    if (Array.isArray(value)) return value.length ? Math.max(...value.map((item) => rank.get(item))) : null;
    return rank.get(value);
  }

  function levelsOf(grid, answers) {
    return grid.criteria.map((criterion) =>
      stated(answers, criterion.key) ? levelOf(grid, criterion, answers[criterion.key]) : null,
    );
  }

  function opennessOf(grid, point) {
    let total = 0;
    point.forEach((level, place) => (total += grid.levels[place][level].points));
    const lowest = grid.terms.findIndex((_, term) => point.every((level, place) => grid.levels[place][level].allows[term]));
    return lowest < 0 ? Math.min(total, grid.bandTop.at(-1)) : Math.min(total, grid.bandTop[grid.terms[lowest].order]);
  }

  function typeOf(grid, hundredths) {
    let order = grid.bandLow.length - 1;
    while (grid.bandLow[order] > hundredths) order -= 1;
    return order;
  }

  const leastOpen = (grid, levels) => levels.map((level) => level ?? 0);
  const mostOpenCorner = (grid, levels) => levels.map((level, place) => level ?? grid.levels[place].length - 1);
  const replaced = (levels, place, level) => levels.map((before, index) => (index === place ? level : before));

  /* The types that some completion of the answers reaches, as a sorted list of orders. Openness never falls when an
     answer becomes more open, so two corners bound a box, and a box with nothing new between them is left alone. */
  function possible(grid, levels) {
    const name = levels.join();
    if (!grid.possible.has(name)) {
      const found = new Set();
      reach(grid, levels, found);
      grid.possible.set(name, [...found].sort());
    }
    return grid.possible.get(name);
  }

  function reach(grid, levels, found) {
    const low = typeOf(grid, opennessOf(grid, leastOpen(grid, levels)));
    const high = typeOf(grid, opennessOf(grid, mostOpenCorner(grid, levels)));
    found.add(low).add(high);
    let complete = true;
    for (let order = low; order <= high; order += 1) complete = complete && found.has(order);
    if (complete) return;
    const place = levels.indexOf(null);
    grid.levels[place].forEach((_, level) => reach(grid, replaced(levels, place, level), found));
  }

  function nextQuestion(grid, levels) {
    const name = levels.join();
    if (!grid.questions.has(name)) grid.questions.set(name, findQuestion(grid, levels));
    return grid.questions.get(name);
  }

  function findQuestion(grid, levels) {
    if (possible(grid, levels).length === 1) return null;
    let best = null;
    levels.forEach((level, place) => {
      if (level !== null) return;
      const criterion = grid.criteria[place];
      const rank = grid.ranks.get(criterion.key);
      const sizes = criterion.answers.map(
        (answer) => possible(grid, replaced(levels, place, rank.get(answer.value))).length,
      );
      const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
      const worst = Math.max(...sizes);
      if (best === null || mean < best.mean || (mean === best.mean && worst < best.worst)) {
        best = { place, mean, worst };
      }
    });
    return best;
  }

  function estimate(grid, levels) {
    let weight = 0;
    let total = 0;
    levels.forEach((level, place) => {
      if (level === null) return;
      weight += grid.criteria[place].weight;
      total += grid.levels[place][level].points;
    });
    return weight ? Math.floor((total * 100) / weight) : null;
  }

  // Answers: what a part takes over from the whole, and weeks that follow from two dates

  function effective(answers, inherited) {
    const own = withWeeks(answers);
    if (!inherited) return own;
    const support = new Set(Object.keys(own).filter((key) => key.startsWith(SUPPORT)).map((key) => key.split(".")[1]));
    const ownDates = has(own, "dates.opens") || has(own, "dates.closes");
    const merged = {};
    for (const [key, value] of Object.entries(withWeeks(inherited))) {
      if (WHOLE_FILE_ONLY.includes(key) || (key.startsWith(SUPPORT) && support.has(key.split(".")[1]))) continue;
      if (key === "time.weeks" && ownDates) continue;
      merged[key] = value;
    }
    Object.assign(merged, own);
    return ownDates ? withWeeks(merged) : merged;
  }

  function withWeeks(answers) {
    if (has(answers, "time.weeks") || !answers["dates.opens"] || !answers["dates.closes"]) return answers;
    const days = (dayNumber(answers["dates.closes"]) - dayNumber(answers["dates.opens"]));
    return days >= 0 ? { ...answers, "time.weeks": Math.floor(days / 7) } : answers;
  }

  function dayNumber(text) {
    const [year, month, day] = text.split("-").map(Number);
    return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / DAY);
  }

  // The assessment

  /* Work out where answers stand: how open, which type, which types are possible, and what the need asks for. */
  function stand(ready, answers, inherited) {
    const { grid, orders, rules } = ready;
    const given = effective(answers, inherited);
    const levels = levelsOf(grid, given);
    const reachable = possible(grid, levels);
    const gates = outcomes(ready.gates, given);
    const estimates = outcomes(ready.estimates, given);
    const floors = outcomes(ready.floors, given);
    const { openness, order } = findOpenness(ready, levels, reachable, estimates, gates);
    const asked = floors.filter((item) => item.outcome).map((item) => orders.get(item.rule.asks_for));
    const advised = order === null ? null : rules.types[order];
    const floor = asked.length ? rules.types[Math.max(...asked)] : null;
    return { given, levels, reachable, gates, estimates, floors, openness, advised, floor };
  }

  /* Return the advice without its reasons: type, certain, possible_types and floor. */
  Spectrum.standing = function (rules, answers, inherited) {
    const { reachable, advised, floor } = stand(prepare(rules), answers, inherited);
    return {
      type: advised && advised.id,
      certain: reachable.length === 1,
      possible_types: reachable.map((index) => rules.types[index].id),
      floor: floor && floor.id,
    };
  };

  /* Return the assessment of one decision, or of a part of it where `inherited` holds the answers of the whole. Names
     and shapes are those of the advice as JSON, but for `moves`, which whatWouldMove gives. */
  Spectrum.evaluate = function (rules, answers, inherited) {
    const ready = prepare(rules);
    const { grid } = ready;
    const { types } = rules;
    const found = stand(ready, answers, inherited);
    const { given, levels, reachable, gates, estimates, floors, openness, advised, floor } = found;
    const gap = floor && advised ? Math.max(0, floor.order - advised.order) : 0;
    const extended = advised ? { ...given, [ADVISED_TYPE]: advised.id, [NEED_GAP]: gap } : given;
    const notes = outcomes(ready.notes, extended);
    const ofType = (name) => (advised ? advised[name] : null);
    const holding = (list, ...names) =>
      list
        .filter((item) => item.outcome)
        .map((item) => ({ ...told(rules, item, given), ...Object.fromEntries(names.map((name) => [name, item.rule[name]])) }));
    return {
      type: ofType("id"),
      certain: reachable.length === 1,
      possible_types: reachable.map((index) => types[index].id),
      openness,
      key_question: ofType("key_question"),
      promise: ofType("promise"),
      not_promised: ofType("not_promised"),
      side: ofType("side"),
      input: advised ? { ...advised.input } : null,
      relationship: ofType("relationship"),
      crosswalk: advised ? crosswalk(rules, advised) : [],
      plan: plan(types, given, advised, reachable),
      gates: holding(gates, "holds_to"),
      contributions: contributions(rules, grid, levels, given),
      estimates: holding(estimates, "counts", "as"),
      need: {
        floor: floor ? floor.id : null,
        gap,
        reasons: holding(floors, "asks_for"),
        unanswered: ready.needKeys.filter((key) => !stated(given, key)),
      },
      readiness: readiness(ready, given, advised),
      next_question: question(rules, grid, levels),
      fixed: fixedOf(given),
      notes: holding(notes, "about", "says").map(({ says, ...note }) => ({ ...note, text: says })),
      trace: [
        ...traced(gates, "gate"),
        ...traced(estimates, "estimate"),
        ...traced(floors, "floor"),
        ...traced(notes, "note"),
      ],
      answers: Object.fromEntries(
        Object.keys(given)
          .filter((key) => stated(given, key))
          .map((key) => [key, { value: plain(given[key]), line: null, column: null }]),
      ),
    };
  };

  function outcomes(list, answers) {
    return list.map((item) => ({ ...item, outcome: item.check(answers) }));
  }

  function traced(list, kind) {
    return list.map((item) => ({
      rule: item.rule.id,
      kind,
      outcome: item.outcome === null ? "unknown" : item.outcome ? "holds" : "fails",
    }));
  }

  /* Openness and the order of the best type. With answers missing the weights are shared out over those that are
     given, the gates that hold are applied, and the result is brought to the nearest type that is possible. */
  function findOpenness(ready, levels, reachable, estimates, gates) {
    const { grid, orders } = ready;
    const low = opennessOf(grid, leastOpen(grid, levels));
    const high = opennessOf(grid, mostOpenCorner(grid, levels));
    const openness = { value: null, low: low / HUNDREDTHS, high: high / HUNDREDTHS, before_gates: null };
    if (levels.every((level) => level === null)) return { openness, order: null };
    const assumed = [...levels];
    for (const { rule, outcome } of estimates) {
      const place = grid.criteria.findIndex((criterion) => criterion.key === rule.counts);
      if (outcome && levels[place] === null) assumed[place] = grid.ranks.get(rule.counts).get(rule.as);
    }
    const before = estimate(grid, assumed);
    const lowest = gates.find((gate) => gate.outcome);
    let value = lowest ? Math.min(before, grid.bandTop[orders.get(lowest.rule.holds_to)]) : before;
    value = Math.min(Math.max(value, low), high);
    let order = typeOf(grid, value);
    if (!reachable.includes(order)) {
      const wanted = order;
      order = reachable.reduce((best, other) => (Math.abs(other - wanted) < Math.abs(best - wanted) ? other : best));
      value = Math.max(grid.bandLow[order], Math.min(value, grid.bandTop[order]));
    }
    openness.value = value / HUNDREDTHS;
    openness.before_gates = before / HUNDREDTHS;
    return { openness, order };
  }

  function contributions(rules, grid, levels, answers) {
    return grid.criteria.map((criterion, place) => {
      const level = levels[place];
      const value = answers[criterion.key];
      return {
        rule: criterion.id,
        title: criterion.title,
        weight: criterion.weight,
        points: level === null ? null : grid.levels[place][level].points / HUNDREDTHS,
        counted: level === null ? null : Array.isArray(value) ? mostOpen(value, (item) => grid.ranks.get(criterion.key).get(item)) : value,
        because: criterion.why,
        source: source(rules, criterion.source),
        answers: [read(criterion.key, answers)],
      };
    });
  }

  function question(rules, grid, levels) {
    const found = nextQuestion(grid, levels);
    if (!found) return null;
    const criterion = grid.criteria[found.place];
    return {
      key: criterion.key,
      question: criterion.question,
      answers: criterion.answers.map((answer) => ({ value: answer.value, text: answer.meaning })),
      expected_types: rounded(found.mean),
      because: criterion.why,
      source: source(rules, criterion.source),
    };
  }

  /* Two places, halves to the even digit, as Python rounds. */
  function rounded(number) {
    const scaled = number * 100;
    const half = Number.isInteger(number * 8) && scaled - Math.floor(scaled) === 0.5;
    return half ? (2 * Math.round(scaled / 2)) / 100 : Number(number.toFixed(2));
  }

  function plan(types, answers, advised, reachable) {
    const planned = types.find((kind) => kind.id === answers["plan.type"]) || null;
    let verdict = "below";
    if (!planned) verdict = "none";
    else if (planned.order > Math.max(...reachable)) verdict = "over-promise";
    else if (!advised || planned.order > advised.order) verdict = "not-shown";
    else if (planned === advised) verdict = "matches";
    return {
      type: planned ? planned.id : null,
      verdict,
      promise: textOf(answers, "plan.promise"),
      methods: Array.isArray(answers["plan.methods"]) ? [...answers["plan.methods"]] : [],
      line: null,
      column: null,
    };
  }

  function readiness(ready, answers, advised) {
    if (!advised) return { state: "unknown", supported_type: null, planned_type: null, prerequisites: [] };
    const { rules, orders } = ready;
    const items = [];
    let supported = advised.order;
    let planned = advised.order;
    for (const item of rules.support) {
      const order = orders.get(item.needed_from);
      if (order > advised.order) break;
      const state = stated(answers, item.key) ? answers[item.key] : "unknown";
      const detail = (name) => (has(answers, item.key) ? textOf(answers, `${item.key}.${name}`) : null);
      items.push({
        key: item.key,
        title: item.title,
        needed_from: item.needed_from,
        state,
        owner: detail("owner"),
        by: detail("by"),
        evidence: detail("evidence"),
        because: item.because,
        source: source(rules, item.source),
        line: null,
        column: null,
      });
      if (state !== "met") supported = Math.min(supported, order - 1);
      if (state !== "met" && state !== "planned") planned = Math.min(planned, order - 1);
    }
    const states = new Set(items.map((item) => item.state));
    const worst = ["missing", "unknown", "planned"].find((state) => states.has(state)) || "ready";
    return {
      state: worst === "missing" ? "not-ready" : worst,
      supported_type: typeId(rules, supported),
      planned_type: typeId(rules, planned),
      prerequisites: items,
    };
  }

  const typeId = (rules, order) => rules.types.at(order).id;
  const textOf = (answers, key) => (typeof answers[key] === "string" && answers[key] ? answers[key] : null);

  function read(key, answers) {
    return { key, value: stated(answers, key) ? plain(answers[key]) : null, line: null, column: null };
  }

  function source(rules, place) {
    const [document, passage, reference = null] = rules.sources[place];
    return { document, passage, reference };
  }

  function told(rules, item, answers) {
    return {
      rule: item.rule.id,
      title: item.rule.title,
      because: item.rule.because,
      source: source(rules, item.rule.source),
      answers: item.keys.filter((key) => key !== ADVISED_TYPE && key !== NEED_GAP).map((key) => read(key, answers)),
    };
  }

  function plain(value) {
    if (!Array.isArray(value)) return value;
    return value.map((item) => (typeof item === "string" ? item : { what: item.what, why: item.why || null }));
  }

  function fixedOf(answers) {
    const value = answers["openness.fixed"];
    if (!Array.isArray(value)) return [];
    return value.map((item) => ({ what: typeof item === "string" ? item : item.what, why: item.why || null }));
  }

  function crosswalk(rules, advised) {
    return rules.crosswalk
      .filter((item) => has(item.places, advised.id))
      .map((item) => ({
        framework: item.framework,
        title: item.title,
        approximate: true,
        mark: item.mark,
        levels: [...item.places[advised.id].levels],
        all_levels: [...item.all_levels],
        note: item.places[advised.id].note || null,
        differs: [...item.differs],
        source: source(rules, item.source),
      }));
  }

  // What would move the type

  /* Return the smallest sets of answers that would make the next more open, and the next less open, type certain.
     Only where the type is certain today: while answers are missing, the next question comes first. */
  Spectrum.whatWouldMove = function (rules, answers, inherited) {
    const { grid, listKeys } = prepare(rules);
    const given = effective(answers, inherited);
    const levels = levelsOf(grid, given);
    const reachable = possible(grid, levels);
    if (reachable.length !== 1 || levels.every((level) => level === null)) return [];
    return [reachable[0] + 1, reachable[0] - 1]
      .filter((order) => order >= 0 && order < rules.types.length)
      .flatMap((order) => {
        const found = smallestChanges(grid, levels, order);
        return found
          .filter((entry) => entry.steps === found[0].steps)
          .map((entry) => ({
            type: rules.types[order].id,
            changes: changesOf(grid, listKeys, given, levels, entry.levels),
          }));
      });
  };

  function smallestChanges(grid, levels, target) {
    for (let size = 1; size <= levels.length; size += 1) {
      const found = [];
      for (const chosen of combinations(levels.length, size)) {
        let best = [];
        for (const entry of changed(grid, levels, chosen)) {
          if (best.length && entry.steps > best[0].steps) continue;
          const reachable = possible(grid, entry.levels);
          if (reachable.length !== 1 || reachable[0] !== target) continue;
          if (best.length && entry.steps < best[0].steps) best = [];
          best.push(entry);
        }
        found.push(...best);
      }
      if (found.length) return found.sort((one, other) => one.steps - other.steps);
    }
    return [];
  }

  function* combinations(number, size, from = 0) {
    if (size === 0) yield [];
    else {
      for (let first = from; first <= number - size; first += 1) {
        for (const rest of combinations(number, size - 1, first + 1)) yield [first, ...rest];
      }
    }
  }

  function* changed(grid, levels, chosen, steps = 0) {
    if (!chosen.length) {
      yield { steps, levels };
      return;
    }
    const [place, ...rest] = chosen;
    const before = levels[place];
    for (let level = 0; level < grid.levels[place].length; level += 1) {
      if (level === before) continue;
      const more = before === null ? 1 : Math.abs(level - before);
      yield* changed(grid, replaced(levels, place, level), rest, steps + more);
    }
  }

  function changesOf(grid, listKeys, answers, levels, after) {
    return grid.criteria.flatMap((criterion, place) => {
      if (levels[place] === after[place]) return [];
      const before = stated(answers, criterion.key) ? answers[criterion.key] : null;
      const word = grid.levels[place][after[place]].words[0];
      const to = listKeys.has(criterion.key) ? listAt(grid, criterion, before, after[place], word) : word;
      return [{ key: criterion.key, from: plain(before), to }];
    });
  }

  /* A list keeps what it can of its items. */
  function listAt(grid, criterion, before, level, word) {
    const rank = grid.ranks.get(criterion.key);
    const kept = (before || []).filter((item) => rank.get(item) > 0 && rank.get(item) <= level);
    return kept.some((item) => rank.get(item) === level) ? kept : [...kept, word];
  }

  Spectrum.effectiveAnswers = effective;

  /* Lists of records are carried as tables: the names of their keys once, and a row of values for each. */
  function records(value) {
    if (Array.isArray(value)) return value.map(records);
    if (value === null || typeof value !== "object") return value;
    const named = (entries) => Object.fromEntries(entries.map(([name, item]) => [name, records(item)]));
    if (!has(value, "rows")) return named(Object.entries(value));
    return value.rows.map((row) => named(value.of.map((name, place) => [name, row[place]])));
  }

  /* The rules that the page carries. */
  let carried = null;
  Object.defineProperty(Spectrum, "rules", {
    get: () => (carried ||= records(JSON.parse(document.getElementById("spectrum-rules").textContent))),
  });
}
