"""How many decision files a second one process reads and assesses, against libyaml's own compose of the same text.

    python -m pip install . && python benchmarks/advise.py

The text has 40 lines and one part, so that two assessments are made for each file.
"""

import platform
import time
from collections.abc import Callable
from importlib.metadata import version

import yaml

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.document import Source
from spectrum_cli.render.json_format import render_json

TEXT = """\
spectrum: 1
title: Move the diabetes clinic to the new health centre
summary: The lease ends in June. The board proposes one new site.
owner: Eastvale Community Health
decided_by: Board of Eastvale Community Health
dates:
  opens: 2027-01-05
  closes: 2027-03-02
  decision: 2027-03-31
  feedback: 2027-04-30
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: preferred
  agenda: system
  fixed:
    - what: The present building will close
      why: The lease cannot be renewed
need:
  impact: high
  duty: express
  understanding: high
  lived_experience: medium
  contested: high
  unequal_effect: true
people:
  affected: 12000
  taking_part: 900
  groups: [people with diabetes, carers, clinic staff]
support:
  reasons: met
  pros_and_cons: planned
  effect_of_input: {state: planned, owner: Engagement team, by: 2027-04-30, evidence: Report to the board}
place: {level: local}
plan: {type: consult, methods: [survey, drop-in events]}
parts:
  - id: patient-transport
    title: How people will get to the new site
    openness: {stage: aim, open_to_change: [method], use_of_input: shapes, exchange: joint-work}
"""


def a_second(action: Callable[[], object], seconds: float = 1.0) -> float:
    """Return how often an action runs a second: the best of five rounds."""
    best = 0.0
    for _ in range(5):
        count, start = 0, time.perf_counter()
        while (taken := time.perf_counter() - start) < seconds / 5:
            action()
            count += 1
        best = max(best, count / taken)
    return best


def main() -> None:
    rules = prepare(load_rule_base())
    source = Source("clinic.yaml", TEXT)
    decision = read_decision(source).decision
    if decision is None:
        raise SystemExit("the benchmark's own decision is not valid")
    advice = advise(decision, rules)
    rows = {
        "libyaml compose, nodes only": lambda: yaml.compose(TEXT, Loader=yaml.CSafeLoader),
        "read": lambda: read_decision(source),
        "assess, whole and part": lambda: advise(decision, rules, with_moves=False),
        "read and assess": lambda: advise(read_decision(source).decision or decision, rules, with_moves=False),
        "read, assess, what would move it": lambda: advise(read_decision(source).decision or decision, rules),
        "write as JSON": lambda: render_json(advice),
    }
    print(f"Python {platform.python_version()}, PyYAML {version('PyYAML')}, {len(TEXT.splitlines())} lines a file")
    rates = {name: a_second(action) for name, action in rows.items()}
    base = rates["libyaml compose, nodes only"]
    for name, rate in rates.items():
        print(f"{name:34} {rate:9.0f} a second {rate / base:6.2f} of compose")


if __name__ == "__main__":
    main()
