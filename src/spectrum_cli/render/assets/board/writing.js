/* Writes a decision file, and the advice on it. What came from a file keeps its comments, its order and the author's own
   keys: only the lines of answers that changed are written anew. What is written is read again before it is given out. */
"use strict";
{
  const { stripped, lastOf } = Spectrum.yaml;
  const UNKNOWN = "unknown";
  const DETAILS = ["owner", "by", "evidence"];
  /* Signs that change how a line looks or ends without being seen. */
  const SHOWN_AS_ESCAPE = /[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;
  /* What readers of YAML may take for nothing, a truth, a number, a time, a day or a merge. */
  const TAKEN_FOR_MORE = /^(?:~|null|unknown|true|false|yes|no|on|off|y|n|<<|=|[-+.\d].*)$/i;
  const PLAIN_ITEM = /^[\p{L}\p{N}][^\n,[\]{}]*$/u;

  // Values

  /* Return a text as YAML, in quotation marks wherever a reader of YAML could take it for something else. */
  function text(value, within = false) {
    const whole = value.replace(/\p{Cs}/gu, "\ufffd");
    if (whole === UNKNOWN || SHOWN_AS_ESCAPE.test(whole) || /^\n|\n\n$/.test(whole)) return escaped(whole);
    const forceQuotes = !whole.includes("\n") && TAKEN_FOR_MORE.test(whole);
    const written = jsyaml.writeText(whole, { lineWidth: -1, quotingType: '"', forceQuotes });
    return within && !written.startsWith('"') && !PLAIN_ITEM.test(written) ? escaped(whole) : written;
  }

  function escaped(whole) {
    return JSON.stringify(whole).replace(
      new RegExp(SHOWN_AS_ESCAPE, "g"),
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }

  const indented = (block, indent) => block.replace(/\n(?=[^\n])/g, `\n${" ".repeat(indent)}`);
  const inBrackets = (items) => `[${items.map((item) => text(item, true)).join(", ")}]`;

  /* Return the lines of one key and its answer, or nothing where there is no answer. */
  function entry(field, answers, indent, inside = false) {
    const value = answers[field.key];
    const name = lastOf(field.key);
    if (field.kind === "support") return supportEntry(field, answers, indent, inside);
    if (value === undefined) return "";
    if (value === null) return field.key === "title" ? "" : `${name}: ${UNKNOWN}`;
    if (field.kind === "text") {
      return stripped(value) ? `${name}: ${indented(text(value, inside), indent)}` : "";
    }
    if (field.kind === "choices") return value.length ? `${name}: [${value.join(", ")}]` : "";
    if (field.kind === "texts") return `${name}: ${inBrackets(value.filter((item) => stripped(item)))}`;
    if (field.kind === "fixed") return fixedEntry(name, value, indent, inside);
    return `${name}: ${value}`;
  }

  function saidFixed(items) {
    return items
      .map((item) => (typeof item === "string" ? { what: item } : item))
      .map(({ what, why }) => ({ what: what || "", why: why && stripped(why) ? why : "" }))
      .filter(({ what }) => stripped(what));
  }

  function fixedEntry(name, items, indent, inside) {
    const said = saidFixed(items);
    if (!said.length || inside) {
      const short = said.map(({ what, why }) => {
        const reason = why ? `, why: ${text(why, true)}` : "";
        return `{what: ${text(what, true)}${reason}}`;
      });
      return `${name}: [${short.join(", ")}]`;
    }
    const pad = " ".repeat(indent + 2);
    const lines = said.map(({ what, why }) => {
      if (!why) return `${pad}- ${indented(text(what), indent + 2)}`;
      return `${pad}- what: ${indented(text(what), indent + 4)}\n${pad}  why: ${indented(text(why), indent + 4)}`;
    });
    return `${name}:\n${lines.join("\n")}`;
  }

  function supportEntry(field, answers, indent, inside) {
    const { key } = field;
    const name = lastOf(key);
    const details = DETAILS.map((detail) => [detail, answers[`${key}.${detail}`]]).filter(
      ([, value]) => value === null || (typeof value === "string" && stripped(value)),
    );
    const state = answers[key];
    if (!details.length) return state === undefined ? "" : `${name}: ${state ?? UNKNOWN}`;
    const parts = [["state", state], ...details];
    const write = ([detail, value], within) =>
      `${detail}: ${value === null || value === undefined ? UNKNOWN : detail === "owner" || detail === "evidence" ? text(value, within) : value}`;
    const short = `${name}: {${parts.map((part) => write(part, true)).join(", ")}}`;
    if (inside || (short.length + indent <= 110 && !short.includes("\n"))) return short;
    const pad = " ".repeat(indent + 2);
    return `${name}:\n${parts.map((part) => `${pad}${indented(write(part, false), indent + 2)}`).join("\n")}`;
  }

  // A whole file, written anew

  function sectionLines(section, answers, indent) {
    const pad = " ".repeat(indent + 2);
    const lines = section.fields.map((field) => entry(field, answers, indent + 2)).filter(Boolean);
    return lines.length ? `${section.name}:\n${lines.map((line) => pad + line).join("\n")}` : "";
  }

  function scopeLines(format, scope, indent) {
    const answers = { ...scope.answers, title: scope.title ?? scope.answers.title };
    return [
      ...format.top.map((field) => entry(field, answers, indent)),
      ...format.sections.map((section) => sectionLines(section, answers, indent)),
    ].filter(Boolean);
  }

  function partsLines(format, parts) {
    if (!parts.length) return "";
    const items = parts.map((part) => {
      const blocks = [`id: ${text(part.id, true)}`, ...scopeLines(format, part, 4)];
      return blocks.map((block, place) => (place ? "    " : "  - ") + block).join("\n");
    });
    return `parts:\n${items.join("\n")}`;
  }

  function writeAnew(format, decision, own) {
    const blocks = [
      `spectrum: ${format.version}`,
      ...scopeLines(format, decision, 0),
      partsLines(format, decision.parts || []),
      ...own,
    ].filter(Boolean);
    return `${blocks.join("\n")}\n`;
  }

  // A file that is there, changed where it must be

  /* Return the text with the answers changed in place, or null where that would not do. */
  function change(format, source, before, after) {
    const { root } = Spectrum.compose(source, format.limits);
    if (!root || root.kind !== "mapping" || root.flow) return null;
    const edits = new Edits(source);
    const names = [...format.top.map((field) => lastOf(field.key)), ...format.sections.map((section) => section.name), "parts"];
    changeScope(format, edits, root, before, after, names);
    const same = before.parts.map((part) => part.id).join("\n") === after.parts.map((part) => part.id).join("\n");
    const found = root.pairs.find(([key]) => key.value === "parts");
    if (!same) edits.put(root, names, "parts", partsLines(format, after.parts));
    else if (found && before.parts.length) {
      found[1].items.forEach((item, place) => {
        changeScope(format, edits, item, before.parts[place], after.parts[place], ["id", ...names.slice(0, -1)]);
      });
    }
    return edits.text();
  }

  function changeScope(format, edits, node, before, after, names) {
    const indent = edits.column(node.start);
    const was = { ...before.answers, title: before.title };
    const now = { ...after.answers, title: after.title ?? after.answers.title };
    for (const field of format.top) {
      const line = entry(field, now, indent, node.flow);
      if (line !== entry(field, was, indent, node.flow)) edits.put(node, names, lastOf(field.key), line);
    }
    for (const section of format.sections) changeSection(section, edits, node, was, now, names);
  }

  function changeSection(section, edits, node, was, now, names) {
    const indent = edits.column(node.start);
    const found = node.pairs.find(([key]) => key.value === section.name);
    const inside = found && found[1].kind === "mapping" ? found[1] : null;
    const changed = section.fields.filter((field) => entry(field, was, 0) !== entry(field, now, 0));
    if (!changed.length) return;
    if (!inside || inside.flow || node.flow) {
      edits.put(node, names, section.name, sectionLines(section, now, indent));
      return;
    }
    const own = inside.pairs.some(([key]) => key.value.startsWith("x-"));
    if (!own && !sectionLines(section, now, indent)) {
      edits.put(node, names, section.name, "");
      return;
    }
    const within = edits.column(inside.start);
    const order = section.fields.map((field) => lastOf(field.key));
    for (const field of changed) edits.put(inside, order, lastOf(field.key), entry(field, now, within));
  }

  /* Replacements in a text, gathered first and made from the end. */
  class Edits {
    constructor(source) {
      this.source = source;
      this.newline = source.includes("\r\n") ? "\r\n" : "\n";
      this.list = [];
    }

    column(index) {
      return index - (this.source.lastIndexOf("\n", index - 1) + 1);
    }

    lineEnd(index) {
      const end = this.source.indexOf("\n", index);
      return end < 0 ? this.source.length : end;
    }

    /* Put an entry into a group of keys: in place of the one of its name, or behind those that come before it. An empty
       entry takes the one that is there away. */
    put(node, names, name, lines) {
      if (node.flow) throw new Error("a group in brackets is written anew as a whole");
      const pad = " ".repeat(this.column(node.start));
      const place = node.pairs.findIndex(([key]) => key.value === name);
      if (place >= 0) this.replace(node, place, lines);
      else if (lines) this.insert(node, names, name, pad + lines);
    }

    replace(node, place, block) {
      const [key, value] = node.pairs[place];
      const end = this.endOf(value, key);
      if (block) {
        this.list.push([key.start, end, block]);
        return;
      }
      const start = key.start - this.column(key.start);
      const alone = !this.source.slice(start, key.start).trim();
      if (alone) this.list.push([start, Math.min(this.lineEnd(end) + 1, this.source.length), ""]);
      else throw new Error("the first key of an item stays");
    }

    endOf(value, key) {
      if (value.empty) return Math.max(key.end, this.source.indexOf(":", key.end) + 1);
      let node = value;
      while (node.kind !== "scalar" && !node.flow) node = node.kind === "mapping" ? node.pairs.at(-1)[1] : node.items.at(-1);
      let { end } = node;
      if (node.style === "|" || node.style === ">") end = node.start + this.source.slice(node.start, end).trimEnd().length;
      return end;
    }

    insert(node, names, name, block) {
      const order = new Map(names.map((known, place) => [known, place]));
      let after = -1;
      node.pairs.forEach(([key], place) => {
        if (key.value === "spectrum" || (order.has(key.value) && order.get(key.value) < order.get(name))) after = place;
      });
      if (after < 0) {
        const at = node.pairs[0][0].start;
        const start = at - this.column(at);
        if (!this.source.slice(start, at).trim()) this.list.push([start, start, `${block}\n`]);
        else this.list.push([at, at, `${block.trimStart()}\n${" ".repeat(this.column(at))}`]);
        return;
      }
      const [key, value] = node.pairs[after];
      const end = this.lineEnd(this.endOf(value, key));
      this.list.push([end, end, `\n${block}`]);
    }

    text() {
      const taken = this.list.filter(([start, end, block]) => start < end && !block);
      const made = [];
      for (const edit of this.list) {
        const [at, end, block] = edit;
        const around = at === end && taken.find((other) => other[0] <= at && at < other[1]);
        if (around) around[2] += `${block.replace(/^\n|\n$/g, "")}\n`;
        else made.push(edit);
      }
      let result = this.source;
      let last = Infinity;
      for (const [start, end, block] of made.reverse().sort((one, other) => other[0] - one[0])) {
        if (end > last) return null;
        result = result.slice(0, start) + block.replaceAll("\n", this.newline) + result.slice(end);
        last = start;
      }
      return result;
    }
  }

  /* The author's own keys, as they stand at the top of a file. */
  function ownKeys(source, root) {
    if (!root || root.kind !== "mapping" || root.flow) return [];
    const edits = new Edits(source);
    return root.pairs
      .filter(([key]) => key.value.startsWith("x-"))
      .map(([key, value]) => source.slice(key.start, edits.endOf(value, key)));
  }

  // What is the same answer

  function tidied(format, answers) {
    const kept = {};
    const fields = [...format.top, ...format.sections.flatMap((section) => section.fields)];
    for (const field of fields) {
      for (const key of field.kind === "support" ? [field.key, ...DETAILS.map((name) => `${field.key}.${name}`)] : [field.key]) {
        const value = answers[key];
        const blank = value === undefined || (typeof value === "string" && !stripped(value));
        if (blank || (field.kind === "choices" && value && !value.length)) continue;
        if (field.kind === "texts" && value) kept[key] = value.filter((item) => stripped(item));
        else kept[key] = field.kind === "fixed" && value ? saidFixed(value) : value;
      }
      const details = DETAILS.some((name) => `${field.key}.${name}` in kept);
      if (field.kind === "support" && details && !(field.key in kept)) kept[field.key] = null;
    }
    return Object.entries(kept).sort(([one], [other]) => (one < other ? -1 : 1));
  }

  function sameDecision(format, one, other) {
    const scopes = (decision) =>
      [decision, ...decision.parts].map((scope) => [
        scope.id ?? null,
        scope.title ?? scope.answers.title,
        tidied(format, { ...scope.answers, title: undefined }),
      ]);
    return JSON.stringify(scopes(one)) === JSON.stringify(scopes(other));
  }

  // The two that the page calls

  /* Return a decision as the text of a file. Where it came from a text, that text is kept and only what changed is
     written anew. Empty texts and empty lists are left out: a file cannot tell them from what is not stated. */
  Spectrum.writeDecision = function (decision, rules = Spectrum.rules) {
    const format = rules.decision;
    const wanted = { ...decision, parts: decision.parts || [] };
    if (!decision.text) return writeAnew(format, wanted, []);
    const { text: kept, name = "" } = decision;
    const { source, around } = matter(kept, name);
    const read = Spectrum.readDecision(kept, name, rules);
    if (read.decision) {
      if (sameDecision(format, read.decision, wanted)) return kept;
      const changed = attempt(() => change(format, source, read.decision, wanted));
      if (changed !== null) {
        const whole = around(changed);
        const again = Spectrum.readDecision(whole, name, rules).decision;
        if (again && sameDecision(format, again, wanted)) return whole;
      }
    }
    const { root } = Spectrum.compose(source, format.limits);
    return around(writeAnew(format, wanted, ownKeys(source, root)));
  };

  function attempt(make) {
    try {
      return make();
    } catch {
      return null;
    }
  }

  /* Take the decision out of a Markdown file, and say how to put it back. */
  function matter(kept, name) {
    const whole = kept.replace(/^\ufeff/, "");
    const found = /\.(md|markdown)$/i.test(name) && /^(---[ \t]*\r?\n)([^]*?)(^(?:---|\.\.\.)[ \t]*\r?$[^]*)/m.exec(whole);
    if (!found) return { source: whole, around: (changed) => changed };
    return { source: found[2], around: (changed) => found[1] + changed + found[3] };
  }

  /* Return the advice in the shape of docs/json.md, with the lines of the file that writeDecision gives. */
  Spectrum.adviceJson = function (rules, decision, name = decision.name || "decision.yaml") {
    const { decision: read, faults } = Spectrum.readDecision(Spectrum.writeDecision(decision, rules), name, rules);
    const parts = read.parts.map((part) => ({
      id: part.id,
      title: part.title,
      ...scopeAdvice(rules, part.answers, part.places, read),
    }));
    const { id, version, hash, framework } = rules.rule_base;
    return {
      format: 1,
      file: name,
      title: read.title,
      rule_base: { id, version, hash, framework },
      ...scopeAdvice(rules, read.answers, read.places, null),
      parts,
      mix: rules.types
        .map((kind) => ({ type: kind.id, parts: parts.filter((part) => part.type === kind.id).map((part) => part.id) }))
        .filter((entry) => entry.parts.length),
      diagnostics: faults.map((item) => ({ ...item, hint: item.hint || null })),
      acknowledgement: rules.acknowledgement,
    };
  };

  function scopeAdvice(rules, answers, places, whole) {
    const inherited = whole ? whole.answers : undefined;
    const found = Spectrum.evaluate(rules, answers, inherited);
    const given = Spectrum.effectiveAnswers(answers, inherited);
    const all = { ...(whole ? whole.places : {}), ...places };
    const ownDates = "dates.opens" in answers || "dates.closes" in answers;
    const taken = whole && "time.weeks" in whole.answers && !ownDates;
    if (!("time.weeks" in answers) && !taken) all["time.weeks"] = all["dates.opens"];
    const put = (item, key) => {
      const place = key in given ? all[key] : undefined;
      if (place) [item.line, item.column] = place;
    };
    for (const told of [found.gates, found.contributions, found.estimates, found.need.reasons, found.notes].flat()) {
      for (const read of told.answers) put(read, read.key);
    }
    for (const item of found.readiness.prerequisites) put(item, item.key);
    put(found.plan, "plan.type");
    for (const [key, item] of Object.entries(found.answers)) put(item, key);
    const { next_question: question, fixed, notes, trace, answers: stated, ...before } = found;
    const moves = Spectrum.whatWouldMove(rules, answers, inherited);
    return { ...before, next_question: question, moves, fixed, notes, trace, answers: stated };
  }
}
