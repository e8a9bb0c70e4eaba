/* The view for a projector: one thing at a time in large type. First the decision, then a sheet for each question of
   openness, then where it sits, why, and what people can be promised. A clicker's keys (page up and down) turn sheets. */
"use strict";
{
  const { el, t, said, button } = Board;
  const TALL = ["start", "result"];
  const ONE_COLUMN = 6;

  class Present {
    constructor(place, board) {
      this.place = place;
      this.board = board;
      this.sheet = 0;
      this.spectrum = new Board.Spectrum(board.rules.types, { name: "present", tall: false });
      this.title = said("h1", "", { class: "present-title" });
      this.count = el("p.present-count");
      this.body = el("div.sheet");
      this.back = button(t("present.back"), () => this.turn(-1));
      this.on = button(t("present.forward"), () => this.turn(1), { class: "primary" });
      this.whole = button(t("present.whole"), () => this.fullScreen());
      this.place.replaceChildren(
        el("div.present-top", this.title, this.spectrum.node),
        this.body,
        el("div.present-bar", this.back, this.count, this.on, this.whole, button(t("present.leave"), () => this.leave())));
      document.addEventListener("keydown", (event) => this.key(event));
    }

    get sheets() {
      const questions = this.board.rules.criteria.filter((item) => item.weight);
      return [{ kind: "start" }, ...questions.map((criterion) => ({ kind: "question", criterion })), { kind: "result" }, { kind: "reasons" }, { kind: "promise" }];
    }

    get active() { return this.board.view === "present"; }

    key(event) {
      if (!this.active || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && !document.fullscreenElement && !document.querySelector("dialog[open]")) this.leave();
      else if (event.key === "PageDown") this.turn(1);
      else if (event.key === "PageUp") this.turn(-1);
      else return;
      event.preventDefault();
    }

    turn(by) {
      const next = Math.min(Math.max(this.sheet + by, 0), this.sheets.length - 1);
      if (next === this.sheet) return;
      this.sheet = next;
      this.draw();
      this.body.querySelector("h2").focus();
      window.scrollTo(0, 0);
    }

    leave() {
      if (document.fullscreenElement) document.exitFullscreen();
      this.board.open("answer");
    }

    fullScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => this.board.notice(t("present.no_whole")));
      else this.board.notice(t("present.no_whole"));
    }

    show() {
      this.sheet = Math.min(this.sheet, this.sheets.length - 1);
      this.draw();
    }

    /* Bring the sheet up to date without taking the keyboard's place away. */
    update() {
      const sheet = this.sheets[this.sheet];
      this.spectrum.show(this.board.advice);
      this.title.textContent = this.board.titleOf() || t("app.untitled");
      if (sheet.kind === "question") {
        this.question.sync(this.board.state.answers(this.board.scope), this.board.inherited(this.board.scope));
        this.showVerdict();
        this.showTables(sheet.criterion);
      } else this.draw();
    }

    showVerdict() { this.verdict.textContent = Board.verdict(this.board.advice); }

    draw() {
      const { board } = this;
      const all = this.sheets;
      const sheet = all[this.sheet];
      this.spectrum.show(board.advice);
      this.title.textContent = board.titleOf() || t("app.untitled");
      this.count.textContent = t("present.count", { number: this.sheet + 1, all: all.length });
      this.spectrum.tall(TALL.includes(sheet.kind));
      this.title.classList.toggle("visually-hidden", sheet.kind === "start");
      this.back.disabled = this.sheet === 0;
      this.on.disabled = this.sheet === all.length - 1;
      this.body.className = `sheet sheet-${sheet.kind}`;
      this.body.replaceChildren(...this.contents(sheet).filter(Boolean));
      const first = this.body.querySelector("h2");
      if (first) first.tabIndex = -1;
    }

    contents({ kind, criterion }) {
      if (kind === "question") return this.questionSheet(criterion);
      if (kind === "result") return this.result();
      if (kind === "reasons") return this.reasons();
      return kind === "promise" ? this.promise() : this.start();
    }

    heading(...words) { return el("h2", { tabindex: -1 }, ...words); }

    start() {
      const answers = this.board.effective();
      return [
        this.heading(said("span", this.board.titleOf() || t("app.untitled"))),
        answers.summary ? said("p", answers.summary, { class: "big" }) : null,
        answers.decided_by ? el("p.big", t("present.decided_by"), " ", said("span", answers.decided_by)) : null,
        el("p.big", Board.verdict(this.board.advice)),
      ];
    }

    questionSheet(criterion) {
      const number = this.board.rules.criteria.filter((item) => item.weight).indexOf(criterion) + 1;
      this.question = new Board.Question(criterion, number, this.board.scope, this.board);
      this.question.node.removeAttribute("id");
      this.question.sync(this.board.state.answers(this.board.scope), this.board.inherited(this.board.scope));
      const rows = this.question.options.size;
      if (rows > ONE_COLUMN) {
        const list = this.question.node.querySelector(".options");
        list.classList.add("two");
        list.style.setProperty("--rows", Math.ceil(rows / 2));
      }
      this.verdict = el("p.big.present-verdict");
      this.showVerdict();
      this.showTables(criterion);
      return [el("h2", { tabindex: -1, class: "visually-hidden" }, criterion.question), this.question.node, this.verdict];
    }

    /* Which tables gave which answer, beside the answers. */
    showTables({ key }) {
      const { tables } = this.board.state.now;
      for (const [word, input] of this.question.options) {
        const row = input.closest(".option");
        const old = row.querySelector(".chosen-by");
        if (old) old.remove();
        const by = tables.filter((table) => [(table.answers[this.board.scope] || {})[key]].flat().map(String).includes(word));
        if (by.length) row.append(el("span.chosen-by", by.map((table) => said("span", table.name || t("tables.unnamed"), { class: "by" }))));
      }
    }

    result() {
      const { advice } = this.board;
      const next = advice.next_question;
      return [
        el("div.big-verdict", Board.headline(advice, "h2")),
        Board.certainty(advice),
        next ? el("p.big", t("reasons.next"), ": ", el("strong", next.question)) : null,
        Board.planLine(advice) ? el("p.big", Board.planLine(advice)) : null,
      ];
    }

    reasons() {
      const { advice } = this.board;
      const { deciding } = Board.gatesOf(advice);
      return [
        this.heading(t("reasons.holds_here")),
        deciding.length ? el("ul.big-list", deciding.map((gate) => el("li", el("strong", gate.title), el("span", gate.because))))
          : el("p.big", t(advice.type ? "reasons.no_gate" : "reasons.no_gate_yet")),
        Board.gapLine(advice) ? el("p", { class: advice.need.gap ? "big warn" : "big" }, Board.gapLine(advice)) : null,
      ];
    }

    promise() {
      const { advice } = this.board;
      if (!advice.type) return [this.heading(t("scope.promise")), el("p.big", Board.verdict(advice))];
      return [
        this.heading(t("scope.promise")), said("p", advice.plan.promise || advice.promise, { class: "huge" }),
        el("h3", t("scope.not_promised")), el("p.big", advice.not_promised),
        advice.certain ? null : el("p.big.warn", t("scope.hint_open")),
      ];
    }
  }

  Board.Present = Present;
}
