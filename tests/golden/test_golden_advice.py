"""The advice on every example, byte for byte, in three formats.

After a change that is meant, write the files anew and review the difference like code:
``pytest --update-golden tests/golden``.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.assessment import Advice
from spectrum_cli.render.json_format import render_json
from spectrum_cli.render.markdown import render_markdown
from spectrum_cli.render.page import Page
from spectrum_cli.render.terminal import render_terminal
from spectrum_cli.workflows.advise import advise_file

GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.name != "README.md")

# The real hash changes with every comment in a rule file.
NO_HASH = f"sha256:{'0' * 64}"


def text(advice: Advice) -> str:
    page = Page(80)
    render_terminal(advice, page)
    return page.text()


def indented_json(advice: Advice) -> str:
    return json.dumps(json.loads(render_json(advice)), ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Advice], str]] = {
    "advice.txt": text,
    "advice.json": indented_json,
    "advice.md": render_markdown,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_advice_is_what_it_was(
    example: Path, name: str, practice: PreparedRules, update: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    advice = advise_file(f"examples/{example.name}", practice).advice
    assert advice is not None
    found = FORMATS[name](replace(advice, rule_base_hash=NO_HASH)).encode()
    golden = GOLDEN / example.stem / name
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(found)
    assert golden.read_bytes().decode() == found.decode()
    assert golden.read_bytes() == found


def test_no_golden_file_is_left_of_an_example_that_is_gone() -> None:
    expected = {f"{example.stem}/{name}" for example in EXAMPLES for name in FORMATS}
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("*/*") if path.parent.name != "__pycache__"}
    assert found == expected
