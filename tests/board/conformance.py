"""Compares the page's evaluator with the program, answer by answer, in a real browser.

Run it by hand for more than the tests do::

    python -m tests.board.conformance --random 1000000 --seed 7
"""

import argparse
import json
import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from spectrum_cli.engine.assess import PreparedRules, assess, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.assessment import Assessment, Outcome
from spectrum_cli.model.decision_format import FIELDS, SUPPORT_FIELDS, SUPPORT_KEYS
from spectrum_cli.model.rulebase import ParticipationType, RuleBase
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data
from tests.board.vectors import Vector, all_openness, examples, few_answers, random_vectors
from tests.browsers import Evaluating, chromium

BATCH = 4000
TOLERANCE = 1e-9
SHOWN = 10

# What the two are compared by: numbers, then words. The page tells it in the same order. Answers go to the page as a
# list of keys, by their places, and values.
TELL = """
(batch) => {
  const { keys, vectors } = JSON.parse(batch);
  const answers = (list) => {
    const found = {};
    for (let place = 0; place < list.length; place += 2) found[keys[list[place]]] = list[place + 1];
    return found;
  };
  return JSON.stringify(vectors.map(([own, whole]) => {
    const found = Spectrum.evaluate(window.comparedRules, answers(own), whole ? answers(whole) : undefined);
    const { openness, need, readiness, next_question: next, plan } = found;
    const rules = (list) => list.map((item) => item.rule).join();
    return [
      [openness.value, openness.low, openness.high, openness.before_gates, next && next.expected_types,
       ...found.contributions.map((item) => item.points)],
      [found.type, found.certain, found.possible_types.join(), rules(found.gates), next && next.key,
       need.floor, need.gap, need.unanswered.join(), rules(need.reasons),
       readiness.state, readiness.supported_type, readiness.planned_type,
       readiness.prerequisites.map((item) => item.key + item.state[0]).join(), plan.type, plan.verdict,
       rules(found.estimates), rules(found.notes), found.contributions.map((item) => item.counted).join(),
       found.fixed.length, found.trace.map((item) => item.outcome[0]).join(""), Object.keys(found.answers).length],
    ];
  }));
}
"""
KEYS = (*FIELDS, *(f"{key}.{detail.key}" for key in SUPPORT_KEYS for detail in SUPPORT_FIELDS[1:]))


_PLACES = {key: place for place, key in enumerate(KEYS)}


def program_tells(found: Assessment) -> list[Any]:
    """Return what the program says, in the order in which the page tells it."""
    openness, need, ready, plan = found.openness, found.need, found.readiness, found.plan
    question = found.next_question
    outcomes = {True: "h", False: "f", None: "u"}

    def rules(list_: Iterable[Outcome]) -> str:
        return ",".join(item.rule.id for item in list_)

    return [
        [
            openness.value,
            openness.low,
            openness.high,
            openness.before_gates,
            round(question.expected, 2) if question else None,
            *(item.points for item in found.contributions),
        ],
        [
            _id(found.type),
            found.certain,
            ",".join(kind.id for kind in found.possible_types),
            rules(found.gates),
            question.criterion.key if question else None,
            _id(need.floor),
            need.gap,
            ",".join(need.unanswered),
            rules(item for item in need.floors if item.holds),
            ready.state,
            _id(ready.supported_type),
            _id(ready.planned_type),
            ",".join(item.prerequisite.key + item.state[0] for item in ready.prerequisites),
            _id(plan.type),
            plan.verdict,
            rules(found.estimates),
            rules(found.notes),
            ",".join(item.counted or "" for item in found.contributions),
            len(found.fixed),
            "".join(outcomes[item.holds] for item in found.trace),
            sum(answer.value is not None for answer in found.answers.values()),
        ],
    ]


def _id(kind: ParticipationType | None) -> str | None:
    return kind.id if kind else None


def give_rules(page: Evaluating, rule_base: RuleBase) -> None:
    """Let the page's evaluator work from a rule base, whichever it carries itself."""
    data = json.dumps(board_data(rule_base, load_texts()))
    page.evaluate("(data) => { window.comparedRules = JSON.parse(data); }", data)


def differences(page: Evaluating, rules: PreparedRules, vectors: Iterable[Vector]) -> Iterator[str]:
    """Yield a line for each vector about which the page and the program do not say the same."""
    remaining = iter(vectors)
    while batch := list(islice(remaining, BATCH)):
        told = json.loads(page.evaluate(TELL, json.dumps({"keys": KEYS, "vectors": [_sent(item) for item in batch]})))
        for vector, ours in zip(batch, told, strict=True):
            theirs = program_tells(assess(vector.answers(), rules))
            if ours[1] != theirs[1] or not all(map(_near, ours[0], theirs[0])):
                yield f"{vector.name}: {vector.plain()}\n  page:    {ours}\n  program: {theirs}"


def _sent(vector: Vector) -> list[Any]:
    return [
        None if values is None else [part for key, value in values.items() for part in (_PLACES[key], value)]
        for values in vector.plain()
    ]


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0, abs_tol=TOLERANCE)


def main() -> None:
    """Compare all small combinations, all examples and a number of random files; print what differs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--random", type=int, default=100_000, help="how many random files")
    parser.add_argument("--seed", type=int, default=1, help="of the random files")
    parser.add_argument("--rules", default="uk", help="the rule base: a name or a folder")
    chosen = parser.parse_args()
    rules = prepare(load_rule_base(chosen.rules))
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(render_board(board_data(rules.rule_base, load_texts())))
        give_rules(page, rules.rule_base)
        vectors = chain(few_answers(rules), all_openness(rules), examples(), random_vectors(chosen.random, chosen.seed))
        count = 0

        def counted() -> Iterator[Vector]:
            nonlocal count
            for vector in vectors:
                count += 1
                yield vector

        found = list(differences(page, rules, counted()))
    print(*found[:SHOWN], sep="\n")  # noqa: T201
    print(f"{count} compared, {len(found)} differ")  # noqa: T201
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
