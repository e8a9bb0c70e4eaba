"""How whatif, diff, advise --compare, rules test and rules verify end, row by row as docs/exit-codes.md has it."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import BROKEN, spectrum
from tests.rules.idle import IDLE

PAGE = Path(__file__).parents[2] / "docs" / "exit-codes.md"
WIDE = """\
spectrum: 1
title: Benches
openness: {stage: options, open_to_change: [whether, options], exchange: discussion}
"""
RULE_BASE = 'id: mine\ntitle: Mine\nversion: "1.0"\nextends: practice\nnote: Mine.\n'
FILES = {
    "wide.yaml": WIDE,
    "narrow.yaml": WIDE.replace("stage: options", "stage: proposal").replace("[whether, options]", "[whether]"),
    "noted.yaml": f"{WIDE}notes: The same, with a note.\n",
    "broken.yaml": BROKEN,
    "passes.yaml": "{name: one, given: {openness.stage: made}, expect: {gates: [decision-made]}}\n",
    "differs.yaml": "{name: one, given: {openness.stage: made}, expect: {gates: []}}\n",
    "fails/rulebase.yaml": RULE_BASE,
    "fails/gates/idle.yaml": IDLE.replace("stage: made}", "stage: agenda}"),
    "idle/rulebase.yaml": RULE_BASE,
    "idle/gates/idle.yaml": IDLE,
    "faulty/rulebase.yaml": RULE_BASE,
    "faulty/gates/idle.yaml": IDLE.replace("title:", "titel:"),
    "folder/wide.yaml": WIDE,
}
ENDS: dict[str, list[tuple[str, int]]] = {
    "spectrum whatif": [
        ("wide.yaml", 0),
        ("wide.yaml --to inform", 0),
        ("wide.yaml --set openness.stage=made", 0),
        ("nowhere.yaml", 2),
        ("folder", 2),
        ("broken.yaml", 2),
        ("wide.yaml --part x", 2),
        ("wide.yaml --set openness.stage=maid", 2),
        ("wide.yaml --set openness.stag=made", 2),
        ("wide.yaml --set stage", 2),
        ("wide.yaml --to nowhere", 2),
        ("wide.yaml --rules faulty", 2),
    ],
    "spectrum diff": [
        ("wide.yaml wide.yaml --fail-on changed", 0),
        ("wide.yaml narrow.yaml", 0),
        ("wide.yaml narrow.yaml --fail-on never", 0),
        ("narrow.yaml wide.yaml --fail-on narrowed", 0),
        ("wide.yaml noted.yaml --fail-on narrowed", 0),
        ("wide.yaml narrow.yaml --fail-on narrowed", 1),
        ("wide.yaml narrow.yaml --fail-on changed", 1),
        ("wide.yaml noted.yaml --fail-on changed", 1),
        ("wide.yaml nowhere.yaml", 2),
        ("folder wide.yaml", 2),
        ("wide.yaml broken.yaml --fail-on changed", 2),
        ("HEAD:wide.yaml wide.yaml", 2),
        ("- -", 2),
        ("wide.yaml narrow.yaml --rules faulty", 2),
    ],
    "spectrum advise --compare": [
        ("wide.yaml narrow.yaml", 0),
        ("wide.yaml noted.yaml", 0),
        ("wide.yaml wide.yaml", 0),
        ("wide.yaml", 2),
        ("wide.yaml nowhere.yaml", 2),
        ("wide.yaml folder", 2),
        ("wide.yaml broken.yaml", 2),
        ("wide.yaml narrow.yaml --rules faulty", 2),
    ],
    "spectrum rules test": [
        ("", 0),
        ("passes.yaml", 0),
        ("--rules idle", 0),
        ("differs.yaml", 1),
        ("passes.yaml differs.yaml", 1),
        ("--rules fails", 1),
        ("--rules faulty", 2),
        ("--rules nowhere", 2),
        ("nowhere.yaml", 2),
        ("wide.yaml", 2),
        ("differs.yaml broken.yaml", 2),
    ],
    "spectrum rules verify": [
        ("", 0),
        ("--seed-only", 0),
        ("--witnesses shown", 0),
        ("--rules idle", 1),
        ("--rules idle --format json", 1),
        ("--rules faulty", 2),
        ("--rules nowhere", 2),
        ("--rules idle --seed-only", 2),
        ("--witnesses wide.yaml", 2),
    ],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("command", "rest", "status"), [(command, *row) for command, rows in ENDS.items() for row in rows]
)
def test_a_command_ends_as_the_page_says(command: str, rest: str, status: int, desk: Path) -> None:
    ran = spectrum(*command.split()[1:], *rest.split(), cwd=desk)
    assert ran.code == status, ran
    assert "Traceback" not in ran.err
    if status == 2:
        assert ran.out == ""
        assert re.search(r"SP\d{3} |spectrum: |Error: ", ran.err)


def test_the_page_has_a_row_for_each_command_and_each_status_is_tried() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("<!-- reasoning: begin -->")[2]
    rows = [line.split(" | ") for line in table.partition("<!-- reasoning: end -->")[0].splitlines() if "| `s" in line]
    assert [row[0].strip("| `") for row in rows] == list(ENDS)
    for row in rows:
        tried = {status for _, status in ENDS[row[0].strip("| `")]}
        assert tried == ({0, 2} if row[2] == "never" else {0, 1, 2})


@pytest.mark.parametrize("command", ["diff", "advise --compare"])
def test_where_a_text_cannot_be_read_the_json_is_still_one_object_with_the_diagnostics(
    command: str, desk: Path
) -> None:
    ran = spectrum(*command.split(), "wide.yaml", "broken.yaml", "--format", "json", cwd=desk)
    assert ran.code == 2
    data = json.loads(ran.out)
    texts = data["people"] if "people" in data else [data["old"], data["new"]]
    assert [[item["code"] for item in text["diagnostics"]] for text in texts] == [[], ["SP202"]]


def test_a_question_that_cannot_be_answered_writes_no_json(desk: Path) -> None:
    ran = spectrum("whatif", "broken.yaml", "--format", "json", cwd=desk)
    assert (ran.code, ran.out) == (2, "")
