"""What a report knows of the codes."""

import re

import pytest

from spectrum_cli.checks import CHECKS
from spectrum_cli.model.diagnostic import READING_CODES, Severity
from spectrum_cli.model.report import READING_SLUGS, check_rule, fingerprint, reading_rules
from tests.render.reports.samples import NASTY_FILES, finding

DOC = """The title.

What it checks:
    One thing.

Why it matters:
    People who are promised more find out.
    The next invitation is then not believed.

Example:
    Not this.

Instead:
    Plan the type that fits, or
    open more.
"""


def test_every_code_about_reading_has_a_slug_of_its_own():
    assert list(READING_SLUGS) == [item.code for item in READING_CODES]
    assert len(set(READING_SLUGS.values())) == len(READING_SLUGS)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) for slug in READING_SLUGS.values())


def test_slugs_of_checks_and_of_reading_do_not_meet():
    assert not {module.INFO.slug for module in CHECKS} & set(READING_SLUGS.values())


def test_reading_stops_at_everything_but_the_text_after_a_hash():
    assert [rule.code for rule in reading_rules() if rule.severity is not Severity.ERROR] == ["SP111"]
    assert all(rule.title and rule.why and rule.instead for rule in reading_rules())


@pytest.mark.parametrize("module", CHECKS, ids=lambda module: module.INFO.code)
def test_a_check_says_why_and_what_instead(module):
    rule = check_rule(module.INFO, module.__doc__ or "")
    assert (rule.code, rule.slug, rule.severity) == (module.INFO.code, module.INFO.slug, module.INFO.severity)
    assert rule.why
    assert rule.instead


def test_the_parts_of_a_docstring_are_taken_apart():
    rule = check_rule(CHECKS[0].INFO, DOC)
    assert rule.why == "People who are promised more find out. The next invitation is then not believed."
    assert rule.instead == "Plan the type that fits, or open more."
    assert (check_rule(CHECKS[0].INFO).why, check_rule(CHECKS[0].INFO, "Instead:").instead) == ("", "")


def test_a_fingerprint_can_be_made_of_any_name():
    made = {fingerprint(finding(file=name), 0) for name in NASTY_FILES}
    assert len(made) == len(NASTY_FILES)
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in made)


def test_a_fingerprint_is_the_same_on_every_system_and_for_all_time():
    assert fingerprint(finding(file=".\\plans\\bridge.yaml"), 0) == fingerprint(finding(), 0)
    assert fingerprint(finding(), 0) == "45550694d1fbf74d1eb714864627bc17"
