/* Reads a decision file: from bytes or text to answers, with every fault of shape found in one pass, in the words of the
   program and at the same line and column. A file is data: nothing in it is run, and nothing is fetched. */
"use strict";
{
  const { fault, MAX_FAULTS, EMPTY_HINT, Places } = Spectrum.yaml;
  const UNKNOWN = "unknown";
  const MAX_DIGITS = 15;
  const FAULTS_SHOWN = 20;
  const BLANKS = ["", "~", "null", "Null", "NULL"];
  const FOR_TRUE = ["true", "yes", "on", "y"];
  const FOR_FALSE = ["false", "no", "off", "n"];
  const NOT_PRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
  const SIGNS = { 0: "NUL", 7: "BEL", 8: "backspace", 12: "form feed", 27: "ESC", 127: "DEL", 65279: "byte-order mark" };
  const HIDDEN = /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
  const SPACE = "\\s\\x1c-\\x1f\\x85";

  class Unreadable extends Error {
    constructor(...faults) {
      super(faults[0].message);
      this.faults = faults;
    }
  }

  // From bytes to text

  function decode(input, name, limits) {
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : new Uint8Array(input);
    if (bytes.length > limits.bytes) {
      const hint = "A decision file is a short text.";
      throw new Unreadable(fault(null, "SP103", null, "the file is larger than 1 MiB", hint));
    }
    let text = typeof input === "string" ? input.replace(/^\ufeff/, "") : fromBytes(bytes);
    const whole = text;
    if (/\.(md|markdown)$/i.test(name)) text = frontMatter(text);
    const odd = [...text.matchAll(NOT_PRINTABLE)].slice(0, FAULTS_SHOWN);
    if (odd.length) throw new Unreadable(...odd.map((found) => oddSign(new Places(text), found)));
    if (!stripped(text)) throw new Unreadable(fault(null, "SP105", null, "the file is empty", EMPTY_HINT));
    return { text, whole };
  }

  function oddSign(places, found) {
    const code = found[0].codePointAt(0);
    const message = `the control character U+${hex(code)} (${SIGNS[code] || "not printable"}) stands here`;
    return fault(places, "SP104", found.index, message, "Delete it. It cannot be seen in most editors.");
  }

  const hex = (code) => code.toString(16).toUpperCase().padStart(4, "0");

  function fromBytes(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new Unreadable(notUtf8(bytes));
    }
  }

  function notUtf8(bytes) {
    const hint = "Save the file again with the encoding UTF-8.";
    const start = `${bytes[0]},${bytes[1]}`;
    if (start === "255,254" || start === "254,255") {
      return { ...fault(null, "SP102", null, "the file is UTF-16, not UTF-8", hint), line: 1, column: 1 };
    }
    const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
    const place = firstOutside(body);
    const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body.subarray(0, place));
    const { line, column } = new Places(before).at(before.length);
    const byte = body[place].toString(16).toUpperCase().padStart(2, "0");
    return { ...fault(null, "SP102", null, `byte 0x${byte} on line ${line} is not UTF-8`, hint), line, column };
  }

  /* Return where the first byte stands that does not belong to UTF-8. */
  function firstOutside(bytes) {
    let index = 0;
    while (index < bytes.length) {
      const lead = bytes[index];
      const size = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
      if (size === 4 && (lead < 0xf0 || lead > 0xf4)) return index;
      const second = bytes[index + 1];
      const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (size > 1 && !(second >= least && second <= most)) return index;
      for (let more = 2; more < size; more += 1) if ((bytes[index + more] & 0xc0) !== 0x80) return index;
      index += size;
    }
    return index;
  }

  /* Return the front matter of a Markdown file, with an empty first line so that line numbers stay the file's own. */
  function frontMatter(text) {
    const opening = /^---[ \t]*\r?(?:\n|$(?![^]))/.exec(text);
    if (!opening) {
      const hint = "Put the decision at the very top, between two lines of ---.";
      throw new Unreadable(fault(null, "SP110", null, "this Markdown file has no front matter", hint));
    }
    const close = /^(?:---|\.\.\.)[ \t]*\r?(?=\n|$(?![^]))/gm;
    close.lastIndex = opening[0].length;
    let closing = close.exec(text);
    while (closing && closing.index > 0 && text[closing.index - 1] !== "\n") closing = close.exec(text);
    if (!closing) {
      const hint = "Add a line of --- below the last line of the decision.";
      throw new Unreadable({ ...fault(null, "SP110", null, "the front matter is never closed", hint), line: 1, column: 1 });
    }
    return `\n${text.slice(opening[0].length, closing.index)}`;
  }

  // Words

  const stripped = (text) => text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), (blank) => blank.replace(/[^\ufeff]/g, ""));
  const letters = (text) => [...text];

  function visibleWord(text) {
    return text.replace(HIDDEN, (sign) => `[U+${hex(sign.codePointAt(0))}]`);
  }

  /* Return a text from a file as it can be quoted in a sentence: hidden signs named, length bounded. */
  function shown(text, most = 60) {
    const word = letters(visibleWord(letters(text).slice(0, most + 1).join("")));
    return word.length <= most ? `'${word.join("")}'` : `'${word.slice(0, most).join("")}...'`;
  }

  function folded(text) {
    const plain = text.normalize("NFKC").replace(/[\p{Cf}\p{Cc}]/gu, "");
    return plain
      .replace(/^[ \t"'“”‘’«»„`]+|[ \t"'“”‘’«»„`]+$/g, "")
      .replace(/[\s_-]+/g, "-")
      .toLowerCase()
      .replaceAll("ß", "ss");
  }

  /* Return the known word that the author most likely meant, or an empty text: the ratio of matching runs, as Python's
     difflib reckons it, from 0.6 on. */
  function nearest(value, known) {
    const byForm = new Map(known.map((word) => [folded(word), word]));
    const wanted = folded(value);
    if (byForm.has(wanted)) return byForm.get(wanted);
    let best = null;
    for (const form of byForm.keys()) {
      const ratio = likeness(letters(form), letters(wanted));
      if (ratio >= 0.6 && (!best || ratio > best.ratio || (ratio === best.ratio && form > best.form))) best = { ratio, form };
    }
    return best ? byForm.get(best.form) : "";
  }

  function likeness(one, other) {
    const total = one.length + other.length;
    if (2 * Math.min(one.length, other.length) < 0.6 * total) return 0;
    return total ? (2 * matching(one, other, 0, one.length, 0, other.length)) / total : 1;
  }

  function matching(one, other, oneLow, oneHigh, otherLow, otherHigh) {
    let best = { size: 0 };
    let runs = new Map();
    for (let i = oneLow; i < oneHigh; i += 1) {
      const next = new Map();
      for (let j = otherLow; j < otherHigh; j += 1) {
        if (one[i] !== other[j]) continue;
        const size = (runs.get(j - 1) || 0) + 1;
        next.set(j, size);
        if (size > best.size) best = { i: i - size + 1, j: j - size + 1, size };
      }
      runs = next;
    }
    if (!best.size) return 0;
    const { i, j, size } = best;
    return (
      size + matching(one, other, oneLow, i, otherLow, j) + matching(one, other, i + size, oneHigh, j + size, otherHigh)
    );
  }

  function didYouMean(name, known) {
    const near = nearest(name, known);
    return near ? `Did you mean ${near}?` : "";
  }

  function what(node) {
    if (node.kind === "sequence") return "a list";
    if (node.kind === "mapping") return "a mapping of keys";
    return node.value ? `the single value ${shown(node.value, 40)}` : "an empty value";
  }

  function numberHint(value) {
    const gap = "[\\s,.'_\\u00a0\\u202f]";
    if (new RegExp(`^\\p{Nd}{1,3}(${gap}\\p{Nd}{3})+$`, "u").test(value)) {
      return `Write it without separators: ${value.replace(new RegExp(gap, "g"), "")}`;
    }
    if (/^-\s*\p{Nd}+$/u.test(value)) return "A count cannot be negative.";
    if (/^\d+(\.\d+)?[eE]\+?\d{1,2}$/.test(value)) {
      const number = Number(value);
      return Number.isInteger(number) && number < 1e15 ? `Write it in digits: ${number}` : "Write whole digits.";
    }
    return "Write digits only, such as 12000, or unknown.";
  }

  const isPlain = (node) => node.kind === "scalar" && node.style === "plain";
  const isBlank = (node) => isPlain(node) && BLANKS.includes(node.value);
  const saysNothing = (node) => !stripped(node.value) || (node.value === "~" && isPlain(node));
  const isUnknown = (node) => node.kind === "scalar" && (node.value === UNKNOWN || isBlank(node));

  // Tables from the format

  const tables = new WeakMap();

  function tableOf(format) {
    if (!tables.has(format)) {
      const byName = (fields) => new Map(fields.map((field) => [lastOf(field.key), named(field)]));
      const named = (field) => ({ answers: format.support[0].answers, ...field, name: lastOf(field.key) });
      const sections = new Map(format.sections.map((section) => [section.name, byName(section.fields)]));
      const top = byName(format.top);
      tables.set(format, {
        top,
        sections,
        support: byName(format.support),
        topNames: ["spectrum", ...top.keys(), ...sections.keys(), "parts"],
        partNames: ["id", ...top.keys(), ...sections.keys()],
      });
    }
    return tables.get(format);
  }

  const lastOf = (key) => key.slice(key.lastIndexOf(".") + 1);
  const ENOUGH = Symbol("enough faults");
  const PART_ID = { key: "id", name: "id", kind: "text" };

  /* One walk over one file's nodes. */
  class Reader {
    constructor(text, places, faults, rules) {
      Object.assign(this, { source: text, places, faults, format: rules.decision, table: tableOf(rules.decision) });
      this.signs = rules.decision.signs;
      this.hasComments = text.includes(" #");
    }

    // Faults

    fault(code, node, message, hint = "", related = []) {
      const full = this.faults.length >= MAX_FAULTS;
      if (full) {
        [code, related] = ["SP103", []];
        message = `reading stops here, after ${MAX_FAULTS} faults`;
        hint = "Mend those first; there may be more.";
      } else if (["SP201", "SP204"].includes(code) && this.source.slice(Math.max(0, node.start - 1)).slice(0, 3).includes("{{")) {
        message = "this looks like a template that was not filled in";
        hint = "Replace {{ ... }} by the text.";
      }
      this.faults.push(fault(this.places, code, node.start, message, hint, { related }));
      if (full) throw ENOUGH;
    }

    /* What stands there has another shape than it should. */
    wrong(node, should, hint) {
      this.fault("SP204", node, `${should}, not ${what(node)}`, hint);
    }

    /* Say where YAML took the end of a text for a comment, which people do not expect of `Ward #4 plan`. */
    warnIfCut(node) {
      const cut = /[ \t]+(#\S[^\n]*)/y;
      cut.lastIndex = node.end;
      const found = cut.exec(this.source);
      if (!found || this.faults.length >= MAX_FAULTS) return;
      const hint = `If ${shown(found[1].trimEnd(), 40)} belongs to the text, put the whole text in quotation marks.`;
      const message = "the text ends before #: what follows is a comment";
      const index = node.end + found[0].length - found[1].length;
      this.faults.push(fault(this.places, "SP111", index, message, hint, { severity: "warning" }));
    }

    related(message, node) {
      return [{ message, ...this.places.at(node.start) }];
    }

    line(node) {
      return Spectrum.yaml.yamlLine(this.source, node.start);
    }

    // Structure

    *pairs(node) {
      const seen = new Map();
      for (const [key, value] of node.pairs) {
        if (key.kind !== "scalar") {
          this.fault("SP201", key, "a list or a group of keys cannot be a key", "Write a single word as key.");
          continue;
        }
        const name = key.value;
        if (seen.has(name)) {
          const first = seen.get(name);
          const message = `the key ${shown(name)} stands twice: it is already on line ${this.line(first)}`;
          this.fault("SP107", key, message, "Keep one of the two.", this.related("here first", first));
          continue;
        }
        seen.set(name, key);
        if (name === "<<" && isPlain(key)) {
          const message = "<< is a YAML merge key, which a decision file may not use";
          this.fault("SP108", key, message, "Write the keys out in this place.");
          continue;
        }
        yield [key, name, value];
      }
    }

    whole(root) {
      if (root.kind !== "mapping") {
        if (isBlank(root)) {
          this.faults.push(fault(this.places, "SP105", null, "the file is empty", EMPTY_HINT));
        } else {
          const kind = root.kind === "sequence" ? "a list" : "a single text";
          const message = `expected keys and values at the top of the file, but this is ${kind}`;
          this.fault("SP204", root, message, "The first lines of a decision file are: spectrum: 1 and title: ...");
        }
        return null;
      }
      const found = { answers: {}, places: {} };
      let parts = [];
      let version = null;
      for (const [key, name, value] of this.pairs(root)) {
        if (this.taken(name, value, found)) continue;
        if (name === "spectrum") version = value;
        else if (name === "parts") parts = this.parts(value);
        else if (!name.startsWith("x-")) this.unknownKey(key, name, "", this.table.topNames);
      }
      this.version(root, version);
      const { title } = found.answers;
      if (!Object.hasOwn(found.answers, "title")) {
        this.fault("SP203", root, "the title is missing", "Add a line such as: title: What is to be decided");
      }
      return typeof title === "string" ? { title, ...found, parts } : null;
    }

    /* Take a section or a text of the top; say whether the name was one of these. */
    taken(name, value, found) {
      const { sections, top } = this.table;
      if (sections.has(name)) this.section(name, sections.get(name), value, found);
      else if (top.has(name)) this.take(top.get(name), value, found);
      else return false;
      return true;
    }

    version(root, node) {
      const right = String(this.format.version);
      if (node === null) {
        this.fault("SP203", root, "the format version is missing", `Add the line: spectrum: ${right}`);
      } else if (node.kind !== "scalar" || stripped(node.value) !== right) {
        const value = node.kind !== "scalar" ? "a list or a group" : node.value ? shown(node.value) : "empty";
        const message = `the format version must be ${right}, not ${value}`;
        this.fault("SP202", node, message, `Write: spectrum: ${right}`);
      }
    }

    section(name, fields, node, found) {
      if (node.kind !== "mapping") {
        if (isUnknown(node)) {
          for (const field of fields.values()) this.answer(field.key, null, node, found);
          return;
        }
        const example = fields.values().next().value;
        const hint = `Write, for example: ${name}: {${example.name}: ${example.example}}`;
        this.wrong(node, `${name} needs keys of its own`, hint);
        return;
      }
      for (const [key, keyName, value] of this.pairs(node)) {
        const field = fields.get(keyName);
        if (field) this.take(field, value, found);
        else if (!keyName.startsWith("x-")) this.unknownKey(key, keyName, name, [...fields.keys()]);
      }
    }

    parts(node) {
      const limit = this.format.limits.parts;
      if (isUnknown(node)) return [];
      if (node.kind !== "sequence") {
        this.wrong(node, `parts is a list`, "Start each part with: - id: a-short-name");
        return [];
      }
      if (node.items.length > limit) {
        const message = `there are ${node.items.length} parts; a file may have ${limit}`;
        this.fault("SP103", node.items[limit], message, "Split the decision into several files.");
        return [];
      }
      const first = new Map();
      return node.items.map((item) => this.part(item, first)).filter((part) => part !== null);
    }

    part(node, first) {
      if (node.kind !== "mapping") {
        this.wrong(node, `a part needs keys of its own`, "Start it with: - id: name");
        return null;
      }
      const found = { answers: {}, places: {} };
      const named = { answers: {}, places: {} };
      for (const [key, name, value] of this.pairs(node)) {
        if (name === "id") this.partId(value, named, first);
        else if (!this.taken(name, value, found) && !name.startsWith("x-")) {
          this.unknownKey(key, name, "parts", this.table.partNames);
        }
      }
      for (const required of ["id", "title"]) {
        if (Object.hasOwn(found.answers, required) || Object.hasOwn(named.answers, required)) continue;
        const hint = `Add the line: ${required}: ${required === "id" ? "a-short-name" : "What it is about"}`;
        this.fault("SP203", node, `this part has no ${required}`, hint);
      }
      const { title } = found.answers;
      const { id } = named.answers;
      return typeof title === "string" && typeof id === "string" ? { id, title, ...found } : null;
    }

    partId(node, named, first) {
      this.take(PART_ID, node, named);
      const { id } = named.answers;
      if (typeof id !== "string") return;
      if (!first.has(id)) first.set(id, node);
      else {
        const other = first.get(id);
        const message = `another part has the id ${shown(node.value)} already, on line ${this.line(other)}`;
        this.fault("SP208", node, message, "Give each part an id of its own.", this.related("here first", other));
      }
    }

    unknownKey(key, name, section, known) {
      const where = section ? ` in ${section}` : "";
      const odd = this.hiddenSign(name);
      if (odd) {
        this.fault("SP201", key, `the key ${shown(name)} holds ${odd}`, didYouMean(name, known));
      } else if (/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(name)) {
        this.fault("SP201", key, `unknown key ${shown(name)}${where}`, "Write numbers without commas, such as 12000.");
      } else {
        const home = this.homeOf(name, section);
        if (home) {
          this.fault("SP201", key, `the key ${shown(name)} does not belong${where || " at the top"}`, home);
          return;
        }
        const listed = `Known keys here: ${known.join(", ")}. Your own keys begin with x-.`;
        this.fault("SP201", key, `unknown key ${shown(name)}${where}`, didYouMean(name, known) || listed);
      }
    }

    /* Say where a right key in a wrong place belongs. */
    homeOf(name, section) {
      const { sections, topNames } = this.table;
      const homes = [...sections].filter(([home, fields]) => fields.has(name) && home !== section).map(([home]) => home);
      if (homes.length) return `It belongs under ${homes.join(" or ")}.`;
      if (section && topNames.includes(name)) return `${name} belongs at the top of the file, not inside ${section}.`;
      return "";
    }

    hiddenSign(text) {
      const signs = letters(text);
      const column = signs.findIndex((sign) => sign.match(HIDDEN));
      if (column >= 0) {
        const code = signs[column].codePointAt(0);
        const name = this.signs[hex(code)] || "control character";
        return `the invisible character U+${hex(code)} (${name}) at its character ${column + 1}`;
      }
      if (text === stripped(text)) return "";
      return `a blank at its ${text.startsWith(stripped(text)) ? "end" : "beginning"}`;
    }

    // Values

    take(field, node, found) {
      this[field.kind](field, node, found);
    }

    answer(key, value, node, found) {
      const { line, column } = this.places.at(node.start);
      found.answers[key] = value;
      found.places[key] = [line, column];
    }

    unknown(field, node, found) {
      if (!isUnknown(node)) return false;
      this.answer(field.key, null, node, found);
      return true;
    }

    text(field, node, found) {
      if (node.kind !== "scalar") {
        const hint = node.flow ? "Put a text that begins with a bracket in quotation marks." : "";
        this.wrong(node, `${field.name} is a text`, hint);
        this.answer(field.key, null, node, found);
        return;
      }
      const plain = isPlain(node);
      const required = field.key === "title" || field.key === "id";
      if (this.hasComments && plain && !(required && !node.value)) this.warnIfCut(node);
      if (saysNothing(node)) {
        if (required) {
          const hint = plain ? "Put it in quotation marks if it begins with #." : `Write a ${field.key}.`;
          this.fault("SP203", node, `the ${field.key} is empty`, hint);
        }
        this.answer(field.key, null, node, found);
      } else if (plain && node.value === UNKNOWN && !required) this.answer(field.key, null, node, found);
      else this.answer(field.key, node.value, node, found);
    }

    texts(field, node, found) {
      if (this.unknown(field, node, found)) return;
      const { name } = field;
      if (node.kind !== "sequence") {
        const hint = `Write: ${name}: [${node.kind === "scalar" ? shown(node.value, 60) : "..."}]`;
        this.wrong(node, `${name} is a list`, hint);
        return;
      }
      const values = [];
      for (const item of node.items) {
        if (item.kind !== "scalar") {
          const hint = "Put a text that holds a colon or brackets in quotation marks.";
          this.wrong(item, `each item of ${name} is a text`, hint);
        } else if (saysNothing(item)) {
          this.fault("SP204", item, `an item of ${name} is empty`, "Delete it or write a text.");
        } else {
          values.push(item.value);
          if (this.hasComments && isPlain(item)) this.warnIfCut(item);
        }
      }
      this.answer(field.key, values, node, found);
    }

    choice(field, node, found) {
      if (node.kind === "scalar") {
        if (field.answers.includes(node.value)) this.answer(field.key, node.value, node, found);
        else if (!this.unknown(field, node, found)) this.unknownValue(field, node);
        return;
      }
      const hint = `Choose one of: ${field.answers.join(", ")}, unknown.`;
      this.wrong(node, `${field.name} takes a single answer`, hint);
    }

    choices(field, node, found) {
      const { name, answers } = field;
      if (node.kind !== "sequence") {
        if (this.unknown(field, node, found)) return;
        const known = node.kind === "scalar" && answers.includes(node.value);
        const hint = known ? `Write: ${name}: [${node.value}]` : `Choose from [${answers.join(", ")}], in brackets.`;
        this.wrong(node, `${name} is a list`, hint);
        return;
      }
      const values = [];
      let faulty = false;
      for (const item of node.items) {
        if (item.kind === "scalar" && answers.includes(item.value)) {
          if (!values.includes(item.value)) values.push(item.value);
        } else if (item.kind !== "scalar" || item.value !== UNKNOWN || node.items.length !== 1) {
          faulty = true;
          this.wrongItem(field, item);
        }
      }
      if (values.includes("nothing") && values.length > 1) {
        const item = node.items.find((entry) => entry.value === "nothing");
        const others = values.filter((value) => value !== "nothing").join(", ");
        const message = `'nothing' must stand alone, but the list also holds ${others}`;
        this.fault("SP207", item, message, "Keep 'nothing', or delete it.");
      } else if (!faulty) this.answer(field.key, values.length ? values : null, node, found);
    }

    wrongItem(field, item) {
      const { name } = field;
      if (item.kind !== "scalar") {
        this.wrong(item, `each item of ${name} is a single answer`);
      } else if (item.value === UNKNOWN) {
        this.fault("SP207", item, "'unknown' must stand alone", `Write: ${name}: unknown`);
      } else if (isBlank(item)) {
        this.fault("SP204", item, `an item of ${name} is empty`, "Delete it or write an answer.");
      } else this.unknownValue(field, item);
    }

    count(field, node, found) {
      if (this.unknown(field, node, found)) return;
      const { name } = field;
      if (node.kind !== "scalar") {
        this.wrong(node, `${name} is a whole number`, "Write digits: 12000.");
        return;
      }
      const value = stripped(node.value);
      if (!/^[0-9]+$/.test(value)) {
        const message = `${name} must be a whole number of 0 or more, not ${shown(node.value, 40)}`;
        this.fault("SP205", node, message, numberHint(value));
      } else if (value.replace(/^0+/, "").length > MAX_DIGITS) {
        this.fault("SP205", node, `the number for ${name} is too large`, `Use at most ${MAX_DIGITS} digits.`);
      } else this.answer(field.key, Number(value), node, found);
    }

    flag(field, node, found) {
      const { name } = field;
      if (node.kind !== "scalar") {
        this.wrong(node, `${name} is true or false`, "Write true or false.");
        return;
      }
      const word = node.value.toLowerCase();
      if (FOR_TRUE.includes(word)) this.answer(field.key, true, node, found);
      else if (FOR_FALSE.includes(word)) this.answer(field.key, false, node, found);
      else if (!this.unknown(field, node, found)) {
        const message = `${name} is true or false, not ${shown(node.value, 40)}`;
        this.fault("SP202", node, message, "Write true, false or unknown.");
      }
    }

    date(field, node, found) {
      if (this.unknown(field, node, found)) return;
      const { name } = field;
      if (node.kind !== "scalar") {
        this.wrong(node, `${name} is a date`, "Write it like 2027-03-31.");
        return;
      }
      if (!/^\d{4}-\d\d-\d\d$(?![^])/.test(node.value)) {
        const message = `the date for ${name} must be a day like 2027-03-31, not ${shown(node.value, 40)}`;
        this.fault("SP206", node, message, "Write year-month-day, without a time of day or a zone.");
      } else if (!isDay(node.value)) {
        this.fault("SP206", node, `the date ${node.value} does not exist`, "Check the day and the month.");
      } else this.answer(field.key, node.value, node, found);
    }

    fixed(field, node, found) {
      if (this.unknown(field, node, found)) return;
      const { name } = field;
      const example = `Write: ${name}: ${field.example}`;
      if (node.kind !== "sequence") {
        this.wrong(node, `${name} is a list`, example);
        return;
      }
      const items = [];
      for (const item of node.items) {
        if (item.kind === "scalar" && !saysNothing(item)) {
          items.push({ what: item.value, why: "" });
          if (this.hasComments && isPlain(item)) this.warnIfCut(item);
        } else if (item.kind === "mapping") this.fixedItem(field, item, items, example);
        else this.fault("SP204", item, `each item of ${name} is a text or what and why`, example);
      }
      this.answer(field.key, items, node, found);
    }

    fixedItem(field, item, items, example) {
      const said = { answers: {}, places: {} };
      for (const [key, name, value] of this.pairs(item)) {
        if (name === "what" || name === "why") this.text({ key: name, name }, value, said);
        else if (!name.startsWith("x-")) this.unknownKey(key, name, field.name, ["what", "why"]);
      }
      const { what: thing, why } = said.answers;
      if (typeof thing === "string") items.push({ what: thing, why: why || "" });
      else {
        const hint = `${example}. Put a text that holds a colon in quotation marks.`;
        this.fault("SP203", item, `an item of ${field.name} does not say what is fixed`, hint);
      }
    }

    support(field, node, found) {
      if (node.kind === "scalar") {
        this.choice(field, node, found);
        return;
      }
      const { name, key: base } = field;
      if (node.kind !== "mapping") {
        const hint = `Write: ${name}: planned, or ${name}: {state: planned, owner: ..., by: 2027-04-30}`;
        this.wrong(node, `${name} takes a single answer or a group of keys`, hint);
        return;
      }
      const said = { answers: {}, places: {} };
      const { support } = this.table;
      for (const [key, detail, value] of this.pairs(node)) {
        if (support.has(detail)) this.take(support.get(detail), value, said);
        else if (!detail.startsWith("x-")) this.unknownKey(key, detail, `support.${name}`, [...support.keys()]);
      }
      this.answer(base, null, node, found);
      for (const [detail, value] of Object.entries(said.answers)) {
        const key = detail === "state" ? base : `${base}.${detail}`;
        found.answers[key] = value;
        found.places[key] = said.places[detail];
      }
    }

    unknownValue(field, node) {
      const odd = this.hiddenSign(node.value);
      const listed = `One of: ${field.answers.join(", ")}, unknown.`;
      if (odd) {
        const near = nearest(node.value, field.answers);
        const message = `the answer ${shown(node.value)} for ${field.name} holds ${odd}`;
        this.fault("SP202", node, message, near ? `Write ${near} without it.` : listed);
        return;
      }
      const near = nearest(node.value, [...field.answers, UNKNOWN]);
      const hint = near ? `Did you mean ${near}? ${listed}` : listed;
      this.fault("SP202", node, `unknown answer ${shown(node.value)} for ${field.name}`, hint);
    }
  }

  function isDay(text) {
    const [year, month, day] = text.split("-").map(Number);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  }

  function byPlace(one, other) {
    return (
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0) ||
      compare(one.code, other.code) ||
      compare(one.message, other.message)
    );
  }

  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  /* Read a decision from a text, or from the bytes of a file. Return {decision, faults}: the decision is null where
     there is an error. `answers` holds values by dotted key, null for what is written as unknown; `places` the line and
     column of each. A part has those of its own. `text` is the file, so that saving can keep what it does not change. */
  Spectrum.readDecision = function (input, name = "", rules = Spectrum.rules) {
    let source;
    try {
      source = decode(input, name, rules.decision.limits);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { decision: null, faults: error.faults };
    }
    const { root, places, faults } = Spectrum.compose(source.text, rules.decision.limits);
    const reader = new Reader(source.text, places, faults, rules);
    let decision = null;
    try {
      if (root !== null) decision = reader.whole(root);
    } catch (error) {
      if (error !== ENOUGH) throw error;
    }
    faults.sort(byPlace);
    if (faults.some((item) => item.severity === "error")) decision = null;
    if (decision) Object.assign(decision, { name, text: source.whole });
    return { decision, faults };
  };

  Object.assign(Spectrum.yaml, { stripped, lastOf });
}
