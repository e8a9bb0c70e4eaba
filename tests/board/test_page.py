"""One file that carries everything, runs only what it carries and asks nobody for anything."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.render.board import LIBRARY, LICENCE, SCRIPTS, asset
from spectrum_cli.render.board.data import board_data
from tests.board.conftest import board_page

MOST_BYTES = 300_000
SPARE = {"peoplehub": 30_000, "practice": 20_000, "uk": 15_000}
"""What a blank page of each layer leaves of that, for a decision, for rules of a team's own and for what is to come."""
SPARE_WITH_EXAMPLE = 10_000
HOSTILE = """</script><script>window.hacked = 1</script><!--<script>&lt;"'{{style}}{{ data }}\\\\ \u2028 👩‍🦽"""


def elements(page: str, name: str) -> list[str]:
    return re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)


@pytest.fixture(scope="module")
def shipped(practice: PreparedRules) -> str:
    return board_page(practice.rule_base)


def test_the_same_rules_give_the_same_bytes(shipped: str, practice: PreparedRules) -> None:
    assert board_page(practice.rule_base) == shipped


@pytest.mark.parametrize("layer", SPARE)
def test_the_page_is_small_enough_to_be_sent_and_leaves_room(layer: str) -> None:
    assert len(board_page(load_rule_base(layer)).encode()) + SPARE[layer] < MOST_BYTES


def test_the_sizes_that_the_documentation_states_are_right_to_two_thousand_bytes() -> None:
    text = Path("docs/board.md").read_text(encoding="utf-8")
    for layer, row in (("peoplehub", "`--seed-only`"), ("practice", "as shipped"), ("uk", "`--rules uk`")):
        told = re.search(rf"^\| {row} \| ([\d,]+) \| ([\d,]+) \|$", text, re.MULTILINE)
        assert told, row
        size, left = (int(number.replace(",", "")) for number in told.groups())
        assert size + left == MOST_BYTES
        assert abs(size - len(board_page(load_rule_base(layer)).encode())) < 2_000


def test_the_largest_example_fits_too() -> None:
    largest = max(Path("examples").glob("*.yaml"), key=lambda path: path.stat().st_size)
    text = largest.read_text(encoding="utf-8")
    assert len(board_page(load_rule_base("uk"), text, largest.name).encode()) + SPARE_WITH_EXAMPLE < MOST_BYTES


def test_nothing_in_the_page_points_outside_it(shipped: str) -> None:
    markup = re.sub(r"<script.*?</script>", "", shipped, flags=re.DOTALL)
    assert re.findall(r"""\b(?:src|href|action|srcset)\s*=\s*["']?[^"'#\s]+""", markup) == []
    assert "@import" not in markup
    assert [address for address in re.findall(r"url\(([^)]{0,12})", markup) if not address.startswith("data:")] == []
    for script in elements(shipped, "script"):
        assert not re.search(
            r"\b(?:eval|fetch|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b", script
        )
        assert not re.search(r"\bnew Function\b|\bimport\(|document\.write", script)


def test_the_policy_allows_these_scripts_this_style_and_nothing_else(shipped: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', shipped)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name, element in (("script-src", "script"), ("style-src", "style")):
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in elements(shipped, element)
        ]
        assert rules[name].split() == hashes
    assert (rules["font-src"], rules["base-uri"], rules["form-action"]) == ("data:", "'none'", "'none'")
    assert set(rules["img-src"].split()) <= {"data:", "blob:"}
    assert "connect-src" not in rules


def test_the_browser_holds_to_the_policy(browser: Browser, shipped: str, tmp_path: Path) -> None:
    (tmp_path / "board.html").write_text(shipped, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "board.html").as_uri())
    outcome = page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            const faults = [];
            addEventListener("securitypolicyviolation", (event) => faults.push(event.effectiveDirective));
            document.head.append(script);
            script.remove();
            const asked = await fetch("data:text/plain,a").then(() => "answered", () => "refused");
            await new Promise((done) => setTimeout(done, 0));
            return [window.hacked ?? null, asked, faults];
        }"""
    )
    assert outcome[:2] == [None, "refused"]
    assert set(outcome[2]) == {"script-src-elem", "connect-src"}
    page.close()


def test_no_text_of_a_file_ends_the_block_that_it_stands_in(browser: Browser, practice: PreparedRules) -> None:
    quoted = json.dumps(HOSTILE, ensure_ascii=False).replace("\u2028", "\\u2028")
    text = f"spectrum: 1\ntitle: {quoted}\nx-a: {{style}}\n"
    page = browser.new_page()
    page.set_content(board_page(practice.rule_base, text, f"{HOSTILE}.yaml"))
    carried = json.loads(page.locator("#spectrum-decision").text_content() or "")
    assert carried == {"name": f"{HOSTILE}.yaml", "text": text}
    title = page.evaluate("(text) => Spectrum.readDecision(text, 'a.yaml').decision.title", text)
    assert (title, page.evaluate("window.hacked ?? null")) == (HOSTILE, None)
    page.close()


def test_a_file_cannot_reach_the_objects_of_the_page(engine: Page) -> None:
    body = "spectrum: 1\ntitle: a\n__proto__: {b: c}\nconstructor: {prototype: {b: c}}\nx-a: {__proto__: {b: c}}\n"
    assert engine.evaluate("(text) => [Spectrum.readDecision(text, 'a').decision, {}.b ?? null]", body) == [None, None]
    kept = "spectrum: 1\ntitle: a\nx-a: {__proto__: {b: c}}\nneed: {x-__proto__: {b: c}}\n"
    assert engine.evaluate("(text) => [Spectrum.readDecision(text, 'a').decision.title, {}.b ?? null]", kept) == [
        "a",
        None,
    ]


def test_the_library_comes_with_its_licence(shipped: str) -> None:
    library, own = elements(shipped, "script")
    assert asset(LICENCE).strip() in library
    assert "Copyright (C) 2011-2015 by Vitaly Puzrin" in library
    assert asset(LIBRARY).strip() in library
    assert own.startswith('"use strict";')
    assert len(SCRIPTS) == len(set(SCRIPTS))


def test_the_page_carries_the_rules_with_version_and_hash(shipped: str, practice: PreparedRules) -> None:
    (block,) = re.findall(r'<script type="application/json" id="spectrum-rules">(.*?)</script>', shipped)
    data = json.loads(block)
    base = practice.rule_base
    assert {"id": base.id, "version": base.version, "hash": base.hash}.items() <= data["rule_base"].items()
    assert data["acknowledgement"] == base.acknowledgement
    assert "<" not in block


def test_the_page_reads_the_rules_as_they_were_given(engine: Page, uk: PreparedRules) -> None:
    given = json.loads(json.dumps(board_data(uk.rule_base, load_texts())))
    assert engine.evaluate("Spectrum.rules") == given


def test_one_font_carries_every_weight_that_the_page_uses(engine: Page) -> None:
    widths = engine.evaluate(
        """async () => {
            await document.fonts.ready;
            const [face, ...more] = document.fonts;
            const pen = document.createElement("canvas").getContext("2d");
            const width = (weight) => {
                pen.font = `${weight} 100px ${face.family}`;
                return pen.measureText("Łódź, Ynys Môn ŵŷ").width;
            };
            return [more.length, face.status, width(400), width(700)];
        }"""
    )
    assert widths[:2] == [0, "loaded"]
    assert widths[3] > 1.03 * widths[2]
