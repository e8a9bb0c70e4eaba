"""``spectrum whatif`` as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.cli.command import BROKEN, spectrum

PLAN = """\
spectrum: 1
title: "[/b] Where the :house: benches go"
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: preferred
  agenda: system
support: {reasons: met}
plan: {type: engage}
parts:
  - id: colour
    title: The colour of the benches
    openness: {stage: aim, open_to_change: [method], use_of_input: shapes, exchange: joint-work}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "benches.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def asked(*arguments: object) -> dict:
    ran = spectrum("whatif", "--format", "json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_json_names_each_other_type_with_the_changes_that_reach_it(plan: Path) -> None:
    data = asked(plan)
    assert [target["type"] for target in data["targets"]] == ["inform", "educate", "engage", "co-design", "co-produce"]
    engage = data["targets"][2]["sets"]
    assert engage[0]["changes"] == [
        {"key": "openness.stage", "from": "proposal", "to": "options"},
        {"key": "openness.open_to_change", "from": ["whether"], "to": ["whether", "options"]},
    ]
    assert "support.perspectives" in engage[0]["support_missing"]
    assert "support.reasons" not in engage[0]["support_missing"]
    assert {"key": "openness.exchange", "from": "responses", "to": "one-way", "type": "inform"} in data["flips"]
    assert data["weights"] is None


def test_the_changes_written_into_the_file_give_the_type(plan: Path) -> None:
    for target in asked(plan)["targets"]:
        for entry in target["sets"]:
            settings = []
            for change in entry["changes"]:
                value = change["to"]
                told = f"[{', '.join(value)}]" if isinstance(value, list) else value
                settings += ["--set", f"{change['key']}={told}"]
            now = asked(plan, *settings)["now"]
            assert (now["type"], now["certain"]) == (target["type"], True)


def test_an_own_question_is_answered_beside_the_advice_as_it_is(plan: Path) -> None:
    data = asked(plan, "--set", "openness.stage=options", "--set", "openness.open_to_change=[options]")
    assert data["before"]["type"] == "consult"
    assert data["now"] == {
        "type": "engage",
        "certain": True,
        "possible_types": ["engage"],
        "openness": 50.5,
        "plan": "matches",
    }
    ran = spectrum("whatif", plan, "--set", "openness.stage=options", "--set", "openness.open_to_change=[options]")
    assert "With openness.stage: options; openness.open_to_change: [options]: ENGAGE." in ran.out
    assert "Without: CONSULT." in ran.out


@pytest.mark.parametrize(
    ("setting", "word"),
    [
        ("openness.stage=optons", "options"),
        ("openness.stge=options", "stage"),
        ("opennes.stage=options", "openness"),
        ("stage=options", "openness"),
        ("openness.stage", "key and a value"),
        ("people.affected=12,000", "12000"),
        ("summary=[x", "bracket"),
        ("title=Another", "title is no answer to try"),
        ("spectrum=2", "spectrum is no answer to try"),
        ("parts=[]", "parts is no answer to try"),
        ("x-own=3", "nothing to try"),
        ("openness.=3", "key and a value"),
        ("=3", "key and a value"),
        ("openness.stage=}{", "SP106"),
    ],
)
def test_a_wrong_setting_is_refused_in_the_words_of_the_reader(plan: Path, setting: str, word: str) -> None:
    ran = spectrum("whatif", plan, "--set", setting)
    assert ran.code == 2
    assert ran.out == ""
    assert word in ran.err
    assert "Traceback" not in ran.err


def test_one_target_shows_what_it_would_need(plan: Path) -> None:
    ran = spectrum("whatif", plan, "--to", "co-design")
    assert ran.code == 0
    assert "CO-DESIGN takes 4 answers:" in ran.out
    assert "ENGAGE takes" not in ran.out
    assert "What CO-DESIGN needs and is neither met nor planned" in ran.out


def test_weights_say_what_they_rest_on(plan: Path) -> None:
    weights = asked(plan, "--weights")["weights"]
    assert weights["gate_decides"] is True
    assert weights["reached"] == ["consult"]
    assert weights["shares"] == {"consult": 1.0}
    assert weights["seed"] == 1969
    ran = spectrum("whatif", plan, "--weights")
    assert "A gate decides: whatever the weights are, the advice is CONSULT." in ran.out
    assert "seed 1969" in ran.out
    assert "SMAA" in ran.out
    assert spectrum("whatif", plan, "--weights").out == ran.out


def test_a_part_can_be_asked_about_alone(plan: Path) -> None:
    assert asked(plan, "--part", "colour")["now"]["type"] == "co-design"
    ran = spectrum("whatif", plan, "--part", "colours")
    assert ran.code == 2
    assert "Its parts are: colour." in ran.err


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_text_from_the_file_is_never_markup(plan: Path, format: str) -> None:
    ran = spectrum("whatif", "--format", format, plan)
    assert ran.code == 0
    title = r"\[/b\] Where the \:house\: benches go" if format == "markdown" else "[/b] Where the :house: benches go"
    assert title in ran.out


def test_standard_input_and_a_broken_file() -> None:
    ran = spectrum("whatif", "-", stdin=PLAN.encode())
    assert ran.code == 0
    assert "The advice today: CONSULT." in ran.out
    broken = spectrum("whatif", "-", stdin=BROKEN.encode())
    assert (broken.code, broken.out) == (2, "")
    assert broken.err.startswith("<stdin>:3:19: SP202 ")


def test_no_line_is_wider_than_the_terminal(plan: Path) -> None:
    for columns in (30, 60, 80):
        ran = spectrum("whatif", plan, "--weights", COLUMNS=str(columns))
        assert max(map(len, ran.out.splitlines())) <= columns


@pytest.mark.parametrize("kind", ["consult", "CONSULT"])
def test_a_type_that_fits_already_needs_no_change(plan: Path, kind: str) -> None:
    ran = spectrum("whatif", plan, "--to", kind)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing has to change: the advice is CONSULT already." in ran.out
    assert "What would give another type" not in ran.out
    assert "Nothing has to change" in spectrum("whatif", plan, "--to", kind, "--format", "markdown").out
    assert asked(plan, "--to", kind)["targets"] == []


OPEN_STILL = "spectrum: 1\ntitle: Benches\nopenness: {stage: proposal, exchange: responses}\n"


def test_a_type_that_is_only_the_best_estimate_can_be_made_certain(tmp_path: Path) -> None:
    path = tmp_path / "open.yaml"
    path.write_text(OPEN_STILL, encoding="utf-8")
    before = asked(path)["before"]
    assert (before["type"], before["certain"]) == ("consult", False)
    ran = spectrum("whatif", path, "--to", "consult")
    assert "What would make CONSULT certain" in ran.out
    (target,) = asked(path, "--to", "consult")["targets"]
    settings = []
    for change in target["sets"][0]["changes"]:
        value = change["to"]
        settings += ["--set", f"{change['key']}={value if isinstance(value, str) else f'[{chr(44).join(value)}]'}"]
    now = asked(path, *settings)["now"]
    assert (now["type"], now["certain"]) == ("consult", True)


def test_an_answer_can_be_taken_away_and_this_is_said_in_words(plan: Path) -> None:
    ran = spectrum("whatif", plan, "--set", "openness.stage=unknown")
    assert "With openness.stage: not stated: " in ran.out
    assert asked(plan, "--set", "openness.stage=unknown")["set"] == [{"key": "openness.stage", "value": None}]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_weights_are_answered_even_where_there_is_nothing_to_weigh(tmp_path: Path, format: str) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("spectrum: 1\ntitle: Benches\n", encoding="utf-8")
    told = "Nothing is answered yet about how open the decision is, so there is nothing to weigh."
    assert told in spectrum("whatif", path, "--weights", "--format", format).out
    assert told not in spectrum("whatif", path, "--format", format).out


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_the_rules_are_named_with_the_acknowledgement(plan: Path, format: str) -> None:
    ran = spectrum("whatif", plan, "--format", format)
    assert "Rule base practice 1.0 (" in ran.out
    assert "peoplehub, used with acknowledgement" in ran.out
