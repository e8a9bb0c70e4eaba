"""``spectrum board``: one page, made whole or not at all."""

import json
import re
from pathlib import Path

from spectrum_cli.files.rulebase import load_rule_base
from tests.cli.command import PLAN, spectrum
from tests.rules.broken import add_rule


def carried(page: Path, ident: str) -> dict[str, object]:
    """Return the data of a block of the page."""
    text = page.read_text(encoding="utf-8")
    (block,) = re.findall(rf'<script type="application/json" id="{ident}">(.*?)</script>', text)
    found: dict[str, object] = json.loads(block)
    return found


def test_a_blank_board_is_called_board_html(tmp_path: Path) -> None:
    ran = spectrum("board", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Made board.html. Open it in a browser; it needs no network.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["board.html"]
    assert carried(tmp_path / "board.html", "spectrum-decision") == {"name": "", "text": ""}
    rules = carried(tmp_path / "board.html", "spectrum-rules")["rule_base"]
    assert isinstance(rules, dict)
    assert rules["hash"] == load_rule_base().hash


def test_a_file_is_filled_in_as_it_stands(plan: Path, tmp_path: Path) -> None:
    assert spectrum("board", plan, "-o", tmp_path / "a.html").code == 0
    assert carried(tmp_path / "a.html", "spectrum-decision") == {"name": "plan.yaml", "text": PLAN}


def test_a_markdown_file_is_filled_in_with_its_prose(tmp_path: Path) -> None:
    text = f"---\n{PLAN}---\n\n# Benches\n"
    (tmp_path / "plan.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert spectrum("board", "plan.md", cwd=tmp_path).code == 0
    assert carried(tmp_path / "board.html", "spectrum-decision") == {"name": "plan.md", "text": text}


def test_standard_input_is_filled_in(tmp_path: Path) -> None:
    assert spectrum("board", "-", stdin=PLAN.encode(), cwd=tmp_path).code == 0
    assert carried(tmp_path / "board.html", "spectrum-decision") == {"name": "decision.yaml", "text": PLAN}


def test_a_file_with_faults_is_refused_in_the_words_of_advise(broken: Path, tmp_path: Path) -> None:
    ran = spectrum("board", broken, "-o", tmp_path / "a.html")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == spectrum("advise", broken).err
    assert not (tmp_path / "a.html").exists()
    assert spectrum("board", tmp_path / "nowhere.yaml").err.endswith("SP101 there is no such file\n")


def test_a_warning_is_shown_and_the_page_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("spectrum: 1\ntitle: Ward #4\n")
    ran = spectrum("board", "a.yaml", cwd=tmp_path)
    assert (ran.code, "SP111" in ran.err) == (0, True)
    assert (tmp_path / "board.html").exists()


def test_nothing_is_replaced_unless_asked(plan: Path, tmp_path: Path) -> None:
    page = tmp_path / "board.html"
    page.write_text("mine")
    ran = spectrum("board", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "spectrum: board.html exists already and was left as it is\n"
    assert page.read_text() == "mine"
    assert spectrum("board", "--force", cwd=tmp_path).code == 0
    assert page.read_text().startswith("<!doctype html>")
    own = spectrum("board", plan, "-o", plan, "--force")
    assert own.code == 2
    assert "this is the file that is read" in own.err
    assert plan.read_text() == PLAN


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    ran = spectrum("board", "-o", tmp_path / "nowhere" / "a.html")
    assert ran.code == 2
    assert ran.err.startswith("spectrum: cannot write in ")


def test_a_team_s_own_rules_are_carried(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "rulebase.yaml").write_text('id: mine\ntitle: Ours\nversion: "1.0"\nnote: Ours.\nextends: practice\n')
    add_rule(mine, "floors", "nearby", "{answer: place.level, is: local}", "{asks_for: educate}")
    assert spectrum("board", "--rules", mine, cwd=tmp_path).code == 0
    rules = carried(tmp_path / "board.html", "spectrum-rules")
    floors = rules["floors"]
    assert isinstance(floors, dict)
    assert "nearby" in [row[floors["of"].index("id")] for row in floors["rows"]]
    assert spectrum("board", "--rules", "nowhere", cwd=tmp_path).code == 2


def test_the_seed_alone_and_a_language_that_is_not_there(tmp_path: Path) -> None:
    assert spectrum("board", "--seed-only", cwd=tmp_path).code == 0
    rules = carried(tmp_path / "board.html", "spectrum-rules")["rule_base"]
    assert isinstance(rules, dict)
    assert rules["id"] == "peoplehub"
    ran = spectrum("board", "--language", "xx", "-o", tmp_path / "b.html")
    assert (ran.code, "there are no texts in 'xx'" in ran.err) == (2, True)
