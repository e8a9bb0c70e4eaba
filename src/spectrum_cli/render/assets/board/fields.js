/* The rest of the decision file: title, what is fixed, plan, people, time, support, notes. One control for each kind of
   field that the format knows, so that a new key of the format appears here without a change. */
"use strict";
{
  const { el, t, ident, button } = Board;
  const UNSURE = "?";
  const LONG = ["summary", "notes", "plan.promise"];
  const GROUPS = ["plan", "people", "time", "dates", "place"];
  const STATES = ["met", "planned", "missing"];

  class Fields {
    constructor(scope, board) {
      this.scope = scope;
      this.board = board;
      this.syncs = [];
    }

    sync(answers, inherited) { this.syncs.forEach((sync) => sync(answers, inherited)); }

    set(key, value, join) {
      this.board.answer(this.scope, key, value, join ? `${this.scope}|${key}` : "");
    }

    /* A label above a control, and a line of help below it. */
    row(key, label, control, help) {
      const id = ident("field");
      control.id = id;
      const from = el("p.hint.from", { dir: "auto", hidden: true });
      if (this.scope && !["title", "summary", "notes"].includes(key)) {
        this.syncs.push((answers, inherited) => {
          const taken = answers[key] === undefined && inherited[key] !== undefined && inherited[key] !== null;
          from.hidden = !taken;
          from.textContent = taken ? t("answer.inherited", { answer: Board.answerText(key, inherited[key]) }) : "";
        });
      }
      return el("div.field", el("label", { for: id }, label), help ? el("p.hint", help) : null, control, from);
    }

    /* A text that follows its field while nobody is typing in it. */
    follow(control, read) {
      this.syncs.push((answers) => {
        const text = read(answers);
        if (control.value !== text) control.value = text;
      });
      control.addEventListener("change", () => this.board.state.endStep());
      return control;
    }

    text(key, label, { long = LONG.includes(key), help = "" } = {}) {
      const control = el(long ? "textarea" : "input", long ? { rows: 3, dir: "auto" } : { type: "text", autocomplete: "off", dir: "auto" });
      control.addEventListener("input", () => this.set(key, control.value.trim() ? control.value : undefined, true));
      return this.row(key, label, this.follow(control, (answers) => (typeof answers[key] === "string" ? answers[key] : "")), help);
    }

    texts(key, label) {
      const control = el("textarea", { rows: 3, dir: "auto" });
      const lines = () => control.value.split("\n").map((line) => line.trim()).filter(Boolean);
      control.addEventListener("input", () => this.set(key, lines().length ? lines() : undefined, true));
      this.syncs.push((answers) => {
        const stated = answers[key] || [];
        if (JSON.stringify(lines()) !== JSON.stringify(stated)) control.value = stated.join("\n");
      });
      control.addEventListener("change", () => this.board.state.endStep());
      return this.row(key, label, control, t("field.one_a_line"));
    }

    choice(key, label, words) {
      const control = el("select", {},
        el("option", { value: "" }, t(this.scope ? "field.inherited" : "answer.not_stated")),
        words.map((word) => el("option", { value: word }, Board.answerText(key, Board.heldAnswer(Board.fieldOf(key), word)))),
        el("option", { value: UNSURE }, t("answer.unsure")));
      const value = () => (control.value === "" ? undefined : control.value === UNSURE ? null : Board.heldAnswer(Board.fieldOf(key), control.value));
      control.addEventListener("change", () => this.set(key, value()));
      this.syncs.push((answers) => {
        const word = answers[key] === undefined ? "" : answers[key] === null ? UNSURE : String(answers[key]);
        if (control.value !== word) control.value = word;
      });
      return this.row(key, label, control);
    }

    /* A whole number written in digits. What is not one is kept out of the decision, and said beside the field. */
    count(key, label) {
      const fault = el("p.fault", { id: ident("fault"), hidden: true }, t("field.count_fault"));
      const control = el("input", { type: "text", inputmode: "numeric", autocomplete: "off", class: "short", "aria-describedby": fault.id });
      const show = (wrong) => {
        fault.hidden = !wrong;
        control.setAttribute("aria-invalid", String(wrong));
      };
      control.addEventListener("input", () => {
        const text = control.value.trim();
        const right = /^\d{1,15}$/.test(text);
        show(Boolean(text) && !right);
        this.set(key, right ? Number(text) : undefined, true);
      });
      this.syncs.push((answers) => {
        const text = Number.isInteger(answers[key]) ? String(answers[key]) : "";
        if (text ? control.value.trim() !== text : document.activeElement !== control && control.value) {
          control.value = text;
          show(false);
        }
      });
      control.addEventListener("change", () => this.board.state.endStep());
      const row = this.row(key, label, control);
      row.append(fault);
      return row;
    }

    date(key, label) {
      const control = el("input", { type: "date", class: "short", max: "9999-12-31" });
      control.addEventListener("input", () => this.set(key, control.value || undefined, true));
      return this.row(key, label, this.follow(control, (answers) => (typeof answers[key] === "string" ? answers[key] : "")));
    }

    field(field) {
      const label = field.meaning.replace(/\.$/, "");
      if (field.kind === "texts") return this.texts(field.key, label);
      if (field.kind === "count") return this.count(field.key, label);
      if (field.kind === "date") return this.date(field.key, label);
      if (field.kind === "flag") return this.choice(field.key, label, ["true", "false"]);
      if (field.kind === "choice") return this.choice(field.key, label, field.answers);
      return this.text(field.key, label);
    }

    /* Title and background of the decision, or of a part. */
    head() {
      const { board, scope } = this;
      const control = el("input", { type: "text", autocomplete: "off", dir: "auto", class: "title" });
      control.addEventListener("input", () => board.state.change((next) => {
        board.state.scopeOf(next, scope).title = control.value;
      }, `${scope}|title`));
      this.follow(control, () => board.state.scopeOf(board.state.now, scope).title);
      const row = this.row("title", t(scope ? "field.part_title" : "field.title"), control, t(scope ? "field.part_title_help" : "field.title_help"));
      const about = el("details.about", el("summary", t("field.background")),
        this.board.rules.decision.top.filter((field) => !["title", "notes"].includes(field.key)).map((field) => this.field(field)));
      const remove = scope ? button(t("part.remove"), () => board.removePart(scope), { class: "quiet" }) : null;
      return el("div.card.head", row, about, remove);
    }

    /* What is not open, and why: a list that grows. */
    fixed() {
      const key = "openness.fixed";
      const list = el("ul.fixed");
      const items = () => this.board.state.answers(this.scope)[key] || [];
      const whole = (item) => (typeof item === "string" ? { what: item, why: null } : item);
      const change = (edit, join) => {
        const next = items().map((item) => ({ ...whole(item) }));
        edit(next);
        this.board.answer(this.scope, key, next.length ? next : undefined, join);
      };
      const line = (index) => {
        const input = (name, label) => {
          const control = el("input", { type: "text", autocomplete: "off", dir: "auto", "data-name": name, id: ident("fixed") });
          control.addEventListener("input", () => change((next) => { next[index][name] = control.value || (name === "why" ? null : ""); }, `${this.scope}|fixed${index}${name}`));
          control.addEventListener("change", () => this.board.state.endStep());
          return el("div.field", el("label", { for: control.id }, label), control);
        };
        const remove = button(t("fixed.remove"), () => {
          change((next) => next.splice(index, 1));
          add.focus();
        }, { class: "quiet", "aria-label": t("fixed.remove_one", { number: index + 1 }) });
        return el("li", input("what", t("fixed.what")), input("why", t("fixed.why")), remove);
      };
      const add = button(t("fixed.add"), () => {
        change((next) => next.push({ what: "", why: null }));
        list.lastElementChild.querySelector("input").focus();
      });
      this.syncs.push((answers) => {
        const now = (answers[key] || []).map(whole);
        while (list.children.length > now.length) list.lastElementChild.remove();
        while (list.children.length < now.length) list.append(line(list.children.length));
        now.forEach((item, index) => list.children[index].querySelectorAll("input").forEach((control) => {
          const text = item[control.dataset.name] || "";
          if (control.value !== text) control.value = text;
        }));
      });
      return el("fieldset.card", { id: Board.cardId(key) }, el("legend", t("fixed.legend")),
        el("p.hint", t("fixed.hint")), list, add);
    }

    /* One prerequisite: its state, and who sees to it, by when, and what shows it. */
    support(item) {
      const details = ["owner", "by", "evidence"].map((name) => {
        const field = this.board.rules.decision.support.find((found) => found.key === name);
        return this.field({ ...field, key: `${item.key}.${name}` });
      });
      const more = el("details.more", { hidden: true }, el("summary", t("support.details"),
        el("span.visually-hidden", ` ${item.title}`)), details);
      this.syncs.push((answers) => { more.hidden = !STATES.includes(answers[item.key]); });
      const row = this.choice(item.key, item.title, STATES);
      row.append(more);
      row.classList.add("support");
      return row;
    }

    /* The other sections, each closed until someone opens it. */
    groups() {
      const { rules } = this.board;
      const asked = new Set(rules.criteria.map((item) => item.key));
      const group = (title, children) => el("details.card.group", el("summary", title), children);
      const sections = GROUPS.map((name) => rules.decision.sections.find((section) => section.name === name)).filter(Boolean);
      const notes = rules.decision.top.find((field) => field.key === "notes");
      return [
        group(t("section.support"), [el("p.hint", t("section.support_help")), ...rules.support.map((item) => this.support(item))]),
        ...sections.map((section) => group(Board.sectionWord(section.name),
          section.fields.filter((field) => !asked.has(field.key)).map((field) => this.field(field)))),
        group(t("section.notes"), [this.field(notes)]),
      ];
    }
  }

  Board.Fields = Fields;
}
