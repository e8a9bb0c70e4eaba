"""What all tests have in common: the rule bases, loaded once, and answers without a file."""

from collections.abc import Callable

import pytest

from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer, Answers, AnswerValue


@pytest.fixture(scope="session")
def practice() -> PreparedRules:
    return prepare(load_rule_base("practice"))


@pytest.fixture(scope="session")
def seed() -> PreparedRules:
    return prepare(load_rule_base("peoplehub"))


@pytest.fixture(scope="session")
def uk() -> PreparedRules:
    return prepare(load_rule_base("uk"))


@pytest.fixture(scope="session")
def given() -> Callable[[dict[str, AnswerValue]], Answers]:
    """Turn plain values into answers."""
    return lambda values: {key: Answer(value, 1, 1, 1, 1) for key, value in values.items()}
