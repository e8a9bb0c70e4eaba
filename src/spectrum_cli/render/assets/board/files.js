/* Opens a decision file, by choosing or dropping it, and saves the decision and the advice. A file with faults is
   shown with its faults and changes nothing on the page. */
"use strict";
{
  const { el, t, said, button } = Board;
  const NAME_LENGTH = 60;
  const FAULTS_SHOWN = 100;
  const SEVERITIES = { error: "files.error", warning: "files.warning", note: "files.note" };

  function fileName(title, ending) {
    const stem = title.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase();
    return `${[...stem].slice(0, NAME_LENGTH).join("").replace(/^-+|-+$/g, "") || "decision"}${ending}`;
  }

  class Files {
    constructor(place, board) {
      this.place = place;
      this.board = board;
      this.faults = { name: "", items: [] };
      this.build();
      this.listenForDrops();
    }

    build() {
      const choose = el("input", { type: "file", accept: ".yaml,.yml,.md,.txt", class: "file-input", id: "file-input" });
      choose.addEventListener("change", () => {
        if (choose.files.length) this.open(choose.files[0]);
        choose.value = "";
      });
      this.list = el("div", { id: "faults" });
      this.text = el("pre", { tabindex: 0, role: "region", "aria-label": t("files.text"), class: "file-text" });
      this.shown = el("details.more", el("summary", t("files.show")), this.text);
      this.shown.addEventListener("toggle", () => this.showText());
      this.kept = el("p.hint");
      this.place.replaceChildren(
        this.list,
        el("div.card.drop", el("h2", t("files.open_title")), el("p", t("files.open_lead")),
          el("div.file-button", choose, el("label", { for: "file-input", class: "button primary" }, t("files.choose")), el("span.hint", t("files.drop")))),
        el("div.card", el("h2", t("files.save_title")), el("p", t("files.save_lead")),
          el("div.actions", {},
            button(t("files.save"), () => this.saveDecision(), { class: "primary" }),
            button(t("files.advice"), () => this.saveAdvice()),
            button(t("files.copy"), () => this.copy(this.decisionText())),
            button(t("files.print"), () => window.print())),
          this.shown),
        el("div.card", el("h2", t("files.clear_title")), el("p", t("files.clear_lead")), this.kept,
          button(t("files.clear"), () => this.board.confirmClear(), { class: "danger" })));
    }

    show() {
      this.kept.textContent = t(this.board.state.keeps ? "files.kept" : "files.not_kept");
      this.showText();
    }

    showText() {
      if (this.shown.open) this.text.textContent = this.decisionText();
    }

    /* The decision as it is written: with what the tables said in its notes, if the group wants that. */
    decision() {
      const { state } = this.board;
      const decision = JSON.parse(JSON.stringify(state.now.decision));
      const write = (scope, answers) => {
        const block = state.now.record && state.now.tables.length ? Board.minutes(this.board, scope) : "";
        if (!block) return;
        const before = typeof answers.notes === "string" ? answers.notes.split(t("minutes.heading"))[0].trimEnd() : "";
        answers.notes = before ? `${before}\n\n${block}` : block;
      };
      write("", decision.answers);
      decision.parts.forEach((part) => write(part.id, part.answers));
      for (const { answers } of [decision, ...decision.parts]) tidy(answers);
      decision.title = decision.title.trim() || t("app.untitled");
      decision.parts.forEach((part) => { part.title = part.title.trim() || t("part.untitled"); });
      return decision;
    }

    decisionText() { return Spectrum.writeDecision(this.decision()); }

    saveDecision() {
      this.save(this.decisionText(), fileName(this.board.state.now.decision.title, ".yaml"), "application/yaml");
    }

    saveAdvice() {
      const advice = Spectrum.adviceJson(this.board.rules, this.decision());
      this.save(`${JSON.stringify(advice)}\n`, fileName(this.board.state.now.decision.title, ".advice.json"), "application/json");
    }

    save(text, name, type) {
      const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      this.board.notice(t("files.saved", { name }));
    }

    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        this.board.notice(t("files.copied"));
      } catch (refused) {
        this.board.notice(t(copyOldWay(text) ? "files.copied" : "files.not_copied"));
      }
    }

    async open(file) {
      let bytes;
      try {
        bytes = new Uint8Array(await file.arrayBuffer());
      } catch (unreadable) {
        this.showFaults(file.name, [{ code: "SP101", severity: "error", message: t("files.not_read") }], true);
        return;
      }
      this.take(bytes, file.name);
    }

    /* Take over a file's text if it can be read; otherwise show why not and leave the page as it is. */
    take(input, name) {
      const { decision, faults } = Spectrum.readDecision(input, name);
      if (!decision) {
        this.showFaults(name, faults, true);
        return false;
      }
      this.board.state.change((next) => Object.assign(next, Board.emptySession(decision)));
      this.board.loaded(name);
      if (faults.length) this.showFaults(name, faults, false);
      else this.showFaults("", [], false);
      return true;
    }

    showFaults(name, items, refused) {
      this.faults = { name, items };
      this.list.replaceChildren();
      if (!items.length) return;
      const heading = el("h2", { tabindex: -1 }, t(refused ? "files.refused" : "files.warned", { name }));
      this.list.append(el("div", { class: `card faults ${refused ? "refused" : ""}` }, heading,
        refused ? el("p", t("files.nothing_changed")) : null,
        el("ol.fault-list", items.slice(0, FAULTS_SHOWN).map((fault) => faultItem(fault))),
        items.length > FAULTS_SHOWN ? el("p", t("files.more_faults", { count: items.length - FAULTS_SHOWN })) : null,
        button(t("files.dismiss"), () => {
          this.showFaults("", [], false);
          Board.byId("file-input").focus();
        }, { class: "quiet" })));
      this.board.open("files", { focus: false });
      heading.focus();
    }

    listenForDrops() {
      let over = 0;
      const mark = (by) => {
        over = Math.max(0, over + by);
        document.body.classList.toggle("dropping", over > 0);
      };
      const holdsFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
      document.addEventListener("dragenter", (event) => { if (holdsFile(event)) mark(1); });
      document.addEventListener("dragleave", (event) => { if (holdsFile(event)) mark(-1); });
      document.addEventListener("dragover", (event) => { if (holdsFile(event)) event.preventDefault(); });
      document.addEventListener("drop", (event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        mark(-over);
        if (event.dataTransfer.files.length) this.open(event.dataTransfer.files[0]);
      });
    }
  }

  /* Leave out what was begun and left empty. */
  function tidy(answers) {
    if (!Array.isArray(answers["openness.fixed"])) return;
    const kept = answers["openness.fixed"].filter((item) => (typeof item === "string" ? item : item.what).trim());
    if (kept.length) answers["openness.fixed"] = kept;
    else delete answers["openness.fixed"];
  }

  function faultItem(fault) {
    const place = fault.line ? t(fault.column ? "files.line_column" : "files.line", { line: fault.line, column: fault.column }) : "";
    return el("li", { class: `fault-item ${fault.severity}` },
      el("p.fault-head", el("strong", t(SEVERITIES[fault.severity] || SEVERITIES.error)), " ", el("code", fault.code), place ? [" ", el("span.where", place)] : null),
      said("p", fault.message), fault.hint ? said("p", fault.hint, { class: "hint" }) : null);
  }

  function copyOldWay(text) {
    const before = document.activeElement;
    const area = el("textarea.visually-hidden", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before) before.focus();
    return done;
  }

  Object.assign(Board, { Files, fileName });
}
