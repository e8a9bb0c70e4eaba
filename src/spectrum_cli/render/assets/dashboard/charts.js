/* The charts. Each is drawn from the rows that are shown, and stands beside the same numbers in words or a table. */
"use strict";
(function (Board) {
  const { el, svg, t, count, types, typeName } = Board;
  const tally = (rows, key) => {
    const found = new Map();
    for (const row of rows) found.set(key(row), (found.get(key(row)) || 0) + 1);
    return found;
  };
  const scroll = (label, ...children) => el("div.scroll", { tabindex: "0", role: "group", "aria-label": label }, ...children);
  const head = (...names) => el("thead", el("tr", ...names.map(([text, kind]) => el("th", { scope: "col", class: kind || false }, text))));

  /* Decisions on the spectrum: a column of marks for each step of openness, over-promises hatched on top. */
  function strip(rows) {
    const known = rows.filter((row) => row.openness !== null);
    const steps = 50, width = 1000, base = 250, room = 190, left = 20, step = (width - 2 * left) / steps;
    const kept = Array.from({ length: steps }, () => [0, 0]);
    for (const row of known) {
      const at = Math.min(steps - 1, Math.floor(row.openness / (100 / steps)));
      kept[at][row.verdict === "over-promise" ? 1 : 0] += 1;
    }
    const most = Math.max(1, ...kept.map(([fine, promised]) => fine + promised));
    const size = Math.min(18, room / most);
    const nodes = [];
    types.forEach((type, index) => {
      const from = left + (type.band[0] / 100) * steps * step, to = left + (type.band[1] / 100) * steps * step;
      nodes.push(svg("rect", { x: from, y: 30, width: to - from, height: base - 30, fill: index % 2 ? "#fff" : "#F2EFF8" }));
      nodes.push(svg("text", { x: (from + to) / 2, y: 20, "text-anchor": "middle", "font-size": 13, "font-weight": 700, fill: "#1B1B1F" }, type.name));
    });
    kept.forEach(([fine, promised], at) => {
      const x = left + at * step + 2, wide = step - 4;
      if (fine) nodes.push(svg("rect", { x, y: base - fine * size, width: wide, height: fine * size, fill: "#5E2B97", stroke: "#fff", "stroke-width": size > 6 ? 1 : 0 }));
      if (promised) {
        const y = base - (fine + promised) * size, high = promised * size;
        nodes.push(svg("rect", { x, y, width: wide, height: high, fill: "#fff", stroke: "#C2185B", "stroke-width": 2 }));
        let lines = "";
        for (let down = 4; down < high + wide; down += 6) lines += `M${x} ${y + Math.min(down, high)}L${x + Math.min(wide, Math.max(0, down))} ${y + Math.max(0, down - wide)}`;
        nodes.push(svg("path", { d: lines, stroke: "#C2185B", "stroke-width": 1.5, fill: "none" }));
      }
    });
    nodes.push(svg("path", { d: `M${left} ${base}H${width - left}`, stroke: "#1B1B1F", "stroke-width": 1.5 }));
    for (const at of [0, 25, 50, 75, 100]) nodes.push(svg("text", { x: left + (at / 100) * (width - 2 * left), y: base + 20, "text-anchor": "middle", "font-size": 13, fill: "#55555F" }, String(at)));
    nodes.push(svg("text", { x: left, y: base + 42, "font-size": 14, "font-weight": 700, fill: "#0B5394" }, "TO"), svg("text", { x: width - left, y: base + 42, "text-anchor": "end", "font-size": 14, "font-weight": 700, fill: "#5E2B97" }, "WITH"));
    const label = t("strip.alt", { count: count(known.length) });
    const picture = svg("svg", { viewBox: `0 0 ${width} ${base + 50}`, role: "img", "aria-label": label, "font-family": "inherit" }, ...nodes);
    const advised = tally(rows, (row) => row.advised), promises = tally(rows.filter((row) => row.verdict === "over-promise"), (row) => row.advised);
    const lines = [...types.map((type) => type.id), null].map((ident) => el("tr", el("th", { scope: "row" }, ident ? typeName(ident) : t("no_type")), el("td.number", count(advised.get(ident) || 0)), el("td.number", count(promises.get(ident) || 0))));
    return [scroll(label, picture), el("p.hint", t("strip.hint")), el("details", el("summary", t("as_table")), el("table", head([t("columns.advised")], [t("totals.decisions"), "number"], [t("totals.promises"), "number"]), el("tbody", ...lines)))];
  }

  /* Planned against advised. Above the diagonal the promise is larger than the offer. */
  function matrix(rows, choose) {
    const found = tally(rows.filter((row) => row.planned && row.advised), (row) => `${row.planned} ${row.advised}`);
    const body = [...types].reverse().map((planned) => el("tr", el("th", { scope: "row" }, planned.name), ...types.map((advised) => {
      const number = found.get(`${planned.id} ${advised.id}`) || 0, over = planned.order > advised.order;
      const label = t(over ? "matrix.over" : "matrix.cell", { count: count(number), planned: planned.name, advised: advised.name });
      return el("td", { class: over ? "promise" : planned.order === advised.order ? "same" : false }, number ? el("button", { type: "button", "aria-label": label, onclick: () => choose({ planned: planned.id, advised: advised.id }) }, count(number)) : el("span", "0"));
    })));
    const columns = types.map((type) => [type.name]);
    return [scroll(t("matrix.title"), el("table.matrix", el("caption.hint", t("matrix.hint")), head([t("matrix.corner")], ...columns), el("tbody", ...body)))];
  }

  /* What is in place, over all decisions whose type needs it. */
  function support(rows) {
    const states = ["met", "planned", "missing", "unknown"];
    const lines = Board.data.support.map(({ column, title }) => {
      const found = tally(rows, (row) => row[column]);
      const all = states.reduce((sum, state) => sum + (found.get(state) || 0), 0);
      if (!all) return null;
      const bar = el("span.share", { "aria-hidden": "true" }, ...states.map((state) => { const part = el(`i.${state}`); part.style.width = `${(100 * (found.get(state) || 0)) / all}%`; return found.get(state) ? part : null; }));
      return el("tr", el("th", { scope: "row" }, title), el("td", bar), ...states.map((state) => el("td.number", count(found.get(state) || 0))));
    });
    const legend = el("ul.legend", ...states.map((state) => el("li", el(`i.${state}`), t(`states.${state}`))));
    return [legend, scroll(t("support.title"), el("table.bars", head([t("support.what")], [t("support.share")], ...states.map((state) => [t(`states.${state}`), "number"])), el("tbody", ...lines)))];
  }

  /* Plans above what the answers allow, each with its file and line. */
  function promises(rows) {
    const found = rows.filter((row) => row.verdict === "over-promise");
    if (!found.length) return [el("p", t("promises.none"))];
    const some = found.slice(0, 200);
    const lines = some.map((row) => el("tr", el("th", { scope: "row", dir: "auto" }, row.title || ""), el("td", el("code", where(row))), el("td", typeName(row.planned)), el("td", typeName(row.advised))));
    const rest = found.length > some.length ? el("p.hint", t("promises.more", { count: count(found.length - some.length) })) : null;
    return [scroll(t("promises.title"), el("table", head([t("columns.title")], [t("promises.where")], [t("columns.planned")], [t("promises.most")]), el("tbody", ...lines))), rest];
  }

  function where(row) {
    return row.row ? `${row.file} ${t("row", { number: row.row })}` : row.planned_line ? `${row.file}:${row.planned_line}` : row.file;
  }

  /* National decisions and those that carry them out; blue and purple as in the source's picture. */
  function tree(rows) {
    const wholes = rows.filter((row) => !row.part && row.status === "read");
    const byFile = new Map(wholes.map((row) => [row.file, row]));
    const below = new Map();
    for (const row of wholes) if (row.implements) below.set(row.implements, [...(below.get(row.implements) || []), row]);
    const roots = [...below.keys()].filter((file) => !(byFile.get(file) || {}).implements).sort();
    const local = wholes.filter((row) => !row.implements && !below.has(row.file) && row.local_participation);
    const seen = new Set();
    const withSide = (ident) => ["engage", "co-design", "co-produce"].includes(ident);
    const item = (file) => {
      if (seen.has(file)) return null;
      seen.add(file);
      const row = byFile.get(file);
      const kind = !row || !row.advised ? "open" : withSide(row.advised) ? "purple" : "blue";
      const children = (below.get(file) || []).map((child) => item(child.file)).filter(Boolean);
      const told = row && row.local_participation ? t("tree.locally", { type: row.local_participation === "none" ? t("tree.nobody") : typeName(row.local_participation) }) : "";
      return el("li", el(`span.dot.${kind}`, { "aria-hidden": "true" }), el("span", { dir: "auto" }, row ? row.title || file : file), " ", el("span.tag", row ? (row.advised ? typeName(row.advised) : t("no_type")) : t("tree.outside")), " ", el("span.hint", `${t(`tree.${kind}`)} ${told}`), children.length ? el("ul", ...children) : null);
    };
    const items = [...roots.map(item), ...local.slice(0, 200).map((row) => item(row.file))].filter(Boolean);
    return items.length ? [el("p.hint", t("tree.hint")), el("div.tree", el("ul", ...items))] : [el("p", t("tree.none"))];
  }

  Object.assign(Board, { strip, matrix, support, promises, tree, where, head, scroll });
})(window.Board = window.Board || {});
