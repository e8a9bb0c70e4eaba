"""How fast the dashboard of ten thousand decisions loads and filters, measured in the browser.

python -m pip install '.[dev]' && python benchmarks/dashboard.py
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from check import make_files
from playwright.sync_api import Page, sync_playwright

FILTERS = (
    ("the owner", "form => { const field = form.elements.owner; field.selectedIndex = 3; return field; }"),
    ("over-promises", "form => { const field = form.elements.promise; field.checked = true; return field; }"),
    ("a word", "form => { const field = form.elements.text; field.value = 'clinic'; return field; }"),
)


def loaded(page: Page, address: str) -> tuple[float, float]:
    """Open a page and return the milliseconds to the first paint and to the end of its scripts."""
    page.goto(address, wait_until="load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    times = page.evaluate(
        "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, "
        "performance.getEntriesByType('navigation')[0].loadEventEnd]"
    )
    return times[0], times[1]


def filtered(page: Page, choose: str) -> float:
    """Choose a filter and return the milliseconds until the page is laid out anew."""
    page.evaluate("() => document.getElementById('filters').reset()")
    page.wait_for_timeout(300)
    found: float = page.evaluate(
        f"""() => {{
            const field = ({choose})(document.getElementById('filters'));
            const start = performance.now();
            field.dispatchEvent(new Event('input', {{bubbles: true}}));
            document.body.getBoundingClientRect();
            return performance.now() - start;
        }}"""
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000, help="how many files the page shows")
    parser.add_argument("--runs", type=int, default=5, help="how often each thing is measured")
    chosen = parser.parse_args()
    browser_path = shutil.which("chromium") or sys.exit("this needs chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder, "files")
        place.mkdir()
        make_files(place, chosen.rows)
        file = Path(folder, "all.html")
        command = [str(Path(sys.executable).with_name("spectrum")), "portfolio", str(place), "-o", str(file)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        size = file.stat().st_size / 1e6
        print(f"Chromium {browser.version}, {chosen.rows:,} files, {size:.1f} MB, median of {chosen.runs}")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        starts = [loaded(page, file.as_uri()) for _ in range(chosen.runs)]
        print(f"{'first paint':28} {statistics.median(first for first, _ in starts):8.0f} ms")
        print(f"{'loaded':28} {statistics.median(whole for _, whole in starts):8.0f} ms")
        for name, choose in FILTERS:
            taken = statistics.median(filtered(page, choose) for _ in range(chosen.runs))
            print(f"{'filter by ' + name:28} {taken:8.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
