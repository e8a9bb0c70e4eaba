"""Finds what a word means: a type, a key, a rule, a prerequisite, a passage or a code."""

import difflib

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision_format import FIELDS, SECTIONS
from spectrum_cli.model.diagnostic import READING_CODES, RULE_BASE_CODES, RUN_CODES
from spectrum_cli.model.explanation import Explanation
from spectrum_cli.model.plain_text import folded, one_line
from spectrum_cli.model.verification import AUTHOR_CODES
from spectrum_cli.workflows.catalogue import check_codes, slugs


class NothingToExplain(Exception):
    """The word is not known. The message names the nearest one."""


def find_explanation(what: str, rule_base_name: str) -> Explanation:
    """Return what the rule base, the format or the list of codes says about a word.

    Raises:
        NothingToExplain: no such thing is known.
        NoRuleBase: the rule base cannot be used.
    """
    base = load_rule_base(rule_base_name)
    known: dict[str, Explanation] = {}

    def add(name: str, subject: Explanation) -> None:
        known.setdefault(folded(name), subject)

    codes = {code.code: code for code in (*READING_CODES, *RUN_CODES, *RULE_BASE_CODES, *AUTHOR_CODES, *check_codes())}
    for code in codes.values():
        add(code.code, Explanation(base, code=code))
    for kind in base.types:
        add(kind.id, Explanation(base, type=kind))
    for criterion in base.criteria:
        subject = Explanation(base, criterion=criterion)
        for name in (criterion.key, criterion.key.rpartition(".")[2], criterion.id):
            add(name, subject)
    for rule in base.rules:
        add(rule.id, Explanation(base, rule=rule))
    for item in base.support:
        subject = Explanation(base, prerequisite=item)
        for name in (item.key, item.key.rpartition(".")[2], item.id):
            add(name, subject)
    for passage in base.passages:
        add(passage.id, Explanation(base, passage=passage))
    for section in SECTIONS:
        add(section.name, Explanation(base, section=section))
    for field in FIELDS.values():
        add(field.key, Explanation(base, field=field))
        add(field.name, Explanation(base, field=field))
    for slug, name in slugs().items():
        if name in codes:
            add(slug, Explanation(base, code=codes[name]))
    found = known.get(folded(what))
    if found is not None:
        return found
    near = difflib.get_close_matches(folded(what), known, 1, 0.6)
    hint = f"Did you mean {near[0]}?" if near else "Try a type, such as engage, or an id from: spectrum rules list."
    raise NothingToExplain(f"nothing is known about '{one_line(what)[:60]}'. {hint}")
