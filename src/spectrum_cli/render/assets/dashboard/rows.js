/* The rows of the portfolio, and which of them are shown. */
"use strict";
(function (Board) {
  const read = (ident) => JSON.parse(document.getElementById(ident).textContent);
  const data = read("spectrum-portfolio");
  const place = Object.fromEntries(data.columns.map((name, index) => [name, index]));

  /* A row as an object; texts for the search are joined once. */
  const rows = data.rows.map((values, number) => {
    const row = { number };
    for (const name in place) row[name] = values[place[name]];
    row.text = [row.title, row.owner, row.file, row.part].filter(Boolean).join("\n").toLowerCase();
    return row;
  });

  const chosen = { text: "", owner: "", place: "", planned: "", advised: "", promise: false, support: false };

  const tests = {
    owner: (row, value) => row.owner === value,
    place: (row, value) => row.place === value,
    planned: (row, value) => row.planned === value,
    advised: (row, value) => row.advised === value,
    promise: (row) => row.verdict === "over-promise",
    support: (row) => row.readiness === "not-ready",
    text: (row, words) => words.every((word) => row.text.includes(word)),
  };

  /* Return those of some rows that are shown, in their order. */
  function shown(all) {
    const active = Object.entries(chosen).filter(([, value]) => value);
    for (const filter of active) if (filter[0] === "text") filter[1] = filter[1].toLowerCase().split(/\s+/);
    return active.length ? all.filter((row) => active.every(([name, value]) => tests[name](row, value))) : all;
  }

  /* The values of a column that occur, in the order of the alphabet. */
  function values(name) {
    return [...new Set(rows.map((row) => row[name]).filter(Boolean))].sort((one, other) => one.localeCompare(other));
  }

  function t(ident, blanks = {}) {
    const text = ident.split(".").reduce((found, name) => found[name], data.texts);
    return text.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
  }

  const count = (number) => number.toLocaleString(data.language);
  const types = data.types;
  const typeName = (ident) => (types.find((type) => type.id === ident) || { name: t("none") }).name;

  Object.assign(Board, { data, rows, chosen, shown, values, t, count, types, typeName });
})(window.Board = window.Board || {});
