"""docs/api.md is made from the docstrings, and what it shows is run."""

import doctest
import shutil
from pathlib import Path

import pytest

from spectrum_cli import api
from tests.docs.api_pages import PAGE, api_page

ROOT = Path(__file__).parents[2]


def test_the_page_is_the_one_made_from_the_docstrings() -> None:
    assert PAGE.read_text(encoding="utf-8") == api_page(), "make it anew with: python -m tests.docs.api_pages"


def test_the_page_names_everything_that_is_offered() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in api.__all__ if f"`{name}`" not in text and f"### {name}" not in text] == []


def test_what_the_page_shows_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8").replace("```\n", "\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) >= 12
    failed: list[str] = []
    doctest.DocTestRunner().run(examples, out=failed.append)
    assert not failed, "".join(failed)
