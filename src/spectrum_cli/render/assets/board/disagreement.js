/* Where tables differ, and whether it matters. A difference matters if, for some table that answered the question,
   taking another table's answer to it would change the advice: the type, the types still possible, or what the decision
   asks for. */
"use strict";
(function (Board) {
  const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
  const sorted = (value) => (Array.isArray(value) ? [...value].sort() : value);

  /* The answers of one table in one scope, over what the group has said about everything that tables are not asked. */
  function answersOf(table, scope, board) {
    const own = table.answers[scope] || {};
    const merged = { ...board.state.answers(scope) };
    for (const criterion of board.rules.criteria) {
      const group = criterion.weight ? null : merged[criterion.key];
      merged[criterion.key] = criterion.key in own ? own[criterion.key] : group === undefined ? null : group;
    }
    return merged;
  }

  const signature = (advice) => [advice.type, advice.possible_types.join(), advice.need.floor].join("|");

  /* Return for each question on which tables differ: {key, groups: [{value, tables}], matters, types, floors}. */
  function differences(board) {
    const { scope, state, rules } = board;
    const { tables } = state.now;
    const inherited = board.inherited(scope);
    const answers = tables.map((table) => answersOf(table, scope, board));
    const judged = new Map();
    const judge = (given) => {
      const name = JSON.stringify(given);
      if (!judged.has(name)) judged.set(name, board.evaluate(given, scope ? inherited : undefined));
      return judged.get(name);
    };
    const found = [];
    for (const { key } of rules.criteria) {
      const groups = [];
      tables.forEach((table) => {
        const value = (table.answers[scope] || {})[key];
        if (value === undefined || value === null) return;
        const group = groups.find((item) => same(item.value, value));
        if (group) group.tables.push(table);
        else groups.push({ value, tables: [table] });
      });
      if (groups.length < 2) continue;
      const types = new Set();
      const floors = new Set();
      let matters = false;
      answers.filter((given) => given[key] !== null).forEach((given) => {
        const advice = groups.map((group) => judge({ ...given, [key]: group.value }));
        if (new Set(advice.map(signature)).size > 1) {
          matters = true;
          advice.forEach((item) => { if (item.type) types.add(item.type); if (item.need.floor) floors.add(item.need.floor); });
        }
      });
      const ordered = (ids) => rules.types.map((kind) => kind.id).filter((id) => ids.has(id));
      found.push({ key, groups, matters, types: ordered(types), floors: ordered(floors) });
    }
    const advice = answers.map((given) => judge(given));
    return { items: found, advice, apart: new Set(advice.map((item) => item.type)).size > 1 };
  }

  /* The questions that every table has answered in the same way. */
  function agreed(board) {
    const { scope, state, rules } = board;
    const { tables } = state.now;
    if (tables.length < 2) return [];
    return rules.criteria.map(({ key }) => ({ key, values: tables.map((table) => (table.answers[scope] || {})[key]) }))
      .filter(({ values }) => values.every((value) => value !== undefined && value !== null && same(value, values[0])))
      .map(({ key, values }) => ({ key, value: values[0] }));
  }

  Object.assign(Board, { differences, agreed, sameAnswer: same, tableAnswers: answersOf });
})(window.Board = window.Board || {});
