"""The page and the program give the same answers, or one of these tests fails."""

from dataclasses import replace
from itertools import chain, islice
from typing import Any

import pytest
from playwright.sync_api import Page

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import PreparedRules, assess, prepare
from spectrum_cli.engine.changes import find_moves
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.rulebase import Criterion, RuleBase
from spectrum_cli.render.board import SCRIPTS, asset
from spectrum_cli.render.board.data import board_data
from spectrum_cli.render.json_format import advice_data, diagnostic_data, plain
from tests.board.conformance import differences, give_rules
from tests.board.vectors import EXAMPLES, all_openness, examples, few_answers, random_vectors
from tests.rules.broken import add_rule

FILES = sorted(path.name for path in EXAMPLES.glob("*.*") if path.name != "README.md")


@pytest.fixture
def with_shipped_rules(engine: Page, uk: PreparedRules) -> Page:
    give_rules(engine, uk.rule_base)
    return engine


# The shipped rules


def test_one_answer_two_answers_and_every_example(with_shipped_rules: Page, uk: PreparedRules) -> None:
    assert list(differences(with_shipped_rules, uk, chain(few_answers(uk), examples()))) == []


def test_every_combination_of_openness_with_answers_missing_too(with_shipped_rules: Page, uk: PreparedRules) -> None:
    assert list(differences(with_shipped_rules, uk, all_openness(uk))) == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_hundred_thousand_random_files(seed: int, with_shipped_rules: Page, uk: PreparedRules) -> None:
    assert list(differences(with_shipped_rules, uk, random_vectors(25_000, seed))) == []


def test_the_seed_alone(engine: Page, seed: PreparedRules) -> None:
    give_rules(engine, seed.rule_base)
    assert list(differences(engine, seed, chain(few_answers(seed), examples(), random_vectors(2_000, 5)))) == []


@pytest.mark.parametrize("name", FILES)
def test_the_advice_as_json_is_that_of_the_program_to_the_last_line_and_column(
    name: str, engine: Page, uk: PreparedRules
) -> None:
    path = EXAMPLES / name
    reading = read_decision_file(str(path))
    assert reading.decision is not None
    expected = advice_data(advise(reading.decision, uk))
    expected["diagnostics"] = [diagnostic_data(item) for item in reading.diagnostics]
    told: dict[str, Any] = engine.evaluate(
        """([text, name]) => {
            const { decision } = Spectrum.readDecision(text, name);
            return Spectrum.adviceJson(Spectrum.rules, decision, name);
        }""",
        [path.read_text(encoding="utf-8"), str(path)],
    )
    assert told == expected
    assert _keys(told) == _keys(expected)


def _keys(data: object) -> object:
    """Return the keys of plain data in their order, which an equality of dictionaries does not look at."""
    if isinstance(data, dict):
        return [(key, _keys(value)) for key, value in data.items()]
    return [_keys(item) for item in data] if isinstance(data, list) else None


def test_what_would_move_the_type(with_shipped_rules: Page, uk: PreparedRules) -> None:
    vectors = [*examples(), *islice(random_vectors(3_000, 6), 600)]
    told = with_shipped_rules.evaluate(
        """(batch) => JSON.parse(batch).map(([own, whole]) => Spectrum.whatWouldMove(comparedRules, own, whole))""",
        _json([vector.plain() for vector in vectors]),
    )
    moving = 0
    for vector, ours in zip(vectors, told, strict=True):
        moves = find_moves(assess(vector.answers(), uk), uk)
        moving += bool(moves)
        assert ours == [
            {
                "type": move.type.id,
                "changes": [
                    {"key": change.criterion.key, "from": plain(change.before), "to": plain(change.after)}
                    for change in move.changes
                ],
            }
            for move in moves
        ], vector
    assert moving > 100


def _json(value: object) -> str:
    import json

    return json.dumps(value)


# Other rules


def _changed(rule_base: RuleBase) -> dict[str, RuleBase]:
    """Return rule bases that differ from the shipped ones in one thing each, made without a file."""

    def criteria(change: Any) -> RuleBase:
        return replace(rule_base, criteria=tuple(change(item) for item in rule_base.criteria))

    weights = {item.key: item.weight for item in rule_base.criteria if item.weight}
    turned = dict(zip(weights, reversed(weights.values()), strict=True))

    def turned_points(item: Criterion) -> Criterion:
        return replace(item, answers=tuple(replace(answer, points=_squared(answer.points)) for answer in item.answers))

    gates = rule_base.of_kind("gate")
    return {
        "weights": criteria(lambda item: replace(item, weight=turned.get(item.key, 0))),
        "points": criteria(turned_points),
        "bands": replace(rule_base, types=_shifted_bands(rule_base)),
        "one gate less": replace(rule_base, rules=tuple(rule for rule in rule_base.rules if rule is not gates[3])),
        "no gates": replace(rule_base, rules=tuple(rule for rule in rule_base.rules if rule.kind != "gate")),
        "nothing but gates": replace(rule_base, rules=gates, support=()),
        "other ids": replace(rule_base, rules=tuple(replace(rule, id=f"r{rule.id[::-1]}") for rule in rule_base.rules)),
    }


def _squared(points: int | None) -> int | None:
    return None if points is None else points * points // 100


def _shifted_bands(rule_base: RuleBase) -> tuple[Any, ...]:
    starts = [0, 11, 22, 50, 71, 93]
    tops = [10.99, 21.99, 49.99, 70.99, 92.99, 100]
    return tuple(
        replace(kind, band_from=low, band_to=high)
        for kind, low, high in zip(rule_base.types, starts, tops, strict=True)
    )


@pytest.mark.parametrize(
    "change", ["weights", "points", "bands", "one gate less", "no gates", "nothing but gates", "other ids"]
)
def test_with_other_rules_both_still_agree(change: str, engine: Page, uk: PreparedRules) -> None:
    rules = prepare(_changed(uk.rule_base)[change])
    give_rules(engine, rules.rule_base)
    assert list(differences(engine, rules, chain(few_answers(rules), random_vectors(1_500, 7)))) == []


@pytest.mark.parametrize("change", ["weights", "points", "bands", "one gate less", "no gates", "nothing but gates"])
def test_a_change_on_one_side_alone_is_noticed(change: str, engine: Page, uk: PreparedRules) -> None:
    give_rules(engine, _changed(uk.rule_base)[change])
    assert next(differences(engine, uk, chain(few_answers(uk), random_vectors(500, 8))), "") != ""


def test_a_team_s_own_rule_base_with_every_operator(engine: Page, tmp_path: Any) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "rulebase.yaml").write_text(
        'id: mine\ntitle: Ours\nversion: "1.0"\nnote: Ours.\nextends: practice\n', encoding="utf-8"
    )
    add_rule(
        mine,
        "gates",
        "two-ways",
        "{any: [{answer: openness.agenda, is: system}, {all: [{answer: openness.stage, at_least: options}, "
        "{answer: openness.starting_position, in: [settled, preferred]}]}]}",
        "{holds_to: engage}",
    )
    add_rule(mine, "floors", "asked", "{not: {answer: need.contested, at_most: low}}", "{asks_for: consult}")
    add_rule(
        mine,
        "notes",
        "odd",
        "{all: [{answer: people.affected, at_least: 5, at_most: 5000}, {answer: openness.fixed, stated: true}, "
        "{not: {answer: openness.open_to_change, includes: method}}, {answer: place.local_participation, is: none}]}",
        "{says: This is odd., about: fit}",
    )
    add_rule(mine, "notes", "none-planned", "{answer: plan.type, stated: false}", "{says: No plan., about: fit}")
    add_rule(mine, "notes", "gap", "{answer: advice.gap, at_least: 2}", "{says: A wide gap., about: caution}")
    rules = prepare(load_rule_base(str(mine)))
    give_rules(engine, rules.rule_base)
    vectors = chain(few_answers(rules), examples(), random_vectors(4_000, 9))
    assert list(differences(engine, rules, vectors)) == []


# No rule knowledge in the scripts


def test_the_evaluator_names_no_rule_no_criterion_and_no_type(uk: PreparedRules) -> None:
    base = uk.rule_base
    script = asset("evaluate.js")
    names = (
        {rule.id for rule in base.rules} | {item.id for item in base.criteria} | {item.key for item in base.criteria}
    )
    names |= {answer.value for item in base.criteria if item.weight for answer in item.answers}
    names |= {kind.id for kind in base.types} | {item.key for item in base.support}
    quoted = {name for name in names for mark in "\"'`" if f"{mark}{name}{mark}" in script}
    assert quoted <= {"none"}  # the verdict on a plan that is not there


def test_the_data_of_the_page_holds_every_rule(uk: PreparedRules) -> None:
    from spectrum_cli.files.texts import load_texts

    data = board_data(uk.rule_base, load_texts())
    told = [item["id"] for kind in ("gates", "floors", "estimates", "notes") for item in data[kind]]
    assert sorted(told) == sorted(rule.id for rule in uk.rule_base.rules)
    assert data["rule_base"]["hash"] == uk.rule_base.hash
    assert data["rule_base"]["version"] == uk.rule_base.version
    assert "evaluate.js" in SCRIPTS
