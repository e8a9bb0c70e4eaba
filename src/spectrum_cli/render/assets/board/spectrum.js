/* Draws the spectrum: a line of six stops with marker and range for wide windows, a list from top to bottom for phones.
   Both say in words what they show, because position and colour alone reach not everyone. */
"use strict";
{
  const { el, svg, t } = Board;
  const WIDTH = 1200;
  const LEFT = 84;
  const RIGHT = 1108;
  const STEP = (RIGHT - LEFT) / 6;
  const AXIS = 88;
  const RANGE = 46;
  const BASE = 222;
  const UNIT = 6.4;
  const BAR = 76;
  const PILL = 136;
  const SHORT = 168;
  const TALL = 274;

  const at = (place) => LEFT + STEP * (place + 0.5);

  /* Where a decision stands on the line; stop n stands at n. It never leaves the band of its type: a drawing must not
     round up past what is open. */
  function place(advice, types) {
    const kind = types.find((item) => item.id === advice.type);
    const { value } = advice.openness;
    if (!kind || value === null || value === undefined) return null;
    const order = types.indexOf(kind);
    const top = order + 1 < types.length ? types[order + 1].band.from : 100;
    const share = (value - kind.band.from) / (top - kind.band.from);
    return order - 0.45 + 0.9 * Math.min(1, Math.max(0, share));
  }

  function mix(share) {
    const [from, to] = [[11, 83, 148], [94, 43, 151]];
    return `rgb(${from.map((one, at) => Math.round(one + (to[at] - one) * share)).join(",")})`;
  }

  /* What one stop says under its name. */
  function status(advice, id) {
    if (id === advice.type) return advice.certain ? t("spectrum.fits") : t("spectrum.fits_so_far");
    return advice.possible_types.includes(id) ? t("spectrum.possible") : "";
  }

  class Spectrum {
    /* tall: with the bars of what both sides put in; changing: the one that follows the answers. */
    constructor(types, { tall = true, name = "spectrum" } = {}) {
      this.types = types;
      this.name = name;
      this.stops = [];
      this.rows = [];
      this.picture = this.line();
      this.list = this.vertical();
      this.node = el("div.spectrum", this.picture, this.list);
      this.tall(tall);
    }

    tall(is) {
      this.picture.setAttribute("viewBox", `0 0 ${WIDTH} ${is ? TALL : SHORT}`);
      this.bars.style.display = is ? "" : "none";
      this.band.setAttribute("height", (is ? TALL : SHORT) - 60);
    }

    line() {
      const { name } = this;
      this.title = svg("title", { id: `${name}-title` }, t("spectrum.title"));
      this.words = svg("desc", { id: `${name}-words` });
      this.band = svg("rect", { class: "band", x: 4, y: 58, width: STEP - 8, rx: 12 });
      this.range = svg("g", { class: "range" });
      this.rangeLine = svg("path", { class: "range-line" });
      this.range.append(this.rangeLine);
      this.marker = svg("g", { class: "marker" },
        svg("path", { d: `M0 ${RANGE}V${AXIS - 18}`, class: "stem" }),
        svg("path", { d: `M-11 ${AXIS - 32}h22l-11 17z`, class: "tip" }),
        svg("circle", { cx: 0, cy: RANGE, r: 8, class: "eye" }));
      this.pill = svg("g", { class: "pill" },
        svg("rect", { x: -PILL / 2, y: 1, width: PILL, height: 30, rx: 15 }),
        svg("text", { x: 0, y: 21.5, "text-anchor": "middle" }, t("spectrum.here")));
      const gradient = svg("linearGradient", { id: `${name}-axis` },
        svg("stop", { offset: 0, class: "from" }), svg("stop", { offset: 1, class: "to" }));
      const picture = svg("svg", {
        class: "line", role: "img", "aria-labelledby": `${name}-title ${name}-words`,
      }, this.title, this.words, svg("defs", gradient), this.band,
      svg("rect", { class: "axis", x: LEFT - 6, y: AXIS - 6, width: RIGHT - LEFT + 12, height: 12, rx: 6, fill: `url(#${name}-axis)` }),
      svg("text", { x: LEFT - 16, y: AXIS + 7, "text-anchor": "end", class: "end to-side" }, t("spectrum.to")),
      svg("text", { x: RIGHT + 16, y: AXIS + 7, class: "end with-side" }, t("spectrum.with")));
      this.types.forEach((kind, order) => picture.append(this.stop(kind, order)));
      this.bars = this.inputs();
      picture.append(this.bars, this.range, this.marker, this.pill);
      return picture;
    }

    stop(kind, order) {
      const x = at(order);
      const colour = mix(order / (this.types.length - 1));
      const circle = svg("circle", { cx: x, cy: AXIS, r: 13, stroke: colour });
      const digit = svg("text", { x, y: AXIS + 5.5, "text-anchor": "middle", class: "digit", fill: colour }, order + 1);
      const label = svg("text", { x, y: AXIS + 46, "text-anchor": "middle", class: "name", fill: colour }, kind.name);
      const words = svg("text", { x, y: AXIS + 68, "text-anchor": "middle", class: "status" });
      const node = svg("g", { class: "stop" }, circle, digit, label, words);
      this.stops.push({ node, words });
      return node;
    }

    /* Bars of what people (hatched) and the system put in. The hatch is drawn as lines: not every renderer repeats a
       pattern alike. */
    inputs() {
      const group = svg("g", { class: "inputs" },
        svg("text", { x: 8, y: BASE - 32, class: "people-word" }, t("spectrum.people")),
        svg("text", { x: 8, y: BASE + 42, class: "system-word" }, t("spectrum.system")));
      this.types.forEach((kind, order) => {
        const x = at(order) - BAR / 2;
        const people = kind.sizes.people * UNIT;
        const system = kind.sizes.system * UNIT;
        if (people) {
          const id = `${this.name}-hatch-${order}`;
          const box = { x, y: BASE - 2 - people, width: BAR, height: people, rx: 3 };
          const lines = [];
          for (let from = -Math.ceil(people); from < BAR; from += 9) lines.push(`M${x + from} ${BASE}l${people + 4} ${-people - 4}`);
          group.append(svg("clipPath", { id }, svg("rect", box)), svg("rect", { ...box, class: "people" }),
            svg("path", { d: lines.join(""), "clip-path": `url(#${id})`, class: "hatch" }));
        } else {
          group.append(svg("text", { x: at(order), y: BASE - 9, "text-anchor": "middle", class: "none" }, t("spectrum.none")));
        }
        group.append(svg("rect", { x, y: BASE + 2, width: BAR, height: system, rx: 3, class: "system" }));
      });
      group.append(svg("path", { d: `M${LEFT} ${BASE}H${RIGHT}`, class: "ground" }));
      return group;
    }

    vertical() {
      const list = el("ol.stops");
      this.types.forEach((kind, order) => {
        const words = el("span.status");
        const row = el("li", { class: `stop side-${kind.side}` },
          el("span.digit", { "aria-hidden": "true" }, order + 1),
          el("span.what", el("strong", kind.name), words));
        this.rows.push({ row, words });
        list.append(row);
      });
      return el("div.vertical", {},
        el("p.end.to-side", t("spectrum.to_long")), list,
        el("p.end.with-side", t("spectrum.with_long")));
    }

    show(advice) {
      const { types } = this;
      const spot = place(advice, types);
      const here = types.findIndex((kind) => kind.id === advice.type);
      const possible = advice.possible_types.map((id) => types.findIndex((kind) => kind.id === id));
      const [low, high] = [at(Math.min(...possible) - 0.45), at(Math.max(...possible) + 0.45)];
      this.range.style.display = advice.certain ? "none" : "";
      this.rangeLine.setAttribute("d", `M${low} ${RANGE - 9}v18M${low} ${RANGE}H${high}M${high} ${RANGE - 9}v18`);
      for (const node of [this.marker, this.pill, this.band]) node.style.display = spot === null ? "none" : "";
      if (spot !== null) {
        const x = at(spot);
        const label = Math.min(Math.max(x, LEFT + PILL / 2 - 10), RIGHT - PILL / 2 + 10);
        this.marker.style.transform = `translateX(${x}px)`;
        this.pill.style.transform = `translateX(${label}px)`;
        this.band.style.transform = `translateX(${at(here) - STEP / 2}px)`;
      }
      types.forEach((kind, order) => {
        const words = status(advice, kind.id);
        const state = order === here ? "here" : words ? "possible" : "out";
        this.stops[order].node.setAttribute("class", `stop ${state}`);
        this.stops[order].words.textContent = words;
        this.rows[order].row.className = `stop side-${kind.side} ${state}`;
        this.rows[order].words.textContent = words;
      });
      this.words.textContent = this.described(advice);
    }

    described(advice) {
      return t("spectrum.described", {
        types: Board.texts.and(this.types.map((kind) => kind.name)),
        verdict: Board.verdict(advice),
      });
    }
  }

  Board.Spectrum = Spectrum;
}
