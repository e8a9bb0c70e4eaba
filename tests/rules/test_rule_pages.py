"""docs/rules.md is made from the rule base. Make it anew with: python -m tests.rules.test_rule_pages"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.rulebase import Counterpart, RuleBase
from spectrum_cli.render.explanation import NO_SUCH_PLACE, condition_words, effect_words, level_words
from spectrum_cli.render.words import CROSSWALK_IS_APPROXIMATE, origin

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
KINDS = {"gate": "Gates", "estimate": "Estimates", "floor": "Floors", "note": "Notes"}
LEADS = {
    "gate": "A gate holds the openness to the top of one type's band. No sum of other answers lifts it past a gate.",
    "estimate": "How an unanswered question counts in the best estimate. It never changes what is possible.",
    "floor": "What the need asks for at least. A floor never raises the type; the gap is what the advice names.",
    "note": "Something to say about the decision and its type. A note never changes the type.",
}


def rule_page(base: RuleBase) -> str:
    out = [
        "# The rules",
        "",
        "Made from the rule base, all three layers. Numbers are ours; see [calibration](calibration.md).",
        "",
        f"{base.acknowledgement}.",
        "",
        "## Types",
        "",
        "| Type | Openness | Key question |",
        "|---|---|---|",
        *(f"| {kind.name} | {kind.band_from} to {kind.band_to:g} | {kind.key_question} |" for kind in base.types),
        "",
        "## Questions",
        "",
    ]
    for item in base.criteria:
        weight = f"weight {item.weight}" if item.weight else "no weight"
        out += [f"### `{item.key}`", "", f"{item.question} ({weight}; {item.mark}.) {item.because}", ""]
        for answer in item.answers:
            points = f", {answer.points} points" if answer.points is not None else ""
            out.append(f"- `{answer.value}`{points}: {answer.text}")
        out += ["", f"*{origin(item.source)}*", ""]
    for kind, heading in KINDS.items():
        out += [f"## {heading}", "", LEADS[kind], ""]
        for rule in base.of_kind(kind):
            out += [
                f"### `{rule.id}`",
                "",
                f"**{rule.title}.** When {condition_words(rule.when)}: {effect_words(rule)}",
                "",
                f"{rule.because} *{rule.layer}, since {rule.since}; {origin(rule.source)}*",
                "",
            ]
    out += ["## Prerequisites", "", "| Key | Needed from | What people have | Why |", "|---|---|---|---|"]
    for item in base.support:
        out.append(
            f"| `{item.key}` | {item.needed_from.upper()} | {item.title} | {item.because} ({origin(item.source)}) |"
        )
    out += ["", *crosswalk(base)]
    out += ["## Passages of the source document", "", "| Passage | What it says, in our words |", "|---|---|"]
    out += [f"| {passage.id} | {passage.gist} |" for passage in base.passages]
    return "\n".join(out) + "\n"


def crosswalk(base: RuleBase) -> list[str]:
    """Where each type stands in other frameworks, and what to mind in each of them."""
    frameworks = [[kind.crosswalk[place] for kind in base.types] for place in range(len(base.types[0].crosswalk))]
    out = [
        "## Other frameworks, approximately",
        "",
        f"Which levels of other frameworks come nearest to each type, numbered in that framework's own order. "
        f"{CROSSWALK_IS_APPROXIMATE}",
        "",
        f"| Type | {' | '.join(found[0].title for found in frameworks)} |",
        f"|---|{'---|' * len(frameworks)}",
    ]
    for kind in base.types:
        out.append(f"| {kind.name} | {' | '.join(level_words(item) or NO_SUCH_PLACE for item in kind.crosswalk)} |")
    out.append("")
    for found in frameworks:
        out += [f"**Mind the order:** {told}" for told in swapped(found, base)]
    for found in frameworks:
        first = found[0]
        placed = "the places are our own reading" if first.mark == "our reading" else "the places are as published"
        out += ["", f"### {first.title}", "", f"Its levels, in its own order: {', '.join(first.all_levels)}.", ""]
        out += [f"- {sentence}" for sentence in first.differs]
        out += [f"- {kind.name}: {item.note}" for kind, item in zip(base.types, found, strict=True) if item.note]
        out += ["", f"*Approximate; {placed}. {first.layer}, since {first.since}; {origin(first.source)}*"]
    return [*out, ""]


def swapped(found: Sequence[Counterpart], base: RuleBase) -> Iterator[str]:
    """Name each two types whose levels stand in the opposite order in a framework."""
    for (lower, below), (upper, above) in combinations(zip(base.types, found, strict=True), 2):
        if below.levels and above.levels:
            first = min(map(below.all_levels.index, below.levels))
            second = max(map(above.all_levels.index, above.levels))
            if second < first:
                yield (
                    f"here {lower.name} comes before {upper.name}. {below.title} has it the other way round: "
                    f"{above.all_levels[second]} ({second + 1}) comes before {below.all_levels[first]} ({first + 1})."
                )


def test_the_page_of_the_rules_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == rule_page(load_rule_base("uk"))


def section(name: str) -> str:
    whole = PAGE.read_text(encoding="utf-8").partition("## Other frameworks, approximately")[2]
    return whole.partition(f"### {name}")[2].partition("\n### ")[0].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("IAP2 Spectrum of Public Participation", "INFORM"),
        ("Arnstein's Ladder of Citizen Participation", "ENGAGE"),
        ("White's forms of participation", "CONSULT"),
        ("TLAP Ladder of Co-production", "EDUCATE"),
    ],
)
def test_every_framework_has_a_section_that_is_called_approximate_and_a_column(name: str, row: str) -> None:
    assert "*Approximate; the places are our own reading." in section(name)
    whole = PAGE.read_text(encoding="utf-8").partition("## Other frameworks, approximately")[2]
    table = [line for line in whole.splitlines() if line.startswith("|")][:8]
    column = [cell.strip() for cell in table[0].split("|")].index(name)
    (cells,) = (line.split("|") for line in table if line.startswith(f"| {row} |"))
    assert " of " in cells[column]


def test_the_trap_of_the_tlap_ladder_stands_below_the_table_and_no_other_framework_has_one() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if "**Mind the order:**" in line]
    assert told == [
        "**Mind the order:** here INFORM comes before EDUCATE. TLAP Ladder of Co-production has it the other way "
        "round: Educating (2) comes before Informing (3)."
    ]
    assert "the other way round" in section("TLAP Ladder of Co-production")


if __name__ == "__main__":
    PAGE.write_text(rule_page(load_rule_base("uk")), encoding="utf-8")
