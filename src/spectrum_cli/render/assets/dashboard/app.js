/* Puts the page together, and redraws what depends on the filters. */
"use strict";
(function (Board) {
  const { el, byId, t, count, rows, chosen, typeName } = Board;
  const PAGE = 100;
  const view = { sort: "file", down: false, page: 0 };
  const COLUMNS = ["title", "owner", "place", "advised", "planned", "openness", "gap", "readiness", "file"];

  const numbers = (found) => [
    ["decisions", found.filter((row) => !row.part && row.status === "read").length],
    ["parts", found.filter((row) => row.part).length],
    ["promises", found.filter((row) => row.verdict === "over-promise").length],
    ["support", found.filter((row) => row.readiness === "not-ready").length],
    ["gaps", found.filter((row) => row.gap > 0).length],
    ["faulty", found.filter((row) => row.status === "faulty").length],
  ];
  const WARN = ["promises", "support", "faulty"];

  function totals() {
    byId("totals").replaceChildren(...numbers(rows).map(([name, number]) => el("li", { class: WARN.includes(name) && number ? "warn" : false }, el("b", count(number)), t(`totals.${name}`))));
  }

  function select(name, options) {
    const choices = options.map(([value, text]) => el("option", { value }, text));
    return el("label", t(`columns.${name}`), el("select", { name }, el("option", { value: "" }, t("any")), ...choices));
  }

  function filters() {
    const types = Board.types.map((type) => [type.id, type.name]);
    const plain = (name) => Board.values(name).map((value) => [value, value]);
    const form = byId("filters");
    form.append(
      el("label", t("search"), el("input", { type: "search", name: "text", autocomplete: "off" })),
      select("owner", plain("owner")), select("place", plain("place")), select("advised", types), select("planned", types),
      ...["promise", "support"].map((name) => el("label.tick", el("input", { type: "checkbox", name }), t(`only.${name}`))),
      el("button", { type: "reset" }, t("clear")),
    );
    form.addEventListener("input", (event) => take({ [event.target.name]: event.target.type === "checkbox" ? event.target.checked : event.target.value }));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => take(Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, typeof value === "boolean" ? false : ""])))));
  }

  /* Take new filters, show them in the form, and draw again. */
  function take(changes) {
    Object.assign(chosen, changes);
    for (const [name, value] of Object.entries(chosen)) {
      const field = byId("filters").elements[name];
      if (field.type === "checkbox") field.checked = value;
      else if (field.value !== value) field.value = value;
    }
    view.page = 0;
    draw();
  }

  const card = (name, nodes, ...classes) => el(`section.card${classes.map((kind) => `.${kind}`).join("")}`, { "aria-labelledby": `${name}-title` }, el("h2", { id: `${name}-title` }, t(`${name}.title`)), el("div", { id: `${name}-body` }, ...nodes));

  function draw() {
    const found = Board.shown(inOrder);
    byId("shown").textContent = t("shown", { count: count(found.length), all: count(rows.length) });
    const parts = { strip: Board.strip(found), matrix: Board.matrix(found, take), support: Board.support(found), promises: Board.promises(found), tree: Board.tree(found), list: list(found), faulty: faulty(found) };
    for (const [name, nodes] of Object.entries(parts)) byId(`${name}-body`).replaceChildren(...nodes.filter(Boolean));
  }

  const value = (row, name) => {
    if (name === "advised" || name === "planned") return row[name] ? typeName(row[name]) : "";
    if (name === "readiness") return row.readiness ? t(`readiness.${row.readiness}`) : "";
    if (name === "file") return row.part ? `${row.file} (${row.part})` : row.row ? `${row.file} ${t("row", { number: row.row })}` : row.file;
    return row[name] === null || row[name] === undefined ? "" : typeof row[name] === "number" ? count(row[name]) : row[name];
  };
  const order = Object.fromEntries(Board.types.map((type) => [type.id, type.order]));
  const rank = (row, name) => (name === "advised" || name === "planned" ? order[row[name]] ?? -1 : typeof row[name] === "number" ? row[name] : row[name] === null || row[name] === undefined ? "" : row[name]);

  /* All rows in the order of the list: a filter keeps it, so that only a new order has to be sorted. */
  let inOrder = rows;
  function arrange() {
    const { sort, down } = view;
    const compare = (one, other) => (typeof one === "number" && typeof other === "number" ? one - other : String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0);
    inOrder = [...rows].sort((one, other) => (down ? -1 : 1) * compare(rank(one, sort), rank(other, sort)) || one.number - other.number);
  }

  function list(found) {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const some = found.slice(view.page * PAGE, (view.page + 1) * PAGE);
    const again = (name) => { view.down = view.sort === name && !view.down; view.sort = name; view.page = 0; arrange(); draw(); byId(`sort-${name}`).focus(); };
    const heads = COLUMNS.map((name) => el("th", { scope: "col", "aria-sort": view.sort === name ? (view.down ? "descending" : "ascending") : "none" }, el("button", { type: "button", id: `sort-${name}`, onclick: () => again(name) }, t(`columns.${name}`), el("span", { "aria-hidden": "true" }, view.sort === name ? (view.down ? " ▼" : " ▲") : ""))));
    const body = some.map((row) => el("tr", ...COLUMNS.map((name, at) => {
      const attributes = { dir: name === "title" || name === "owner" ? "auto" : false, class: name === "openness" || name === "gap" ? "number" : false };
      const warn = name === "planned" && row.verdict === "over-promise" ? [" ", el("span.tag.warn", t("promise_tag"))] : [];
      return at ? el("td", attributes, value(row, name), ...warn) : el("th", { scope: "row", ...attributes }, value(row, name) || t("untitled"));
    })));
    const turn = (by, id) => { view.page += by; draw(); (byId(id).disabled ? byId("list-title") : byId(id)).focus(); };
    const pager = el("div.pages", el("button", { type: "button", id: "earlier", disabled: view.page === 0, onclick: () => turn(-1, "earlier") }, t("list.earlier")), el("span", t("list.page", { page: count(view.page + 1), pages: count(pages) })), el("button", { type: "button", id: "later", disabled: view.page >= pages - 1, onclick: () => turn(1, "later") }, t("list.later")));
    return [Board.scroll(t("list.title"), el("table", el("thead", el("tr", ...heads)), el("tbody", ...body))), pager];
  }

  function faulty(found) {
    const some = found.filter((row) => row.status === "faulty");
    byId("faulty-title").parentNode.hidden = !some.length;
    const lines = some.slice(0, 200).map((row) => el("tr", el("td", el("code", row.row ? `${row.file} ${t("row", { number: row.row })}` : row.fault_line ? `${row.file}:${row.fault_line}` : row.file)), el("td", row.fault_code || ""), el("td", row.fault_message || "")));
    return some.length ? [Board.scroll(t("faulty.title"), el("table", Board.head([t("promises.where")], [t("faulty.code")], [t("faulty.what")]), el("tbody", ...lines)))] : [];
  }

  arrange();
  byId("made").textContent = Board.data.made;
  totals();
  filters();
  byId("main").append(card("strip", [], "wide"), card("matrix", []), card("support", []), card("promises", [], "wide"), card("tree", [], "wide"), card("list", [], "wide", "list"), card("faulty", [], "wide"));
  byId("list-title").tabIndex = -1;
  byId("foot").append(...Board.data.foot.map((text) => el("p", text)));
  draw();
})(window.Board = window.Board || {});
