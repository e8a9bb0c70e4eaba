/* What the group has said so far: the decision with its parts, the tables with their answers, undo and redo, and the
   copy that the browser keeps. Every step is a whole snapshot, so that undoing cannot leave half of a change behind. */
"use strict";
{
  const STEPS_KEPT = 300;
  const PREFIX = "spectrum-board ";
  const KEEP_AFTER_MS = 250;

  /* A session without the text that its decision was read from: that never changes, can be long, and need not be
     copied at every step. */
  const bare = (session) => JSON.stringify(session, (name, value) => (name === "text" ? undefined : value));

  function clone(session) {
    const copy = JSON.parse(bare(session));
    copy.decision.text = session.decision.text;
    return copy;
  }

  /* A session that begins with a decision as it was read, or with nothing. */
  function emptySession(decision) {
    const { title = "", answers = {}, parts = [], name, text } = decision || {};
    const own = parts.map((part) => ({ id: part.id, title: part.title, answers: { ...part.answers } }));
    return { decision: { title, answers: { ...answers }, parts: own, name, text }, tables: [], said: {}, record: true };
  }

  /* A short sum of a text, to tell whether a kept copy belongs to the file that this page began with. */
  function sum(text) {
    let value = 5381;
    for (let at = 0; at < text.length; at += 1) value = ((value * 33) ^ text.charCodeAt(at)) >>> 0;
    return value.toString(36);
  }

  class State {
    constructor(start, mark) {
      this.start = start;
      this.mark = sum(mark);
      this.now = emptySession(start);
      this.past = [];
      this.future = [];
      this.joins = "";
      this.listeners = [];
      this.timer = 0;
      this.keeps = true;
    }

    onChange(listener) { this.listeners.push(listener); }

    tell(kind) { this.listeners.forEach((listener) => listener(kind)); }

    /* Change the session. Changes that follow one another with the same key (typing in one field) are one step. */
    change(edit, key) {
      const next = clone(this.now);
      edit(next);
      if (bare(next) === bare(this.now) && next.decision.text === this.now.decision.text) return false;
      if (!key || key !== this.joins) this.past.push(this.now);
      if (this.past.length > STEPS_KEPT) this.past.shift();
      this.joins = key || "";
      this.future = [];
      this.now = next;
      this.keepSoon();
      this.tell("change");
      return true;
    }

    endStep() { this.joins = ""; }

    get canUndo() { return this.past.length > 0; }

    get canRedo() { return this.future.length > 0; }

    undo() { return this.step(this.past, this.future, "undo"); }

    redo() { return this.step(this.future, this.past, "redo"); }

    step(from, to, kind) {
      if (!from.length) return false;
      to.push(this.now);
      this.now = from.pop();
      this.joins = "";
      this.keepSoon();
      this.tell(kind);
      return true;
    }

    /* The answers of the whole decision ("") or of one part, as they are stated there. */
    answers(scope) {
      return this.scopeOf(this.now, scope).answers;
    }

    scopeOf(session, scope) {
      return (scope && session.decision.parts.find((part) => part.id === scope)) || session.decision;
    }

    setAnswer(scope, key, value, join) {
      return this.change((next) => {
        const { answers } = this.scopeOf(next, scope);
        if (value === undefined) delete answers[key];
        else answers[key] = value;
      }, join);
    }

    place() { return PREFIX + location.pathname; }

    keepSoon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), KEEP_AFTER_MS);
    }

    /* Keep a copy in this browser. A browser that refuses is told apart from one that has nothing to keep. */
    keep() {
      clearTimeout(this.timer);
      this.timer = 0;
      try {
        localStorage.setItem(this.place(), JSON.stringify({ mark: this.mark, at: new Date().toISOString(), session: this.now }));
        this.setKeeps(true);
      } catch (refused) {
        this.setKeeps(false);
      }
    }

    keepNow() { if (this.timer) this.keep(); }

    setKeeps(keeps) {
      if (keeps === this.keeps) return;
      this.keeps = keeps;
      this.tell("keeping");
    }

    /* Return what an earlier visit left here: {session, at, same}, or null. Damaged copies count as none. */
    kept() {
      try {
        const { mark, at, session } = JSON.parse(localStorage.getItem(this.place()));
        return isSession(session) ? { session, at: String(at), same: mark === this.mark } : null;
      } catch (damaged) {
        return null;
      }
    }

    bringBack(session) {
      this.now = clone(session);
      this.tell("kept");
    }

    /* Forget everything: the copy, the steps, and what is on the page. */
    clear() {
      clearTimeout(this.timer);
      this.timer = 0;
      try { localStorage.removeItem(this.place()); } catch (refused) { this.setKeeps(false); }
      this.past = [];
      this.future = [];
      this.joins = "";
      this.now = emptySession(this.start);
      this.tell("clear");
    }
  }

  const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function isSession(value) {
    return isRecord(value) && isRecord(value.decision) && typeof value.decision.title === "string"
      && isRecord(value.decision.answers) && Array.isArray(value.decision.parts)
      && value.decision.parts.every((part) => isRecord(part) && typeof part.id === "string" && isRecord(part.answers))
      && Array.isArray(value.tables) && value.tables.every((table) => isRecord(table) && isRecord(table.answers))
      && isRecord(value.said);
  }

  Board.State = State;
  Board.emptySession = emptySession;
}
