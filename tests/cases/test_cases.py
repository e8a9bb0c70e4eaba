"""Cases from public life: the type that the source's definitions imply, against the type that is advised.

Each folder holds decision files and ``expected.yaml`` with, for each, the ``type``, whether the file is
``complete`` (all six questions of openness answered), whether the plan is an ``over_promise``, and why.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from jsonschema import Draft7Validator

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.assessment import Advice
from spectrum_cli.render.advice_schema import advice_schema
from spectrum_cli.render.decision_schema import decision_schema
from spectrum_cli.render.json_format import render_json
from spectrum_cli.workflows.advise import advise_file

FOLDERS = [Path(__file__).parent / name for name in ("facts", "public")]
EXPECTED = "expected.yaml"
EXAMPLES = sorted(path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.name != "README.md")


class Case(NamedTuple):
    """A decision file and what is expected of it."""

    path: Path
    type: str
    complete: bool
    over_promise: bool
    why: str

    @property
    def ident(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"


class CoreSchemaLoader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 and JSON do: dates, times, yes and no stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", "true|false", "tf"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("null", "null|~|", ["n", "~", ""]),
):
    CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), list(first))


def read_cases() -> list[Case]:
    found = []
    for folder in FOLDERS:
        expected = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
        for name, given in sorted(expected.items()):
            case = Case(folder / f"{name}.yaml", given["type"], given["complete"], given["over_promise"], given["why"])
            found.append(case)
    return found


CASES = read_cases()
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.ident)
complete_cases = pytest.mark.parametrize("case", [case for case in CASES if case.complete], ids=lambda case: case.ident)
other_cases = pytest.mark.parametrize(
    "case", [case for case in CASES if not case.complete], ids=lambda case: case.ident
)
every_file = pytest.mark.parametrize(
    "path", [*(case.path for case in CASES), *EXAMPLES], ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def advice_on(case: Case, rules: PreparedRules) -> Advice:
    result = advise_file(str(case.path), rules, with_moves=False)
    assert result.advice is not None, result.diagnostics
    return result.advice


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_is_expected_and_every_expectation_has_its_file(folder: Path) -> None:
    files = {path.stem for path in folder.glob("*.yaml")} - {Path(EXPECTED).stem}
    assert files == {case.path.stem for case in CASES if case.path.parent == folder}


@every_case
def test_a_case_is_complete_where_all_six_questions_are_answered(case: Case, practice: PreparedRules) -> None:
    contributions = advice_on(case, practice).whole.assessment.contributions
    assert len(contributions) == 6
    assert all(item.points is not None for item in contributions) is case.complete


@complete_cases
def test_a_complete_case_gets_the_type_that_the_source_implies(case: Case, practice: PreparedRules) -> None:
    found = advice_on(case, practice).whole.assessment
    assert found.type is not None
    assert (found.type.id, found.certain) == (case.type, True), case.why


@other_cases
def test_a_case_with_answers_missing_leaves_its_type_possible(case: Case, practice: PreparedRules) -> None:
    found = advice_on(case, practice).whole.assessment
    assert case.type in [kind.id for kind in found.possible_types], case.why


@every_case
def test_a_plan_is_an_over_promise_where_the_case_says_so(case: Case, practice: PreparedRules) -> None:
    verdict = advice_on(case, practice).whole.assessment.plan.verdict
    assert (verdict == "over-promise") is case.over_promise, verdict


@every_file
def test_the_advice_as_json_is_what_its_schema_says(path: Path, practice: PreparedRules) -> None:
    advice = advise_file(str(path), practice).advice
    assert advice is not None
    line = render_json(advice)
    assert "\n" not in line
    faults = [fault.message for fault in ADVICE.iter_errors(json.loads(line))]
    assert faults == []


@every_file
def test_the_decision_file_is_what_its_schema_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.split("---\n")[1]
    data = yaml.load(text, CoreSchemaLoader)
    faults = [f"{list(fault.absolute_path)}: {fault.message}" for fault in DECISION.iter_errors(data)]
    assert faults == []


ADVICE = Draft7Validator(advice_schema())
DECISION = Draft7Validator(decision_schema())
