"""The examples against the table in their README, and what the collection as a whole promises."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.assessment import Advice
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.workflows.advise import advise_file

EXAMPLES = Path(__file__).parents[2] / "examples"
README = EXAMPLES / "README.md"
HEADER = "| File | What it shows | Type | Certain? | Planned | Source |"


class Row(NamedTuple):
    """One line of the table."""

    file: str
    shows: str
    type: str
    certain: str
    planned: str
    source: str


def read_rows() -> list[Row]:
    lines = README.read_text(encoding="utf-8").splitlines()
    start = lines.index(HEADER) + 2
    end = lines.index("", start)
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines[start:end]]


ROWS = read_rows()
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.file[1:].partition("]")[0])


def name_of(row: Row) -> str:
    found = re.fullmatch(r"\[(.+)\]\((.+)\)", row.file)
    assert found is not None
    assert found[1] == found[2]
    return found[1]


def text_of(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def advice_on(name: str, rules: PreparedRules) -> Advice:
    result = advise_file(str(EXAMPLES / name), rules, with_moves=False)
    assert result.advice is not None, result.diagnostics
    return result.advice


@pytest.fixture(scope="module")
def collection(practice: PreparedRules) -> dict[str, Advice]:
    return {name_of(row): advice_on(name_of(row), practice) for row in ROWS}


def test_the_table_lists_every_file_once_grouped_by_type() -> None:
    names = [name_of(row) for row in ROWS]
    assert sorted(names) == sorted(path.name for path in EXAMPLES.iterdir() if path != README)
    order = [TYPE_IDS.index(row.type.lower()) for row in ROWS]
    assert order == sorted(order)


@every_row
def test_the_table_says_what_the_program_says(row: Row, collection: dict[str, Advice]) -> None:
    found = collection[name_of(row)].whole.assessment
    assert found.type is not None
    plan = found.plan
    planned = "not stated"
    if plan.type is not None:
        planned = plan.type.name if plan.verdict == "matches" else f"{plan.type.name} ({plan.verdict})"
    assert (row.type, row.certain, row.planned) == (found.type.name, "yes" if found.certain else "no", planned)


@every_row
def test_a_file_begins_with_the_comment_that_the_table_repeats(row: Row) -> None:
    first, second = text_of(name_of(row)).splitlines()[:2]
    assert f"# {row.shows}" == (second if first == "---" else first)


@every_row
def test_a_file_names_its_source_and_the_table_links_to_it(row: Row) -> None:
    text = text_of(name_of(row))
    assert re.search(r"^x-source:", text, re.MULTILINE)
    link = re.fullmatch(r"\[.+\]\((.+)\)", row.source)
    address = re.search(r"https?://\S+", text.partition("x-source:")[2])
    assert (link[1] if link else None) == (address[0] if address else None)


@every_row
def test_a_file_is_no_wider_than_110_columns_except_for_an_address(row: Row) -> None:
    wide = [line for line in text_of(name_of(row)).splitlines() if len(line) > 110 and "://" not in line]
    assert wide == []


def test_a_path_that_a_file_names_is_there(collection: dict[str, Advice]) -> None:
    paths = [
        str(answer.value)
        for advice in collection.values()
        if (answer := advice.whole.assessment.answers.get("place.implements")) is not None and answer.value
    ]
    assert paths == ["diabetes-plan.yaml"]
    assert all((EXAMPLES / path).is_file() for path in paths)


def test_every_type_has_three_examples(collection: dict[str, Advice]) -> None:
    counts = Counter(kind.id for advice in collection.values() if (kind := advice.whole.assessment.type) is not None)
    assert set(counts) == set(TYPE_IDS)
    assert min(counts.values()) >= 3
    assert counts.total() >= 24


def test_every_type_has_three_examples_of_which_it_is_certain(collection: dict[str, Advice]) -> None:
    counts = Counter(
        kind.id
        for advice in collection.values()
        if (kind := advice.whole.assessment.type) is not None and advice.whole.assessment.certain
    )
    assert set(counts) == set(TYPE_IDS)
    assert min(counts.values()) >= 3


def test_four_examples_promise_too_much(collection: dict[str, Advice]) -> None:
    verdicts = Counter(advice.whole.assessment.plan.verdict for advice in collection.values())
    assert verdicts["over-promise"] >= 4


def test_two_examples_have_parts_and_the_readme_names_them(collection: dict[str, Advice]) -> None:
    with_parts = [name for name, advice in collection.items() if advice.parts]
    assert len(with_parts) >= 2
    paragraph = next(part for part in README.read_text(encoding="utf-8").split("\n\n") if "have parts" in part)
    assert sorted(re.findall(r"\]\(([^)]+)\)", paragraph)) == sorted(with_parts)


def test_three_examples_have_answers_missing_and_one_is_markdown(collection: dict[str, Advice]) -> None:
    missing = [
        name
        for name, advice in collection.items()
        if any(item.points is None for item in advice.whole.assessment.contributions)
    ]
    assert len(missing) >= 3
    assert any(name.endswith(".md") for name in collection)
