/* Joins the parts of the page: one decision, the scope and the view that are open, and what is shown after each change.
   What the eye waits for is done at once; the rest follows when the page is idle. */
"use strict";
{
  const { el, t, said, button } = Board;
  const VIEWS = ["answer", "reasons", "tables", "files", "present"];
  const LATER_MS = 60;
  const STAGE_SHARE = 0.45;
  const MANY_PARTS = 6;
  const TEXT_FIELDS = "textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=button])";

  class App {
    constructor(rules, start) {
      this.rules = rules;
      Board.texts.use(rules.texts);
      Board.useRules(rules);
      Board.texts.fill(document);
      this.scope = "";
      this.view = "answer";
      const read = start.text ? Spectrum.readDecision(start.text, start.name) : { decision: null, faults: [] };
      this.state = new Board.State(read.decision, `${start.text}|${rules.rule_base.hash}`);
      this.place(read, start);
    }

    place(read, start) {
      const { rules } = this;
      const at = (id) => Board.byId(id);
      this.spectrum = new Board.Spectrum(rules.types, { name: "spectrum" });
      at("spectrum").replaceChildren(this.spectrum.node);
      this.questions = new Board.Questions(at("questions"), this);
      this.participants = new Board.Participants(at("view-tables"), this);
      this.files = new Board.Files(at("view-files"), this);
      this.present = new Board.Present(at("view-present"), this);
      at("acknowledgement").textContent = rules.acknowledgement;
      this.listen();
      const kept = this.state.kept();
      if (kept && kept.same) {
        this.state.bringBack(kept.session);
        this.offer(t("kept.back"), t("kept.anew"), () => this.confirmClear());
      } else if (kept) {
        this.offer(t("kept.other"), t("kept.bring"), () => {
          this.state.change((next) => Object.assign(next, kept.session));
          this.rebuild();
        });
      }
      this.state.onChange((kind) => this.changed(kind));
      this.refresh();
      this.lastSaid = Board.verdict(this.advice);
      this.later();
      if (read.faults.length) this.files.showFaults(start.name, read.faults, !read.decision);
    }

    listen() {
      for (const node of document.querySelectorAll("[data-view]")) node.addEventListener("click", () => this.open(node.dataset.view));
      Board.byId("undo").addEventListener("click", () => this.state.undo());
      Board.byId("redo").addEventListener("click", () => this.state.redo());
      Board.byId("save").addEventListener("click", () => this.files.saveDecision());
      document.addEventListener("keydown", (event) => this.key(event));
      window.addEventListener("beforeprint", () => this.showReasons());
      window.addEventListener("pagehide", () => this.state.keepNow());
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.state.keepNow(); });
      const tall = window.matchMedia("(min-height: 54rem)");
      const fit = () => this.spectrum.tall(tall.matches);
      tall.addEventListener("change", fit);
      fit();
      new ResizeObserver(() => this.measure()).observe(Board.byId("stage"));
      window.addEventListener("resize", () => this.measure());
    }

    /* The sticky part says how high it is, so that nothing that has the focus hides under it. Where it would take too
       much of the window it does not stick. */
    measure() {
      const stage = Board.byId("stage");
      const mini = Board.byId("mini");
      const root = document.documentElement;
      root.classList.toggle("unstuck", stage.offsetHeight > window.innerHeight * STAGE_SHARE);
      const sticks = getComputedStyle(stage).position === "sticky";
      const height = sticks ? stage.offsetHeight : getComputedStyle(mini).position === "sticky" ? mini.offsetHeight : 0;
      root.style.setProperty("--stage", `${height}px`);
      const bar = document.querySelector(".present-bar");
      root.style.setProperty("--below", `${getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0}px`);
    }

    key(event) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest(TEXT_FIELDS)) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) this.state.undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) this.state.redo();
      else return;
      event.preventDefault();
    }

    inherited(scope) { return scope ? this.state.now.decision.answers : {}; }

    /* The answers of the scope that is open, and those that it takes from the whole decision if it is a part. */
    given() { return [this.state.answers(this.scope), this.scope ? this.inherited(this.scope) : undefined]; }

    evaluate(answers, inherited) { return Spectrum.evaluate(this.rules, answers, inherited); }

    effective() { return Spectrum.effectiveAnswers(...this.given()); }

    moves() { return Spectrum.whatWouldMove(this.rules, ...this.given()); }

    answer(scope, key, value, join) { return this.state.setAnswer(scope, key, value, join); }

    titleOf() { return this.state.scopeOf(this.state.now, this.scope).title.trim(); }

    changed(kind) {
      if (kind === "keeping") {
        this.files.show();
        if (!this.state.keeps) this.notice(t("files.not_kept"));
        return;
      }
      if (this.scope && !this.state.now.decision.parts.some((part) => part.id === this.scope)) this.scope = "";
      this.refresh();
      this.announce(this.news(kind, Board.verdict(this.advice)));
      this.later();
    }

    /* What is said aloud after a change: the advice, or that it is what it was, or how a table's answer stands beside the
       others. Typing is not disturbed while the advice stays. */
    news(kind, verdict) {
      const same = verdict === this.lastSaid;
      this.lastSaid = verdict;
      if (kind === "undo") return t("live.undone", { verdict });
      if (kind === "redo") return t("live.redone", { verdict });
      if (!same) return verdict;
      return this.state.joins ? "" : this.participants.news() || t("live.same", { verdict });
    }

    refresh() {
      const advice = this.evaluate(...this.given());
      this.advice = advice;
      document.body.dataset.side = advice.side || "none";
      this.spectrum.show(advice);
      this.questions.sync(this.scope, advice, this.differing || {});
      Board.byId("summary").replaceChildren(...Board.summary(advice, this));
      this.showMini(advice);
      this.showScopes();
      Board.byId("undo").disabled = !this.state.canUndo;
      Board.byId("redo").disabled = !this.state.canRedo;
      if (this.view === "present") this.present.update();
      if (this.view === "tables") this.participants.show();
      if (this.view === "files") this.files.show();
      const title = this.state.now.decision.title.trim();
      document.title = title ? t("app.title_of", { title }) : t("title");
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.showReasons();
        if (!this.state.now.tables.length && !this.differing) return;
        this.differing = {};
        if (this.state.now.tables.length) {
          for (const item of Board.differences(this).items) this.differing[item.key] = Board.texts.and(item.groups.flatMap((group) => group.tables.map((table) => table.name || t("tables.unnamed"))));
        }
        this.questions.sync(this.scope, this.advice, this.differing);
      }, LATER_MS);
    }

    showReasons() {
      Board.byId("view-reasons").replaceChildren(...Board.fullReasons(this.advice, this));
    }

    /* The line that stays in sight on a phone: the six stops and the type. */
    showMini(advice) {
      Board.byId("mini").replaceChildren(
        el("span.mini-stops", this.rules.types.map((kind) => el("span", {
          class: `side-${kind.side} ${kind.id === advice.type ? "here" : advice.possible_types.includes(kind.id) ? "possible" : ""}`,
        }))),
        el("span", advice.type ? [el("strong", Board.nameOf(advice.type)), " ", t(advice.certain ? "spectrum.fits" : "spectrum.fits_so_far")] : t("reasons.no_type")));
    }

    showScopes() {
      const { parts } = this.state.now.decision;
      const shape = JSON.stringify([this.scope, parts.map((part) => [part.id, part.title])]);
      if (shape === this.scopesShown) return;
      this.scopesShown = shape;
      const place = Board.byId("scopes");
      const inside = place.contains(document.activeElement);
      const choices = [{ id: "", title: t("part.whole") }, ...parts];
      const name = (part) => part.title.trim() || t("part.untitled");
      const add = button(t("part.add"), () => this.addPart(), { class: "quiet" });
      if (parts.length > MANY_PARTS) {
        const select = el("select", { "aria-label": t("part.choose") }, choices.map((part) => el("option", { value: part.id, selected: part.id === this.scope }, name(part))));
        select.addEventListener("change", () => this.toScope(select.value));
        place.replaceChildren(select, add);
      } else {
        place.replaceChildren(...(parts.length ? choices.map((part) => button([said("span", name(part))], () => this.toScope(part.id), { class: "scope-button", "aria-current": part.id === this.scope ? "true" : false })) : []), add, parts.length ? "" : el("span.hint", t("part.why_add")));
      }
      if (inside) (place.querySelector("select, [aria-current]") || add).focus();
    }

    toScope(scope) {
      this.scope = scope;
      this.refresh();
      this.later();
      this.showReasons();
      this.announce(t("live.scope", { title: this.titleOf() || t("app.untitled"), verdict: Board.verdict(this.advice) }));
      if (this.view === "reasons") this.open("reasons");
    }

    addPart() {
      const taken = new Set(this.state.now.decision.parts.map((part) => part.id));
      let number = this.state.now.decision.parts.length + 1;
      while (taken.has(`part-${number}`)) number += 1;
      if (taken.size >= this.rules.decision.limits.parts) return;
      const id = `part-${number}`;
      this.state.change((next) => next.decision.parts.push({ id, title: t("part.name", { number }), answers: {} }));
      this.open("answer", { focus: false });
      this.toScope(id);
      const title = document.querySelector("#questions .title");
      title.focus();
      title.select();
    }

    removePart(id) {
      this.scope = "";
      this.state.change((next) => { next.decision.parts = next.decision.parts.filter((part) => part.id !== id); });
      const title = document.querySelector("#questions .title");
      if (title) title.focus();
    }

    open(view, { focus = true } = {}) {
      if (!VIEWS.includes(view)) return;
      this.view = view;
      document.body.dataset.open = view;
      for (const name of VIEWS) Board.byId(`view-${name}`).hidden = name !== view;
      for (const node of document.querySelectorAll("nav [data-view]")) {
        if (node.dataset.view === view) node.setAttribute("aria-current", "page");
        else node.removeAttribute("aria-current");
      }
      if (view === "reasons") this.showReasons();
      if (view === "tables") this.participants.show();
      if (view === "files") this.files.show();
      if (view === "present") this.present.show();
      this.measure();
      window.scrollTo(0, 0);
      if (!focus) return;
      const heading = document.querySelector(`#view-${view} h2`);
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
    }

    goTo(key) {
      if (this.view !== "answer") this.open("answer", { focus: false });
      this.questions.goTo(key);
    }

    loaded(name) {
      this.scope = "";
      this.rebuild();
      this.notice(t("files.loaded", { name }));
    }

    rebuild() {
      this.questions.rebuild();
      this.participants.rebuild();
      this.refresh();
      this.later();
    }

    confirmClear() {
      const dialog = Board.byId("confirm");
      const done = (yes) => {
        dialog.close();
        if (!yes) return;
        this.scope = "";
        this.lastSaid = "";
        this.state.clear();
        this.rebuild();
        this.files.showFaults("", [], false);
        this.offer("");
        this.open("answer");
        this.notice(t("clear.done"));
      };
      dialog.replaceChildren(el("h2", { id: "confirm-title" }, t("clear.title")), el("p", t(this.state.start ? "clear.lead_start" : "clear.lead")),
        el("div.actions", button(t("clear.confirm"), () => done(true), { class: "danger" }), button(t("clear.cancel"), () => done(false), { autofocus: true })));
      dialog.showModal();
    }

    /* A line at the top with one thing to do about it. */
    offer(text, action, act) {
      const place = Board.byId("offer");
      place.hidden = !text;
      place.replaceChildren();
      if (!text) return;
      place.append(el("span", text), button(action, () => { this.offer(""); act(); }, {}), button(t("app.dismiss"), () => this.offer(""), { class: "quiet" }));
    }

    announce(text) { if (text) Board.byId("live").textContent = text; }

    /* Something that happened, shown and said: a file was saved, text was copied. */
    notice(text) {
      const place = Board.byId("notice");
      place.textContent = text;
      place.classList.add("shown");
      clearTimeout(this.noticeTimer);
      this.noticeTimer = setTimeout(() => place.classList.remove("shown"), 6000);
    }
  }

  Board.app = new App(Spectrum.rules, JSON.parse(Board.byId("spectrum-decision").textContent));
}
