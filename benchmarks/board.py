"""How large the board is, how soon it paints, and how long an answer takes to move the marker, in a browser.

    python -m pip install '.[dev]' && python benchmarks/board.py

The page is opened from the disk. First paint is what the browser reports itself. An answer is measured inside the page,
from the click to the moment at which the marker, the range and the words have changed and layout is done; the frame
that then paints them is measured too, from the click to the callback after it. Read the medians.
"""

import platform
import shutil
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data

OPENINGS = 7
ROUNDS = 8
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LIMITS = {"bytes": 300_000, "first paint, ms": 500.0, "answer shown, ms": 16.0}

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] ?? null"

# Clicks through the answers to three questions; returns [until layout is done, until the frame is painted] for each.
ANSWERS = """
async rounds => {
  const times = [];
  const marker = document.querySelector('#spectrum .marker');
  const inputs = [...document.querySelectorAll('#questions fieldset.question')].slice(0, 3)
    .flatMap(card => [...card.querySelectorAll('input')].slice(0, 5));
  for (let round = 0; round < rounds; round += 1) {
    for (const input of inputs) {
      const start = performance.now();
      input.click();
      marker.getBoundingClientRect();
      const shown = performance.now() - start;
      await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
      times.push([shown, performance.now() - start]);
      await new Promise(done => setTimeout(done, 90));
    }
  }
  return times;
}
"""


def main() -> None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("playwright is missing; install '.[dev]' first")
    browser_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if browser_path is None:
        sys.exit("no Chromium was found")
    html = render_board(board_data(load_rule_base(), load_texts()))
    paints, shown, painted = [], [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "board.html")
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for _ in range(OPENINGS):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(file.as_uri())
            page.wait_for_timeout(300)
            paints.append(page.evaluate(FIRST_PAINT))
            context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        for until_layout, until_frame in page.evaluate(ANSWERS, ROUNDS):
            shown.append(until_layout)
            painted.append(until_frame)
        name = f"{browser.browser_type.name} {browser.version}"
        browser.close()
    print(f"{name}, Python {platform.python_version()}, playwright {version('playwright')}")
    found = {
        "bytes": float(len(html.encode("utf-8"))),
        "first paint, ms": statistics.median(paints),
        "answer shown, ms": statistics.median(shown),
        "answer shown, slowest of 20 in 100": statistics.quantiles(shown, n=5)[-1],
        "answer painted, ms": statistics.median(painted),
    }
    for what, value in found.items():
        limit = f"   (limit {LIMITS[what]:,.0f})" if what in LIMITS else ""
        print(f"{what:36} {value:>10,.1f}{limit}")
    print(f"{len(paints)} openings, {len(shown)} answers")


if __name__ == "__main__":
    main()
