"""What a page says about the focus of the keyboard, and what that must reach; for any browser."""

from collections.abc import Callable
from typing import Any

Evaluate = Callable[[str], Any]

# Where the focus is, what shows it, and whether something that sticks lies over it.
FOCUS = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const shown = node.closest('.option, .cell') || (node.id === 'file-input' ? node.nextElementSibling : node);
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown);
  const sticking = [...document.querySelectorAll('.stage, .mini, .present-bar')]
    .filter(bar => getComputedStyle(bar).position === 'sticky' && !bar.contains(node) && bar.checkVisibility())
    .map(bar => bar.getBoundingClientRect());
  const room = innerHeight - sticking.reduce((sum, bar) => sum + bar.height, 0);
  const over = sticking.filter(bar => box.bottom > bar.top + 1 && box.top < bar.bottom - 1 && box.height < room);
  const place = [...document.querySelectorAll('*')].indexOf(node);
  const words = node.labels && node.labels[0] ? node.labels[0].textContent : node.textContent || node.id;
  return {place, name: words.trim().slice(0, 60),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    hidden: over.length > 0, inSight: box.bottom > 0 && box.top < innerHeight,
    radio: node.type === 'radio' ? node.name : ''};
}
"""

# Everything that the Tab key must reach: each control that can be seen, and one of each group of radio buttons.
REACHABLE = """
() => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(node => !node.disabled && node.tabIndex >= 0)
    .filter(node => node.checkVisibility({visibilityProperty: true}))
    .filter(node => node.type !== 'radio' || !groups.has(node.name) && groups.add(node.name))
    .map(node => node.type === 'radio' ? node.name : [...document.querySelectorAll('*')].indexOf(node));
}
"""


def tab_through(evaluate: Evaluate, wanted: list[object], press_tab: Callable[[], object]) -> None:
    """Press Tab until the page is left. Every focus must be seen, and all that is wanted must be reached."""
    met: list[object] = [evaluate(FOCUS)["place"]]
    for _ in range(len(wanted) + 5):
        press_tab()
        focus = evaluate(FOCUS)
        if focus is None:
            break
        met.append(focus["radio"] or focus["place"])
        assert focus["ring"], focus
        assert not focus["hidden"], focus
        assert focus["inSight"], focus
    assert set(wanted) <= set(met)


def go_back(evaluate: Evaluate, press_shift_and_tab: Callable[[], object]) -> None:
    """Press Shift and Tab twenty times. Every focus must be in sight."""
    for _ in range(20):
        press_shift_and_tab()
        focus = evaluate(FOCUS)
        assert focus["inSight"], focus
        assert not focus["hidden"], focus
