/* The questions with their anchored answers, as cards. A card is built once for each scope and then only brought up to
   date, so that an answer is shown at once and the keyboard keeps its place. */
"use strict";
{
  const { el, t, ident, slug } = Board;
  const ALONE = "nothing";
  const UNSURE = "?unsure";
  const INHERITED = "?inherited";

  const cardId = (key) => `q-${slug(key)}`;

  /* An answer as the decision holds it: a flag is true or false, everything else its word. */
  function held(field, word) {
    return field && field.kind === "flag" ? word === "true" : word;
  }

  /* What a question holds after one of its answers was chosen or, in a list, taken back. "Nothing" stands alone. */
  function after({ criterion, field, many }, before, word, checked) {
    if (word === UNSURE) return checked ? null : undefined;
    if (!many) return held(field, word);
    const chosen = criterion.answers.map((item) => item.value)
      .filter((item) => (item === word ? checked : (before || []).includes(item) && word !== ALONE && item !== ALONE));
    return chosen.length ? chosen : undefined;
  }

  /* Check those of a question's inputs that say what it holds. */
  function check(inputs, value) {
    const words = value === undefined ? [INHERITED] : value === null ? [UNSURE] : [value].flat().map(String);
    for (const [word, input] of inputs) {
      const is = words.includes(word);
      if (input.checked !== is) input.checked = is;
    }
  }

  class Question {
    constructor(criterion, number, scope, board) {
      this.criterion = criterion;
      this.scope = scope;
      this.board = board;
      this.field = Board.fieldOf(criterion.key);
      this.many = Boolean(this.field) && this.field.kind === "choices";
      this.options = new Map();
      this.node = this.build(number);
    }

    build(number) {
      const { criterion, many } = this;
      const name = ident("answer");
      const hint = ident("hint");
      this.badge = el("span.badge.next", { hidden: true }, t("question.next"));
      this.differ = el("p.differ", { hidden: true });
      const rows = criterion.answers.map((answer) => this.option(name, String(answer.value), answer.meaning));
      rows.push(this.option(name, UNSURE, t("answer.unsure"), "unsure"));
      if (this.scope) {
        const row = this.option(name, INHERITED, "", "unsure");
        this.inheritedWords = row.querySelector(".meaning");
        rows.unshift(row);
      }
      return el("fieldset.card.question", { id: cardId(criterion.key), "aria-describedby": hint },
        el("legend", el("span.number", { "aria-hidden": "true" }, number), el("span", criterion.question), " ", this.badge),
        el("p.hint", { id: hint }, criterion.why, many ? ` ${t("question.many")}` : ""),
        el("div.options", rows), this.differ);
    }

    option(name, value, text, kind) {
      const input = el("input", { type: this.many ? "checkbox" : "radio", name, value, onchange: () => this.answer(value, input.checked) });
      this.options.set(value, input);
      return el("label", { class: `option ${kind || ""}` }, input, el("span.meaning", text));
    }

    answer(word, checked) {
      const { board, criterion: { key }, scope } = this;
      const before = board.state.answers(scope)[key];
      board.answer(scope, key, word === INHERITED ? undefined : after(this, before, word, checked));
      this.sync(board.state.answers(scope), board.inherited(scope));
    }

    sync(answers, inherited) {
      const { key } = this.criterion;
      check(this.options, answers[key]);
      if (this.inheritedWords) this.inheritedWords.textContent = t("answer.inherited", { answer: Board.answerText(key, inherited[key]) });
    }

    mark(next, differing) {
      this.badge.hidden = !next;
      this.node.classList.toggle("is-next", next);
      this.differ.hidden = !differing;
      this.differ.textContent = differing ? t("question.differ", { tables: differing }) : "";
    }
  }

  /* All that can be answered for one scope: the two groups of questions, and the fields of the rest of the file. */
  class Questions {
    constructor(place, board) {
      this.place = place;
      this.board = board;
      this.scope = null;
    }

    build(scope) {
      const { board, place } = this;
      this.scope = scope;
      this.cards = [];
      const card = (criterion, index) => {
        const made = new Question(criterion, index + 1, scope, board);
        this.cards.push(made);
        return made.node;
      };
      const { criteria } = board.rules;
      const openness = criteria.filter((item) => item.weight);
      const need = criteria.filter((item) => !item.weight);
      this.fields = new Board.Fields(scope, board);
      place.replaceChildren(
        this.fields.head(),
        el("h2", t("questions.openness")), el("p.lead", t("questions.openness_lead")),
        ...openness.map(card), this.fields.fixed(),
        el("h2", t("questions.need")), el("p.lead", t("questions.need_lead")),
        ...need.map(card),
        el("h2", t("questions.rest")), el("p.lead", t("questions.rest_lead")),
        ...this.fields.groups(),
      );
    }

    sync(scope, advice, differing) {
      if (scope !== this.scope) this.build(scope);
      const { board } = this;
      const answers = board.state.answers(scope);
      const inherited = board.inherited(scope);
      const next = advice.next_question ? advice.next_question.key : "";
      for (const card of this.cards) {
        card.sync(answers, inherited);
        card.mark(card.criterion.key === next, differing[card.criterion.key] || "");
      }
      this.fields.sync(answers, inherited);
    }

    rebuild() { this.scope = null; }

    /* Bring the keyboard to one question: to the answer that is chosen, or else to the first. */
    goTo(key) {
      const card = this.cards.find((item) => item.criterion.key === key);
      if (!card) return;
      const inputs = [...card.options.values()];
      const target = inputs.find((input) => input.checked) || inputs[0];
      target.focus({ preventScroll: true });
      card.node.scrollIntoView({ block: "start" });
    }
  }

  Object.assign(Board, { Question, Questions, cardId, heldAnswer: held, answerAfter: after, checkAnswer: check, UNSURE });
}
