/* The words of the page. All of them come with the rules; none stands in a script. */
"use strict";
{
  let items = {};

  function found(id) {
    return id.split(".").reduce((at, name) => (at && typeof at === "object" ? at[name] : undefined), items);
  }

  /* Return one text with its blanks filled in. A text that is missing shows its id, so that a test can see it. */
  function t(id, blanks) {
    const text = found(id);
    if (typeof text !== "string") return id;
    return blanks ? text.replace(/\{(\w+)\}/g, (all, name) => (name in blanks ? String(blanks[name]) : all)) : text;
  }

  function joined(words, last) {
    if (words.length < 2) return words.join("");
    return words.slice(0, -1).join(t("list.comma")) + last + words[words.length - 1];
  }

  /* Fill in the texts that the page itself names: data-text for its words, data-label for its accessible name. */
  function fill(root) {
    root.querySelectorAll("[data-text]").forEach((node) => { node.textContent = t(node.dataset.text); });
    root.querySelectorAll("[data-label]").forEach((node) => { node.setAttribute("aria-label", t(node.dataset.label)); });
  }

  /* Return a number with at most two decimals, never rounded up: a text must not show more than there is. */
  function number(value) {
    return String(Math.floor(value * 100 + 1e-6) / 100);
  }

  Board.t = t;
  Board.texts = {
    use(texts) { items = texts; },
    fill,
    number,
    and: (words) => joined(words, t("list.and")),
    or: (words) => joined(words, t("list.or")),
  };
}
