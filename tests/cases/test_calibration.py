"""What docs/calibration.md says about the cases, counted again."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.model.decision_format import TYPE_IDS
from tests.cases.test_cases import CASES, advice_on

PAGE = Path(__file__).parents[2] / "docs" / "calibration.md"


def row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def confusion(rules: PreparedRules, *, complete: bool) -> list[str]:
    """The advised type of each case against the expected one, as the rows of a table."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in CASES:
        if case.complete is complete:
            found = advice_on(case, rules).whole.assessment.type
            counts[case.type, found.id if found else "none"] += 1
    names = [kind.upper() for kind in TYPE_IDS]
    rows = [row(["Expected", *names]), row(["---", *["--:"] * 6])]
    for expected in TYPE_IDS:
        rows.append(row([expected.upper(), *(str(counts[expected, advised]) for advised in TYPE_IDS)]))
    assert sum(counts.values()) == sum(counts[one, two] for one in TYPE_IDS for two in TYPE_IDS)
    return rows


def with_some_gates(rules: PreparedRules) -> list[str]:
    """How many complete cases get the expected type, and plans the right verdict, with some of the gates only."""
    base = rules.rule_base
    complete = [case for case in CASES if case.complete]
    kept: dict[str, tuple[str, ...]] = {"all gates": tuple(gate.rule.id for gate in rules.gates)}
    for criterion in rules.grid.criteria:
        own = tuple(gate.rule.id for gate in rules.gates if gate.keys == (criterion.key,))
        if own:
            kept[f"only those of `{criterion.key}`"] = own
    kept["none: the sum alone"] = ()
    header = [f"Right type, of {len(complete)} complete cases", f"Right verdict on the plan, of {len(CASES)}"]
    rows = [row(["Gates kept", *header]), row(["---", "--:", "--:"])]
    for name, ids in kept.items():
        some = prepare(replace(base, rules=tuple(r for r in base.rules if r.kind != "gate" or r.id in ids)))
        found = [(case, advice_on(case, some).whole.assessment) for case in CASES]
        types = sum(item.type is not None and item.type.id == case.type for case, item in found if case.complete)
        verdicts = sum((item.plan.verdict == "over-promise") is case.over_promise for case, item in found)
        rows.append(row([name, str(types), str(verdicts)]))
    return rows


def block(name: str) -> list[str]:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, name
    return found[1].splitlines()


def test_the_tables_of_complete_and_other_cases_are_as_the_page_shows_them(practice: PreparedRules) -> None:
    assert block("complete cases") == confusion(practice, complete=True)
    assert block("other cases") == confusion(practice, complete=False)


def test_what_the_gates_carry_is_as_the_page_shows_it(practice: PreparedRules) -> None:
    assert block("gates") == with_some_gates(practice)


def test_the_numbers_that_the_page_names_are_counted(practice: PreparedRules) -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    complete = sum(case.complete for case in CASES)
    sizes = [len(advice_on(case, practice).whole.assessment.possible_types) for case in CASES if not case.complete]
    assert f"{len(CASES)} cases" in text
    assert f"{complete} of them answer all six questions" in text
    assert f"{sizes.count(1)} of the {len(sizes)} others are certain all the same" in text


def test_seed_and_practice_agree_on_the_type_of_every_case(practice: PreparedRules, seed: PreparedRules) -> None:
    for case in CASES:
        one, two = (advice_on(case, rules).whole.assessment.type for rules in (practice, seed))
        assert (one and one.id) == (two and two.id), case.ident
