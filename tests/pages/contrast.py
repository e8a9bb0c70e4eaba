"""Computes the contrasts that axe leaves undecided, from what the browser paints behind each text.

Two pictures are taken, with the texts and without them. Where they differ there is ink; what the second one shows
there is the ground of that ink.
"""

import base64

from playwright.sync_api import Page

ENOUGH = 4.5

# Where each undecided text stands, and its colour.
_TEXTS = """
targets => targets.map(target => {
  const node = document.querySelector(target);
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  const colour = getComputedStyle(node)[node instanceof SVGElement ? 'fill' : 'color'];
  return {target, colour, box: [box.left + scrollX, box.top + scrollY, box.width, box.height]};
})
"""

_HIDE = """
targets => targets.forEach(target => {
  const node = document.querySelector(target);
  node.style.setProperty('transition', 'none', 'important');
  node.style.setProperty(node instanceof SVGElement ? 'fill' : 'color', 'transparent', 'important');
})
"""

# The lowest contrast of each colour with the ground behind its ink, by the formula of WCAG 2.
_LOWEST = """
async ([inked, bare, texts]) => {
  const points = async source => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.drawImage(picture, 0, 0);
    return box => context.getImageData(...box).data;
  };
  const [before, after] = [await points(inked), await points(bare)];
  const light = parts => parts.map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
  return texts.map(({target, colour, box}) => {
    const place = box.map((side, at) => at < 2 ? Math.floor(side) : Math.max(1, Math.ceil(side)));
    const [one, other] = [before(place), after(place)];
    const ink = light(colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
    let lowest = 21;
    let points = 0;
    for (let at = 0; at < one.length; at += 4) {
      const apart = [0, 1, 2].some(part => Math.abs(one[at + part] - other[at + part]) > 24);
      if (!apart) continue;
      points += 1;
      const ground = light([other[at], other[at + 1], other[at + 2]]);
      lowest = Math.min(lowest, (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05));
    }
    return {target, lowest, points};
  });
}
"""


def contrasts(page: Page, targets: list[str]) -> dict[str, float]:
    """Return the lowest contrast of each text by its selector, 1 where there is no ink. The texts end up invisible."""
    page.evaluate("window.scrollTo(0, 0)")  # what sticks lies over other things anywhere else
    texts = page.evaluate(_TEXTS, targets)
    inked = _picture(page)
    page.evaluate(_HIDE, targets)
    bare = _picture(page)
    painter = page.context.new_page()
    found = painter.evaluate(_LOWEST, [inked, bare, texts])
    painter.close()
    return {item["target"]: round(item["lowest"], 2) if item["points"] else 1.0 for item in found}


def _picture(page: Page) -> str:
    return "data:image/png;base64," + base64.b64encode(page.screenshot(full_page=True)).decode("ascii")
