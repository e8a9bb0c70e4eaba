/* Builds the nodes of the page. Texts go in as text nodes, so that no word of a user can become markup. */
"use strict";
var Board = {};
{
  const SVG = "http://www.w3.org/2000/svg";
  let last = 0;

  function put(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in DIRECT) node[name] = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  const DIRECT = { value: 1, checked: 1, disabled: 1, hidden: 1 };

  const isAttributes = (value) => value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Node);

  /* Return an element: el("p.hint", {id: "x"}, "words", otherNode). Classes follow the name, attributes may be left out,
     and attributes that start with "on" are listeners. */
  function el(name, attributes, ...children) {
    const [tag, ...classes] = name.split(".");
    const node = document.createElement(tag);
    if (classes.length) node.className = classes.join(" ");
    return isAttributes(attributes) ? put(node, attributes, children) : put(node, {}, [attributes, ...children]);
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    return isAttributes(attributes) ? put(node, attributes, children) : put(node, {}, [attributes, ...children]);
  }

  /* Return an element for words that a user wrote: in whichever direction they run. */
  function said(name, text, attributes) {
    return el(name, { dir: "auto", class: "said", ...attributes }, text);
  }

  function button(text, onclick, attributes) {
    return el("button", { type: "button", onclick, ...attributes }, text);
  }

  function ident(stem) {
    last += 1;
    return `${stem}-${last}`;
  }

  /* A key of the format or an id of the author's as a piece of an id in the page. */
  function slug(key) {
    return String(key).replace(/[^A-Za-z0-9_-]/g, (sign) => `_${sign.codePointAt(0).toString(16)}`);
  }

  Object.assign(Board, { el, svg, said, button, ident, slug, byId: (id) => document.getElementById(id) });
}
