/* Several people or tables answer side by side. Each question is a small chart: a row for each answer, a column for each
   table and one for what the group settles on. On a phone the columns stand below one another. */
"use strict";
{
  const { el, t, said, button, ident } = Board;
  const MOST = 8;

  /* For each way in which a question can stand between the tables: its word, and the sentence after it. */
  const KINDS = {
    matters: ["tables.word_matters"],
    together: ["tables.word_together", "tables.together"],
    alone: ["tables.word_alone", "tables.alone"],
    harmless: ["tables.word_harmless", "tables.harmless"],
    agree: ["tables.word_agree", "tables.agree"],
    waiting: ["tables.word_waiting", "tables.waiting"],
  };

  const nameOf = (table) => table.name.trim() || t("tables.unnamed");

  const kindOf = ({ matters: how }, { complete }) => ({ alone: "matters", together: "together" }[how] || (complete ? "harmless" : "alone"));

  /* What depends on an answer that matters by itself. */
  function matters({ types, floors }) {
    if (types.length > 1) return t("tables.matters", { types: Board.texts.or(Board.namesOf(types)) });
    return floors.length > 1 ? t("tables.matters_need", { types: Board.texts.or(Board.namesOf(floors)) }) : t("tables.matters_range");
  }

  /* What all differences come to: how many matter by themselves, and whether the others do together. */
  function comesTo({ items, types, apart, complete }) {
    const count = items.length;
    if (!count) return t("tables.none_differ");
    const alone = items.filter((item) => item.matters === "alone").length;
    const together = items.filter((item) => item.matters === "together").length;
    const differ = t(count === 1 ? "tables.differ_one" : "tables.differ", { count });
    const say = (id, blanks) => `${differ} ${t(id, blanks)}`;
    if (alone) return say(count === 1 ? "tables.one_matters" : "tables.some_matter", { count: alone }) + (together ? ` ${t("tables.more_matter", { count: together })}` : "");
    if (apart.length > 1) return say("tables.apart", { gives: apart.map(({ type, tables }) => t("tables.gives", { tables: Board.texts.and(tables.map(nameOf)), type: Board.nameOf(type) })).join(t("list.comma")) });
    if (together) return types.length > 1 ? say("tables.mixed", { types: Board.texts.or(Board.namesOf(types)) }) : say("tables.mixed_range");
    if (count === 1) return say("tables.one_harmless");
    return say(complete ? "tables.none_matter" : "tables.none_alone");
  }

  /* One column of a question: a table's answers, or the group's. */
  class Column {
    constructor(criterion, board, { table, title }) {
      this.criterion = criterion;
      this.board = board;
      this.table = table;
      this.field = Board.fieldOf(criterion.key);
      this.many = Boolean(this.field) && this.field.kind === "choices";
      const name = ident("column");
      this.inputs = new Map();
      const cell = (word, text) => {
        const input = el("input", { type: this.many ? "checkbox" : "radio", name, onchange: () => this.chosen(word, input.checked) });
        this.inputs.set(word, input);
        return el("label.cell", input, el("span.cell-text", text));
      };
      const head = ident("head");
      this.heading = said("span", title, { class: "column-name", id: head });
      this.node = el("div", { class: `column ${table ? "" : "settled"}`, role: "group", "aria-labelledby": head },
        this.heading, criterion.answers.map((answer) => cell(String(answer.value), answer.meaning)), cell(Board.UNSURE, t("answer.unsure")));
    }

    get scope() { return this.board.scope; }

    /* This column's answers in a session; a table that has none yet gets a place for them if they are to be written. */
    answersIn(session, write) {
      if (!this.table) return this.board.state.scopeOf(session, this.scope).answers;
      const { answers } = session.tables.find((item) => item.id === this.table);
      if (write && !answers[this.scope]) answers[this.scope] = {};
      return answers[this.scope] || {};
    }

    chosen(word, checked) {
      const { key } = this.criterion;
      if (this.table) this.board.participants.answered = key;
      this.board.state.change((next) => {
        const answers = this.answersIn(next, true);
        const value = Board.answerAfter(this, answers[key], word, checked);
        if (value === undefined) delete answers[key];
        else answers[key] = value;
      });
    }

    sync(session) { Board.checkAnswer(this.inputs, this.answersIn(session)[this.criterion.key]); }
  }

  class Participants {
    constructor(place, board) {
      this.place = place;
      this.board = board;
      this.built = this.answered = "";
    }

    add() {
      const { state } = this.board;
      if (state.now.tables.length >= MOST) return;
      state.change((next) => {
        const first = next.tables.length === 0;
        for (let count = first ? 2 : 1; count > 0; count -= 1) {
          const number = next.tables.length + 1;
          let id = number;
          while (next.tables.some((table) => table.id === `t${id}`)) id += 1;
          next.tables.push({ id: `t${id}`, name: t("tables.name", { number }), answers: {} });
        }
      });
      this.show();
      const names = this.place.querySelectorAll(".table-name");
      if (names.length) names[names.length - 1].focus();
    }

    remove(id) {
      this.board.state.change((next) => { next.tables = next.tables.filter((table) => table.id !== id); });
      this.show();
      const add = this.place.querySelector(".add-table");
      if (add) add.focus();
    }

    show() {
      const { board } = this;
      const { tables } = board.state.now;
      const shape = JSON.stringify([board.scope, tables.map((table) => table.id)]);
      if (shape !== this.built) {
        this.built = shape;
        this.build(tables);
      }
      this.sync();
    }

    rebuild() { this.built = ""; }

    /* How the question stands between the tables that one of them has just answered; an empty text after any other change. */
    news() {
      const item = this.answered && this.questions.find(({ criterion }) => criterion.key === this.answered);
      this.answered = "";
      return item ? item.verdict.textContent : "";
    }

    build(tables) {
      this.columns = [];
      this.questions = [];
      const intro = el("div.card", {},
        el("h2", t("tables.title")), el("p", t("tables.lead")), this.names(tables),
        button(t(tables.length ? "tables.add" : "tables.begin"), () => this.add(), { class: "add-table primary", disabled: tables.length >= MOST }));
      if (!tables.length) {
        this.place.replaceChildren(intro);
        return;
      }
      this.overview = el("div.card.overview");
      const { criteria } = this.board.rules;
      const need = criteria.filter((item) => !item.weight).map((item) => this.question(item, tables));
      const openness = criteria.filter((item) => item.weight).map((item) => this.question(item, tables));
      this.needGroup = el("details.need-group", el("summary", t("tables.need")), need);
      const record = el("input", { type: "checkbox", onchange: () => this.board.state.change((next) => { next.record = record.checked; }) });
      this.record = record;
      this.place.replaceChildren(intro, this.overview, ...openness, this.needGroup,
        el("div.card", el("label.option.single", record, el("span.meaning", t("tables.record"))), el("p.hint", t("tables.record_hint"))));
    }

    names(tables) {
      this.nameInputs = new Map();
      return el("ul.table-names", tables.map((table, index) => {
        const label = t("tables.name_of", { number: index + 1 });
        const control = el("input", { type: "text", class: "table-name", autocomplete: "off", dir: "auto", "aria-label": label });
        control.addEventListener("input", () => this.board.state.change((next) => {
          next.tables.find((item) => item.id === table.id).name = control.value;
        }, `name ${table.id}`));
        control.addEventListener("change", () => this.board.state.endStep());
        this.nameInputs.set(table.id, control);
        return el("li", el("span.dot", { "aria-hidden": "true" }, index + 1), control,
          button(t("tables.remove"), () => this.remove(table.id), { class: "quiet", "aria-label": t("tables.remove_one", { table: nameOf(table) }) }));
      }));
    }

    question(criterion, tables) {
      const columns = [...tables.map((table) => new Column(criterion, this.board, { table: table.id, title: nameOf(table) })),
        new Column(criterion, this.board, { table: null, title: t("tables.group") })];
      const verdict = el("p.difference");
      const texts = el("div.answers-column", { "aria-hidden": "true" }, el("span"),
        criterion.answers.map((answer) => el("span.answer-text", answer.meaning)), el("span.answer-text.unsure", t("answer.unsure")));
      const matrix = el("div.matrix", texts, columns.map((column) => column.node));
      matrix.style.setProperty("--columns", columns.length);
      matrix.style.setProperty("--rows", criterion.answers.length + 1);
      const words = el("textarea", { rows: 2, dir: "auto", id: ident("said") });
      words.addEventListener("input", () => this.board.state.change((next) => {
        const name = `${this.board.scope}|${criterion.key}`;
        if (words.value.trim()) next.said[name] = words.value;
        else delete next.said[name];
      }, `said ${criterion.key}`));
      words.addEventListener("change", () => this.board.state.endStep());
      const talk = el("div.field.talk", { hidden: true }, el("label", { for: words.id }, t("tables.said")), words);
      const node = el("fieldset.card.side-by-side", el("legend", criterion.question), verdict, matrix, talk);
      this.questions.push({ criterion, columns, verdict, node, talk, words });
      return node;
    }

    sync() {
      const { board } = this;
      const session = board.state.now;
      if (!session.tables.length) return;
      const found = Board.differences(board);
      session.tables.forEach((table) => {
        const control = this.nameInputs.get(table.id);
        if (control.value !== table.name) control.value = table.name;
      });
      for (const item of this.questions) {
        item.columns.forEach((column, index) => {
          column.sync(session);
          if (column.table) column.heading.textContent = nameOf(session.tables[index]);
        });
        this.judge(item, found, session);
      }
      if (this.record.checked !== session.record) this.record.checked = session.record;
      this.showOverview(found, session);
    }

    judge(item, found, session) {
      const { key } = item.criterion;
      const difference = found.items.find((one) => one.key === key);
      const settled = this.board.state.answers(this.board.scope)[key];
      const stated = session.tables.filter((table) => Board.isStated(Board.ownAnswer(table, this.board.scope, key)));
      const kind = difference ? kindOf(difference, found) : stated.length > 1 ? "agree" : "waiting";
      item.node.dataset.state = kind;
      const spoken = session.said[`${this.board.scope}|${key}`] || "";
      item.talk.hidden = !difference && !spoken;
      if (item.words.value !== spoken && document.activeElement !== item.words) item.words.value = spoken;
      const words = kind === "matters" ? matters(difference) : t(KINDS[kind][1], { count: stated.length, all: session.tables.length });
      item.verdict.replaceChildren(el("strong", t(KINDS[kind][0])), " ", words,
        Board.isStated(settled) ? ` ${t("tables.settled", { answer: Board.answerText(key, settled) })}` : "");
    }

    /* Each table's advice on the one line, and what stands between the tables. */
    showOverview(found, session) {
      const { board } = this;
      const rows = session.tables.map((table, index) => this.strip(nameOf(table), index + 1, found.standings[index]));
      rows.push(this.strip(t("tables.group"), "", board.advice));
      const same = Board.agreed(board).filter(({ key, value }) => !Board.sameAnswer(board.state.answers(board.scope)[key], value));
      this.overview.replaceChildren(el("h3", t("tables.overview")), said("p", comesTo(found), { class: "overview-line" }),
        el("div.strip-head", { "aria-hidden": "true" }, el("span"), el("span.strip", board.rules.types.map((kind) => el("span", kind.name)))),
        el("ul.strips", rows),
        same.length ? button(t(same.length === 1 ? "tables.take_one" : "tables.take", { count: same.length }), () => this.take(same), { class: "primary" }) : "");
    }

    strip(name, number, advice) {
      const { types } = this.board.rules;
      return el("li", { class: number ? "" : "settled" }, said("span", name, { class: "strip-name" }),
        el("span.strip", { "aria-hidden": "true" }, types.map((kind) => {
          const here = kind.id === advice.type;
          return el("span", { class: `stop side-${kind.side} ${here ? "here" : advice.possible_types.includes(kind.id) ? "possible" : ""}` }, here ? el("span.dot", number) : null);
        })),
        el("span.strip-words", Board.verdict(advice)));
    }

    take(same) {
      const { board } = this;
      board.state.change((next) => {
        const { answers } = board.state.scopeOf(next, board.scope);
        same.forEach(({ key, value }) => { answers[key] = value; });
      });
      this.overview.querySelector("h3").tabIndex = -1;
      this.overview.querySelector("h3").focus();
    }
  }

  /* What the decision file says about the session: who answered what, and what the group settled on. */
  function minutes(board, scope) {
    const { tables, said: spoken } = board.state.now;
    const answers = board.state.answers(scope);
    const lines = [];
    for (const { key } of board.rules.criteria) {
      const given = tables.map((table) => [nameOf(table), (table.answers[scope] || {})[key]]).filter(([, value]) => value !== undefined);
      const talk = spoken[`${scope}|${key}`];
      if (!given.length && !talk) continue;
      lines.push(t("minutes.question", { question: Board.questionOf(key) }));
      given.forEach(([name, value]) => lines.push(t("minutes.table", { table: name, answer: Board.answerText(key, value) })));
      lines.push(t("minutes.settled", { answer: Board.answerText(key, answers[key]) }));
      if (talk) lines.push(t("minutes.said", { words: talk.replace(/\s+/g, " ").trim() }));
    }
    return lines.length ? [t("minutes.heading"), ...lines].join("\n") : "";
  }

  Object.assign(Board, { Participants, minutes });
}
