"""docs/rules.md is made from the rule base. Make it anew with: python -m tests.rules.test_rule_pages"""

from pathlib import Path

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.render.explanation import condition_words, effect_words
from spectrum_cli.render.words import origin

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
    out += ["", "## Passages of the source document", "", "| Passage | What it says, in our words |", "|---|---|"]
    out += [f"| {passage.id} | {passage.gist} |" for passage in base.passages]
    return "\n".join(out) + "\n"


def test_the_page_of_the_rules_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == rule_page(load_rule_base("uk"))


if __name__ == "__main__":
    PAGE.write_text(rule_page(load_rule_base("uk")), encoding="utf-8")
