"""What all tests have in common: the rule bases, loaded once, and answers without a file."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer, Answers, AnswerValue

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no fault of a property. In CI the same examples are tried at each run, so that a change is what
# makes it fail; elsewhere new ones are looked for.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
# In a mutation run (docs/mutation.md) a failure is all that matters, so that no smaller example is looked for.
settings.register_profile(
    "mutation", deadline=None, derandomize=True, max_examples=40, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


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


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser for all tests of a process, because its driver runs once in a process only."""
    from tests.browsers import chromium

    with chromium() as found:
        yield found
