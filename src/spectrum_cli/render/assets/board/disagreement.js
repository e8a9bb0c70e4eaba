/* Where tables differ, and whether it matters. A difference matters by itself if, for some table that answered the
   question, taking another table's answer to it would change the advice: the type, the types still possible, or what the
   decision asks for. It matters together with others if that is so only in some mix of the tables' answers to all the
   questions on which they differ. */
"use strict";
{
  const ALONE = "alone";
  const TOGETHER = "together";
  const MOST_MIXES = 1024;

  const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
  const sorted = (value) => (Array.isArray(value) ? [...value].sort() : value);
  const isStated = (value) => value !== undefined && value !== null;
  const ownAnswer = (table, scope, key) => (table.answers[scope] || {})[key];

  /* What a set of answers leads to, as one word to compare. */
  const signature = (standing) => [standing.type, standing.possible_types.join(), standing.floor].join("|");
  const leadApart = (standings) => new Set(standings.map(signature)).size > 1;

  /* The answers that `pick` gives for each question, over what the group has said about everything that tables are not
     asked. What nobody answered is open, but for the need, where the group's answer stands in. */
  function answersBy(pick, board) {
    const merged = { ...board.state.answers(board.scope) };
    for (const { key, weight } of board.rules.criteria) {
      const picked = pick(key);
      const group = weight ? null : merged[key];
      merged[key] = picked !== undefined ? picked : isStated(group) ? group : null;
    }
    return merged;
  }

  /* The questions on which tables differ, each with its answers and the tables that gave them. */
  function differing({ scope, state, rules }) {
    const found = [];
    for (const { key } of rules.criteria) {
      const groups = [];
      for (const table of state.now.tables) {
        const value = ownAnswer(table, scope, key);
        if (!isStated(value)) continue;
        const group = groups.find((item) => same(item.value, value));
        if (group) group.tables.push(table);
        else groups.push({ value, tables: [table] });
      }
      if (groups.length > 1) found.push({ key, groups });
    }
    return found;
  }

  /* Every mix of the answers on which tables differ: a list of the standings, with the first question's answer changing
     fastest; or null where there are too many to look at. */
  function mixes(items, base, judge) {
    const count = items.reduce((product, { groups }) => product * groups.length, 1);
    if (count > MOST_MIXES) return null;
    return Array.from({ length: count }, (_, mix) => {
      const given = { ...base };
      for (const { key, groups } of items) {
        given[key] = groups[mix % groups.length].value;
        mix = Math.floor(mix / groups.length);
      }
      return judge(given);
    });
  }

  /* For each question, whether its answer changes the advice in some mix. */
  function changesIn(mixed, items) {
    const names = mixed.map(signature);
    let step = 1;
    return items.map(({ groups: { length } }) => {
      const stride = step;
      step *= length;
      return names.some((name, mix) => name !== names[mix - (Math.floor(mix / stride) % length) * stride]);
    });
  }

  /* Where the whole sets of answers lead that tables gave to the questions on which they differ, with all else as agreed:
     a list of {type, tables}, empty where they lead to the same. A table that left one of them open gave no whole set. */
  function wholes(items, tables, base, scope, judge) {
    const groups = [];
    for (const table of tables) {
      const own = items.map(({ key }) => [key, ownAnswer(table, scope, key)]);
      if (!own.every(([, value]) => isStated(value))) continue;
      const { type } = judge({ ...base, ...Object.fromEntries(own) });
      const group = groups.find((item) => item.type === type);
      if (group) group.tables.push(table);
      else groups.push({ type, tables: [table] });
    }
    return groups.length > 1 ? groups.filter(({ type }) => type) : [];
  }

  /* Return how the tables differ in the scope that is open: `items`, a list of {key, groups, matters, types, floors} in
     which `matters` is alone, together or an empty word; `standings`, where each table's own answers lead; `apart`, where
     their whole sets lead if that is not the same; `types`, those that some mix leads to; and `complete`, whether all mixes
     were looked at. */
  function compare(board) {
    const { scope, state, rules } = board;
    const { tables } = state.now;
    const [, inherited] = board.given();
    const judge = (answers) => Spectrum.standing(rules, answers, inherited);
    const ordered = (standings, name) => rules.types.map(({ id }) => id).filter((id) => standings.some((item) => item[name] === id));
    const sets = tables.map((table) => answersBy((key) => ownAnswer(table, scope, key), board));
    const items = differing(board);
    for (const item of items) {
      const outcomes = sets.filter((given) => given[item.key] !== null)
        .map((given) => item.groups.map(({ value }) => judge({ ...given, [item.key]: value }))).filter(leadApart).flat();
      item.matters = outcomes.length ? ALONE : "";
      item.types = ordered(outcomes, "type");
      item.floors = ordered(outcomes, "floor");
    }
    const base = answersBy((key) => tables.map((table) => ownAnswer(table, scope, key)).find(isStated), board);
    const mixed = mixes(items, base, judge);
    if (mixed) changesIn(mixed, items).forEach((changes, place) => { if (changes) items[place].matters ||= TOGETHER; });
    return {
      items,
      standings: sets.map(judge),
      apart: wholes(items, tables, base, scope, judge),
      types: ordered(mixed || [], "type"),
      complete: mixed !== null,
    };
  }

  const compared = new WeakMap();

  /* The same for a session that has been looked at already: a session never changes, it is replaced. */
  function differences(board) {
    const { now } = board.state;
    if (!compared.has(now)) compared.set(now, new Map());
    const known = compared.get(now);
    if (!known.has(board.scope)) known.set(board.scope, compare(board));
    return known.get(board.scope);
  }

  /* The questions that every table has answered in the same way. */
  function agreed({ scope, state, rules }) {
    const { tables } = state.now;
    if (tables.length < 2) return [];
    return rules.criteria.map(({ key }) => ({ key, values: tables.map((table) => ownAnswer(table, scope, key)) }))
      .filter(({ values }) => values.every((value) => isStated(value) && same(value, values[0])))
      .map(({ key, values }) => ({ key, value: values[0] }));
  }

  Object.assign(Board, { differences, agreed, sameAnswer: same, ownAnswer, isStated });
}
