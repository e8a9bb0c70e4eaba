"""From several people's files on one decision to where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.compare import compare_parts, compare_whole, part_members
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.reading import shown_name
from spectrum_cli.model.comparison import Comparison, Text


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """What came of the files: a comparison, or the diagnostics of those that could not be read."""

    people: tuple[Text, ...]
    comparison: Comparison | None


def compare_people(paths: Sequence[str], rules: PreparedRules) -> ComparedPeople:
    """Read the files of two or more people and compare their answers."""
    readings = [read_decision_file(path) for path in paths]
    people = tuple(
        Text(shown_name(path), reading.decision.title if reading.decision is not None else "", reading.diagnostics)
        for path, reading in zip(paths, readings, strict=True)
    )
    decisions = [reading.decision for reading in readings if reading.decision is not None]
    if len(decisions) < len(people):
        return ComparedPeople(people, None)
    comparison = Comparison(
        people=people,
        rule_base=rules.rule_base,
        whole=compare_whole(decisions, rules),
        parts=compare_parts(decisions, rules),
        lone_parts=tuple((ident, who[0]) for ident, who in part_members(decisions).items() if len(who) == 1),
    )
    return ComparedPeople(people, comparison)
