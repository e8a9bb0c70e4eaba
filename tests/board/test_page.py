"""One file that carries everything, runs only what it carries and asks nobody for anything."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.render.board import LIBRARY, LICENCE, SCRIPTS, asset
from tests.board.conftest import board_page

MOST_BYTES = 300_000
HOSTILE = """</script><script>window.hacked = 1</script><!--<script>&lt;"'{{style}}{{ data }}\\\\ \u2028 👩‍🦽"""


def elements(page: str, name: str) -> list[str]:
    return re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)


@pytest.fixture(scope="module")
def shipped(practice: PreparedRules) -> str:
    return board_page(practice.rule_base)


def test_the_same_rules_give_the_same_bytes(shipped: str, practice: PreparedRules) -> None:
    assert board_page(practice.rule_base) == shipped


@pytest.mark.parametrize("rules", ["practice", "uk"])
def test_the_page_is_small_enough_to_be_sent(rules: str, request: pytest.FixtureRequest) -> None:
    prepared: PreparedRules = request.getfixturevalue(rules)
    assert len(board_page(prepared.rule_base).encode()) < MOST_BYTES


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
