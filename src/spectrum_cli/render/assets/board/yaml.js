/* YAML text to nodes that know their place, by js-yaml. Nothing is resolved: a plain `no` or `12:30` stays the text that
   its author wrote. What YAML itself refuses is said in the words of the program, at the same line and column. */
"use strict";
{
  const QUOTES = { "'": "'", '"': '"', "|": "|", ">": ">" };
  const PROPERTIES = { "*": "alias", "&": "anchor", "!": "tag" };
  const MAX_FAULTS = 100;
  const SHOWN_LINE = 400;
  const BREAK = /\r\n|[\n\r\x85\u2028\u2029]/g;
  const KEY_VALUE = /^(?<indent>\s*(?:- +)*)(?<key>[^\s#:[\]{}'"][^:#]*?)\s*:\s+(?<value>\S.*?)\s*$/u;
  const QUOTED_THEN_MORE = /^(?<mark>["'])(?:(?!\k<mark>).)*\k<mark>\s*[^\s#,\]}].*/u;

  // Places: lines and columns count from 1, columns in whole characters

  class Places {
    constructor(text) {
      this.text = text;
      this.starts = [0];
      for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
        this.starts.push(index + 1);
      }
    }

    at(index) {
      let low = 0;
      let high = this.starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.starts[middle] <= index) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: [...this.text.slice(this.starts[low], index)].length + 1 };
    }
  }

  /* A parser's line, for sentences that name one: YAML breaks lines where editors do not. */
  function yamlLine(text, index) {
    return 1 + [...text.slice(0, index).matchAll(BREAK)].length;
  }

  function fault(places, code, index, message, hint = "", more = {}) {
    const place = index === null ? { line: null, column: null } : places.at(index);
    return { code, severity: "error", message, ...place, hint, related: [], ...more };
  }

  // Composing

  /* Return the root node of the one document in a text (null where there is none) and the faults that YAML can have.
     A node has `kind` (scalar, sequence, mapping), `start` and `end` as indexes into the text; a scalar its `value` and
     `style` (plain, ', ", | or >), a collection `items` or `pairs`, and `flow` where it is written in brackets. */
  Spectrum.compose = function (text, limits) {
    const places = new Places(text);
    const { seen, trail, documents, error } = parse(text.replace(/[\x85\u2028\u2029]/g, "\n"), limits);
    const stop = stricter(seen, trail, error);
    if (stop) return { root: null, places, faults: [explain(places, seen, trail, stop)] };
    if (error) {
      const told = error.reason.startsWith("nesting exceeded")
        ? tooDeep(places, trail, limits)
        : explain(places, seen, trail, { reason: error.reason, index: error.mark.position });
      return { root: null, places, faults: [told] };
    }
    const roots = trail.roots.filter((root) => root.start < seen.length || root.kind !== "scalar");
    const root = roots.length ? roots[0] : null;
    const faults = [];
    if (root === null) faults.push(fault(places, "SP105", null, "the file is empty: it holds only comments", EMPTY_HINT));
    const deep = root && deepest(root, limits.depth);
    if (deep) return { root: null, places, faults: [deepFault(places, deep.start, limits)] };
    if (documents.length > 1) {
      const index = secondDocument(seen, root);
      if (!seen.startsWith("---", index)) {
        const message = "a line of ... above ends the document, so nothing may stand here";
        return { root: null, places, faults: [fault(places, "SP106", index, message, "Delete the line of ...")] };
      }
      const hint = "Keep one decision a file. Delete this line of --- if it only closes the text.";
      faults.push(fault(places, "SP109", index, "a second document begins here", hint));
    }
    if (root) properties(places, root, seen, faults);
    return { root: root && followed(root), places, faults };
  };

  /* Let js-yaml compose, and follow it. A list or group in brackets may go on at the beginning of a line, which js-yaml
     refuses: then the line break counts as a blank, and it is asked again. */
  function parse(text, limits) {
    let seen = text;
    let refused = null;
    const joints = [];
    let bracket = null;
    for (;;) {
      const trail = new Trail(seen);
      const documents = [];
      try {
        jsyaml.loadAll(seen, (found) => documents.push(found), {
          schema: PLAIN,
          json: true,
          maxDepth: 6 * limits.depth,
          listener: (event, state) => trail[event](state),
        });
        if (splitKey(trail, joints)) return refused;
        if (joints.length) foldJoined(text, trail, joints);
        return { seen, trail, documents, error: null };
      } catch (error) {
        if (!(error instanceof jsyaml.YAMLException) || !error.mark) throw error;
        const result = { seen, trail, documents, error };
        if (refused && !trail.stack.some((entry) => entry.start === bracket)) refused = null;
        if (!refused) {
          refused = result;
          bracket = openedAt(seen, trail, error.reason);
          joints.length = 0;
        }
        const joint = joints.length < MAX_JOINED && text.length < MAX_TO_JOIN ? lineBreakBefore(seen, error) : null;
        if (!joint) return refused;
        joints.push(joint.index);
        seen = seen.slice(0, joint.index) + " ".repeat(joint.size) + seen.slice(joint.index + joint.size);
      }
    }
  }

  function lineBreakBefore(text, error) {
    if (!error.reason.startsWith("missed comma")) return null;
    const found = /[^\s][ \t]*(\r?\n)[ \t]*$/.exec(text.slice(0, error.mark.position));
    if (!found || text.slice(text.lastIndexOf("\n", found.index) + 1, found.index).includes("#")) return null;
    return { index: found.index + found[0].indexOf(found[1]), size: found[1].length };
  }

  /* Whether lines were joined inside a key, which must stand on one line. */
  function splitKey(trail, joints) {
    const keys = trail.written.flatMap((node) => (node.kind === "mapping" ? node.pairs.map(([key]) => key) : []));
    return joints.some((index) => keys.some((key) => key.start < index && index < skipBlanks(trail.text, key.end)));
  }

  function foldJoined(text, trail, joints) {
    for (const node of trail.written) {
      if (node.style !== "plain" || !joints.some((index) => node.start < index && index < node.end)) continue;
      node.value = text.slice(node.start, node.end).replace(/[ \t]*\r?\n[ \t]*/g, " ");
    }
  }

  /* Any tag is let through here, because each is refused at its place. */
  const PLAIN = jsyaml.FAILSAFE_SCHEMA.extend(
    ["scalar", "sequence", "mapping"].flatMap((kind) =>
      ["!", "tag:"].map((prefix) => new jsyaml.Type(prefix, { kind, multi: true })),
    ),
  );
  const MAX_JOINED = 200;
  const MAX_TO_JOIN = 64 * 1024;

  const EMPTY_HINT = "Start from a template: spectrum new FILE.";

  /* What js-yaml tells while it composes, made into a tree. It tells of attempts too: a block of text is first tried as
     the first key of a group, and then stands inside itself. */
  class Trail {
    constructor(text) {
      this.text = text;
      this.stack = [];
      this.roots = [];
      this.last = null;
      this.anchors = new Map();
      this.written = [];
    }

    open(state) {
      this.stack.push({ from: state.position, start: skipBlanks(this.text, state.position), children: [] });
    }

    close(state) {
      const entry = this.stack.pop();
      const node = this.node(entry, state);
      if (!node.empty && node !== entry.children[0]) this.written.push(node);
      if (this.text[entry.start] === "&" && node.start === entry.start) this.anchor(word(this.text, entry.start), node);
      this.last = node;
      if (this.stack.length) this.stack.at(-1).children.push(node);
      else this.roots.push(node);
    }

    /* The same anchor twice is no YAML to the program. A node tells of its anchor twice where it was tried as a key. */
    anchor(name, node) {
      const before = this.anchors.get(name.slice(1));
      if (before && before.start !== node.start) this.again ??= node.start;
      this.anchors.set(name.slice(1), node);
    }

    node({ from, start, children }, state) {
      const text = this.text;
      const content = skipProperties(text, start);
      const sign = text[content];
      const first = sign === "|" || sign === ">" ? null : children[0];
      if (state.kind === null) return this.nothing({ from, start, content });
      if (state.kind === "scalar" && (!first || first.kind === "scalar")) {
        if (first) return first.start === start ? first : { ...first, start };
        const style = QUOTES[sign] || "plain";
        const end = style === "|" || style === ">" ? state.position : trimmed(text, start, state.position);
        return { kind: "scalar", value: state.result, style, start, end };
      }
      if ((sign === "[" || sign === "{") && (!first || first.start > content)) {
        return this.flow({ start, content }, state, children);
      }
      if (state.kind === "sequence" && sign === "-") return this.blockList({ start, content }, state, children);
      if (first && (first.start > content || text[skipSpaces(text, first.end)] === ":")) return this.group(start, children);
      return first ? { ...first, start } : blank(start);
    }

    /* A node without content: an alias, a place left empty, or one that has only an anchor or tag. */
    nothing({ from, start, content }) {
      const { text } = this;
      if (text[start] === "*") {
        const name = word(text, start);
        return { ...blank(start), empty: false, end: start + name.length, target: this.anchors.get(name.slice(1)) || null };
      }
      return content > start ? { ...blank(start), empty: false, end: trimmed(text, start, content) } : blank(from);
    }

    flow({ start, content }, state, children) {
      const text = this.text;
      const entries = [];
      let at = skipBlanks(text, content + 1);
      const queue = [...children];
      while (queue.length) {
        const from = at;
        let key = queue.shift();
        at = skipBlanks(text, key.end);
        const asked = text[from] === "?";
        if (asked && key.start === from) key = { ...key, start: from + 1, value: key.value.slice(1) };
        let value = null;
        if (text[at] === ":") {
          value = queue.shift();
          if (value) {
            if (value.empty) value = blank(skipBlanks(text, at + 1));
            at = skipBlanks(text, Math.max(value.end, at + 1));
          }
        }
        entries.push({ from, key, value, at, asked });
        if (text[at] === ",") at = skipBlanks(text, at + 1);
      }
      if (text[content] === "{") {
        const pairs = entries.map(({ key, value, at: end }) => [key, value || blank(end)]);
        return { kind: "mapping", flow: true, start, end: state.position, pairs };
      }
      const items = entries.map(({ from, key, value, at: end, asked }) =>
        value || asked
          ? { kind: "mapping", flow: true, start: from, end, pairs: [[key, value || blank(end)]] }
          : key,
      );
      return { kind: "sequence", flow: true, start, end: state.position, items };
    }

    blockList({ start, content }, state, children) {
      const text = this.text;
      const queue = [...children];
      const items = [];
      let at = content;
      for (const value of state.result) {
        at = skipBlanks(text, at);
        if (value === null && !(queue.length && queue[0].empty)) {
          at += 1;
          items.push(blank(at));
        } else {
          const item = queue.shift();
          items.push(item);
          at = Math.max(item.end, at + 1);
        }
      }
      return { kind: "sequence", flow: false, start, end: items.length ? items.at(-1).end : start + 1, items };
    }

    group(start, children) {
      const text = this.text;
      const queue = [...children];
      const pairs = [];
      while (queue.length) {
        const key = queue.shift();
        const at = skipBlanks(text, key.end);
        if (key.empty && text[at] !== ":" && text[key.start - 1] !== "?") break;
        pairs.push([key, (text[at] === ":" && queue.shift()) || blank(key.end)]);
      }
      return { kind: "mapping", flow: false, start, end: pairs.at(-1)[1].end, pairs };
    }
  }

  function blank(index) {
    return { kind: "scalar", value: "", style: "plain", start: index, end: index, empty: true };
  }

  const word = (text, index) => /^[^\s,[\]{}]*/.exec(text.slice(index, index + 1000))[0];

  /* Pass by anchors and tags. */
  function skipProperties(text, index) {
    while ("&!".includes(text[index] || "x")) {
      while (index < text.length && !" \t\r\n".includes(text[index])) index += 1;
      index = skipBlanks(text, index);
    }
    return index;
  }

  function skipSpaces(text, index) {
    while (text[index] === " " || text[index] === "\t") index += 1;
    return index;
  }

  function skipBlanks(text, index) {
    for (;;) {
      while (" \t\r\n".includes(text[index] || "x")) index += 1;
      if (text[index] !== "#") return index;
      while (index < text.length && text[index] !== "\n" && text[index] !== "\r") index += 1;
    }
  }

  function trimmed(text, start, end) {
    while (end > start && " \t\r\n".includes(text[end - 1])) end -= 1;
    return end;
  }

  function childrenOf(node) {
    return node.kind === "mapping" ? node.pairs.flat() : node.kind === "sequence" ? node.items : [];
  }

  function* backwards(list) {
    for (let place = list.length - 1; place >= 0; place -= 1) yield list[place];
  }

  // Limits, documents, anchors

  function deepest(root, limit) {
    const waiting = [[root, 1, null]];
    while (waiting.length) {
      const [node, depth, parent] = waiting.pop();
      if (node.kind !== "scalar" && depth > limit) return parent;
      for (const child of backwards(childrenOf(node))) waiting.push([child, depth + 1, node]);
    }
    return null;
  }

  function deepFault(places, index, limits) {
    return fault(
      places,
      "SP103",
      index,
      `the text is nested more than ${limits.depth} levels deep`,
      "A decision file needs five levels at most.",
    );
  }

  function tooDeep(places, trail, limits) {
    const starts = [...new Set(trail.stack.map((entry) => entry.start))];
    return deepFault(places, starts[limits.depth - 1], limits);
  }

  function secondDocument(text, root) {
    const after = root ? root.end : 0;
    const dashes = /^---(?=\s|$(?![^]))/gm;
    dashes.lastIndex = after;
    const begins = dashes.exec(text);
    if (begins) return begins.index;
    const dots = /^\.\.\.(?=\s|$(?![^]))[^\n]*\s+(\S)/dgm;
    dots.lastIndex = Math.max(0, after - 3);
    const ends = dots.exec(text);
    return ends ? ends.indices[1][0] : text.length;
  }

  function properties(places, root, text, faults) {
    const seen = new Set();
    const waiting = [root];
    while (waiting.length && faults.length < MAX_FAULTS) {
      const node = waiting.pop();
      for (const child of backwards(childrenOf(node))) waiting.push(child);
      const what = PROPERTIES[text[node.start]];
      if (!what || node.empty || seen.has(node.start)) continue;
      seen.add(node.start);
      const written = word(text, node.start);
      faults.push(
        fault(
          places,
          "SP108",
          node.start,
          `${[...written].slice(0, 40).join("")} is a YAML ${what}, which a decision file may not use`,
          `Write the value out. A text that begins with ${written[0]} needs quotation marks.`,
        ),
      );
    }
  }

  /* Put what an alias stands for in its place. Nothing is copied, so nothing can grow. */
  function followed(root) {
    const waiting = [root];
    const put = (node) => {
      if (node.target === undefined) waiting.push(node);
      return node.target === undefined ? node : node.target || blank(node.start);
    };
    while (waiting.length) {
      const node = waiting.pop();
      if (node.kind === "mapping") node.pairs = node.pairs.map((pair) => pair.map(put));
      if (node.kind === "sequence") node.items = node.items.map(put);
    }
    return put(root);
  }

  // What the program refuses and js-yaml lets pass: tabs that indent, a colon without a key in brackets, half signs

  function stricter(text, trail, error) {
    const limit = error ? error.mark.position : text.length + 1;
    const nodes = trail.written.filter((node) => node.start < limit);
    const open = trail.stack.filter((entry) => "[{\"'|>".includes(text[entry.start] || "x")).map((entry) => entry.start);
    const unclosed = trail.stack.map(({ start, children }) => ({ kind: "sequence", flow: "[{".includes(text[start]), start, items: children }));
    const found = [
      ...tabFaults(text, nodes, Math.min(limit + 1, ...open)),
      ...[...nodes, ...unclosed].flatMap((node) => nodeFaults(text, node)),
    ];
    if (trail.again !== undefined) found.push({ reason: "anchor again", index: trail.again });
    return found.sort((one, other) => one.index - other.index)[0] || null;
  }

  function nodeFaults(text, node) {
    if (node.style === '"' && wrongEscape(text.slice(node.start, node.end))) {
      return [{ reason: "escape sequence", index: node.start }];
    }
    if (!node.flow) return [];
    const wrong = childrenOf(node).find(
      (child) =>
        text[child.start] === ":" &&
        (child.flow || child.style === "plain") &&
        "[{,:?".includes(text[trimmed(text, node.start, child.start) - 1]),
    );
    return wrong ? [{ reason: "node content", index: wrong.start, opened: wrong.start }] : [];
  }

  function wrongEscape(quoted) {
    return [...quoted.matchAll(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[^])/g)].some((found) => {
      const code = parseInt(found[1] || found[2] || "0", 16);
      return (code >= 0xd800 && code < 0xe000) || code > 0x10ffff;
    });
  }

  /* A tab may stand at the beginning of a line in brackets, in quotation marks and in a text over several lines. */
  function* tabFaults(text, nodes, limit) {
    if (!text.includes("\t")) return;
    const scalars = nodes.filter((node) => node.kind === "scalar");
    const ends = new Map(scalars.map((node) => [trimmed(text, node.start, node.end), node]));
    const spans = outermost(text, nodes);
    let place = 0;
    let last = { at: 0, solid: 0 };
    for (const found of text.matchAll(/^( *)\t/gm)) {
      const at = found.index;
      if (at >= limit) return;
      const spaces = found[1].length;
      while (place < spans.length && spans[place].end <= at) place += 1;
      const within = place < spans.length && spans[place].start < at ? spans[place].node : null;
      if (within && (within.flow || within.style !== "plain")) continue;
      const solid = trimmed(text, last.at, at);
      last = { at, solid: solid > last.at ? solid : last.solid };
      const before = within || ends.get(last.solid);
      if (before && before.style === "plain") {
        if (spaces < indentOf(text, before)) {
          yield { reason: "tab in a text", index: at + /^[ \t\r\n]*/.exec(text.slice(at))[0].length };
          return;
        }
      } else if (!before || !"|>".includes(before.style) || spaces < firstIndent(text, before)) {
        yield { reason: "tab", index: at + spaces };
        return;
      }
    }
  }

  /* The texts and brackets that go over several lines, without those inside others. */
  function outermost(text, nodes) {
    const spans = [];
    for (const node of nodes.filter((one) => one.flow || one.kind === "scalar").sort((one, other) => one.start - other.start)) {
      const end = trimmed(text, node.start, node.end);
      const breaks = text.indexOf("\n", node.start);
      if (breaks < 0) break;
      if (breaks < end && (!spans.length || node.start >= spans.at(-1).end)) spans.push({ start: node.start, end, node });
    }
    return spans;
  }

  /* How far the lines of a text must be indented to belong to it: further than the key that it stands under. */
  function indentOf(text, node) {
    const line = text.slice(text.lastIndexOf("\n", node.start - 1) + 1, node.start);
    return /^(?: *- +)* */.exec(line)[0].length + (line.trim() ? 1 : 0);
  }

  function firstIndent(text, node) {
    const found = /\n( *)[^\s]/.exec(text.slice(node.start, node.end));
    return found ? found[1].length : 1;
  }

  // What is wrong with a text that YAML refuses, in words for people who do not know YAML

  function explain(places, text, trail, error) {
    let { reason, index } = error;
    const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)];
    const lines = text.split(/\r\n|\n|\r/).map((line) => line.slice(0, SHOWN_LINE));
    const lineOf = (at) => starts.findLastIndex((start) => start <= at) + 1;
    let alias = /^unidentified alias/.test(reason);
    let oddName = reason.includes("alias node must contain");
    if (alias) {
      index = text.indexOf("*", trail.stack.at(-1).start);
      const end = index + /^\*[\w-]*/.exec(text.slice(index))[0].length;
      oddName = !/^[\s?:,\]}%@`]?$/.test(text[end] || "") || end === index + 1;
      if (oddName) [index, alias] = [end, false];
    }
    if (text[index - 1] === "%" && columnOf(text, index) === 1) index += /^[\w-]*/.exec(text.slice(index))[0].length;
    let opened = error.opened ?? openedAt(text, trail, reason);
    if (/^(bad indentation|missed comma)/.test(reason) && openQuote(text, index)) {
      [reason, opened, index] = ["quoted scalar", index, text.length];
    }
    const root = trail.roots.at(-1);
    const afterText = reason.startsWith("end of the stream") && root && root.style === "plain";
    if (afterText) index += Math.max(0, /^[^\r\n]*?(?=:(?:\s|$))|/.exec(text.slice(index))[0].length);
    if (noColon(reason)) index = skipBlanks(text, trail.last.end);
    else if (entryWithoutDash(text, reason, index)) return entryFault(places, text, index);
    const sign = text[index];
    const number = lineOf(index);
    const openedLine = lineOf(opened);
    const [line, message, hint] = cause({ text, lines, number, openedLine, reason, sign, alias, oddName, index, trail });
    const place = places.at(line === number ? index : starts[line - 1]);
    const shown = [...(places.text.split("\n")[place.line - 1] || "")].slice(0, SHOWN_LINE);
    place.column = Math.min(place.column, shown.length + 1);
    return { ...fault(places, message.includes("YAML") ? "SP108" : "SP106", null, message, hint), ...place };
  }

  /* Where that began which cannot be read to its end. */
  function openedAt(text, trail, reason) {
    if (reason.includes("quoted scalar")) return trail.stack.at(-1).start;
    if (reason.includes("flow collection") || reason.includes("node content")) {
      const open = trail.stack.filter((entry) => "[{".includes(text[entry.start]));
      return open.length ? open.at(-1).start : 0;
    }
    if (noColon(reason)) return trail.last.start;
    return trail.stack.length ? trail.stack.at(-1).start : 0;
  }

  /* Whether a text in quotation marks begins here that never ends. */
  function openQuote(text, index) {
    const mark = text[index];
    if (mark !== "'" && mark !== '"') return false;
    for (let at = index + 1; at < text.length; at += 1) {
      if (mark === '"' && text[at] === "\\") at += 1;
      else if (text[at] === mark) {
        if (mark === '"' || text[at + 1] !== mark) return false;
        at += 1;
      }
    }
    return true;
  }

  /* An item of a list whose dash touches its text is a line without a colon to YAML. */
  function entryWithoutDash(text, reason, index) {
    if (!reason.startsWith("bad indentation of a sequence entry")) return false;
    const line = /^[^\r\n]*/.exec(text.slice(index))[0];
    return columnOf(text, index) === /^ */.exec(text.slice(index - columnOf(text, index)))[0].length && !/:(\s|$)/.test(line);
  }

  function entryFault(places, text, index) {
    const end = skipBlanks(text, index + /^[^\r\n]*/.exec(text.slice(index))[0].length);
    const { line } = places.at(index);
    const last = places.at(end);
    const told = fault(places, "SP106", null, "this line has no colon", "Write 'key: value', with a blank after the colon.");
    return { ...told, line, column: last.line === line ? last.column : 1 };
  }

  const columnOf = (text, index) => index - (text.lastIndexOf("\n", index - 1) + 1);
  const noColon = (reason) => reason.includes("colon is missed") || reason.includes("multiline key");

  function cause({ lines, number, openedLine, reason, sign, alias, oddName, text, index, trail }) {
    const lineText = (at) => lines[at - 1] ?? "";
    const line = lineText(number);
    if (/^ *\t/.test(line)) return [number, "this line starts with a tab", "Use spaces to indent, two for each level."];
    const candidates = [...new Set([number, openedLine])];
    for (const at of candidates) {
      if (lineText(at).includes("{{")) {
        return [at, "this looks like a template that was not filled in", "Replace {{ ... }} by the text."];
      }
    }
    const opening = KEY_VALUE.exec(line);
    const begins = opening && opening.groups.value[0];
    if (opening && PROPERTIES[begins]) {
      return [number, `a text that begins with ${begins} is read as a YAML ${PROPERTIES[begins]}`, quoteHint(line)];
    }
    if (alias || /\btag\b/.test(reason)) {
      return [number, "a YAML alias or tag stands here, which a decision file may not use", quoteHint(line)];
    }
    const root = trail.roots.at(-1);
    const afterText = reason.startsWith("end of the stream") && root && root.style === "plain";
    if (sign === ":" && (reason.startsWith("bad indentation") || afterText) && !/^\s*:/.test(line)) return [number, ...secondColon(line)];
    if (reason.includes("irective") || line.startsWith("%")) {
      return [number, "a line that begins with % is read as an instruction", "Put the text in quotation marks."];
    }
    const entry = sign === "-" && /^\s?$/.test(text[index + 1] || "") && !/^ *-/.test(line);
    if (opening && (/block scalar|a line break is expected/.test(reason) || (entry && reason.startsWith("bad indentation")))) {
      return [number, `a text cannot begin with ${begins}`, quoteHint(line)];
    }
    const inBrackets = reason.includes("flow collection") || reason.includes("node content");
    if (oddName && !opening) {
      return [number, `a text cannot begin with ${/^[^\r\n]$/.test(sign || "") ? sign : "this sign"}`, quoteHint(line)];
    }
    if (sign !== undefined && (inBrackets ? "@`%|>\t" : "@`%\t").includes(sign)) {
      if (sign === "\t") return [number, "a tab stands here", "Use spaces to indent, two for each level."];
      return [number, `a text cannot begin with ${sign}`, quoteHint(line)];
    }
    if (reason.includes("quoted scalar")) {
      return [openedLine, "the quotation mark that opens on this line is never closed", "Add the closing mark."];
    }
    if (reason.includes("escape sequence") || reason.includes("hexadecimal")) {
      return [number, "this text in quotation marks cannot be read", "Use '...' around a text that holds a \\."];
    }
    for (const at of candidates) {
      const found = KEY_VALUE.exec(lineText(at));
      if (!found) continue;
      const value = found.groups.value;
      if ("[{".includes(value[0]) && !/[\]}],*$/.test(value) && /[\]}]/.test(value)) {
        const what = value[0] === "[" ? "list" : "group";
        return [at, `a text that begins with a bracket is read as a ${what}`, quoteHint(lineText(at))];
      }
      if (QUOTED_THEN_MORE.test(value)) {
        return [
          at,
          "the quotation marks end before the text does",
          "Put the whole text in the other kind of mark: '...' or \"...\".",
        ];
      }
    }
    if (inBrackets) {
      return [openedLine, "a bracket that opens on this line is not closed", "Close it with ] or }, as it was opened."];
    }
    if (noColon(reason)) {
      return [openedLine, "this line has no colon", "Write 'key: value', with a blank after the colon."];
    }
    const insideRoot = root && root.kind !== "scalar" && !root.flow && columnOf(text, index) >= columnOf(text, root.start);
    if (/^(bad indentation|incomplete explicit)/.test(reason) || (reason.startsWith("end of the stream") && insideRoot)) {
      return [number, "this line does not line up with those above it", "Start the keys of one group in one column."];
    }
    if (/^\.\.\.\s/m.test(text.slice(0, index))) {
      return [number, "a line of ... above ends the document, so nothing may stand here", "Delete the line of ..."];
    }
    return [number, "this line cannot be read", "Compare it with the example of: spectrum new FILE."];
  }

  function secondColon(line) {
    const found = KEY_VALUE.exec(line);
    if (!found || !`${found.groups.value} `.includes(": ")) {
      return ["a key does not belong here", "Start the keys of one group in one column."];
    }
    return ["the text holds a second colon, so it is read as a key", quoteHint(line)];
  }

  /* Show the line as it should be, or say in general what to do where it is too long or unclear. */
  function quoteHint(line) {
    const general = "Put the text in quotation marks.";
    const found = KEY_VALUE.exec(line);
    if (!found || [...found.groups.value].length > 120) return general;
    let { indent, key, value } = found.groups;
    if (!indent.trim() && !value.includes(",") && "]}".includes(value.at(-1)) && !"[{".includes(value[0])) return general;
    const mark = value.includes('"') || value.includes("\\") ? "'" : '"';
    if (mark === "'") value = value.replaceAll("'", "''");
    return `Put the text in quotation marks: ${key}: ${mark}${value}${mark}`;
  }

  Spectrum.yaml = { Places, fault, yamlLine, MAX_FAULTS, EMPTY_HINT };
}
