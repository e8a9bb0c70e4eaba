"""Every code that a report of ``spectrum check`` can contain, and what it means."""

from dataclasses import replace

from spectrum_cli.checks import CHECKS
from spectrum_cli.model.diagnostic import CodeInfo
from spectrum_cli.model.report import RuleInfo, check_rule, doc_part, reading_rules
from spectrum_cli.workflows.narrowing import NARROWED
from spectrum_cli.workflows.suppression import NO_REASON, UNUSED

PARTS = ("What it checks:", "Why it matters:", "Example:", "Instead:")

# What is found by comparing texts or comments, and so has no module among the checks.
_OTHERS: tuple[RuleInfo, ...] = (
    replace(
        check_rule(NARROWED),
        why="People took part because of what was said to be open. Taking it back afterwards breaks the promise.",
        instead="Tell the people who took part what changed and why, or give the offer back.",
    ),
    replace(
        check_rule(NO_REASON),
        why="A finding that is put aside without a reason cannot be reviewed. It is reported all the same.",
        instead="Name the code and the reason: # spectrum: ignore[SP301] agreed with the panel on 3 May",
    ),
    replace(
        check_rule(UNUSED),
        why="A comment that suppresses nothing would hide the next finding of its kind.",
        instead="Delete the comment.",
    ),
)


def catalogue() -> tuple[RuleInfo, ...]:
    """Return what there is to say about each code, in the order of the codes."""
    checks = [check_rule(module.INFO, module.__doc__ or "") for module in CHECKS]
    return tuple(sorted((*reading_rules(), *checks, *_OTHERS), key=lambda rule: rule.code))


def check_codes() -> list[CodeInfo]:
    """Return the codes of the checks as they are explained: everything that their docstrings say."""
    found = []
    for module in CHECKS:
        what, why, example, instead = (doc_part(module.__doc__ or "", part) for part in PARTS)
        meaning = f"{what} {why} For example: {example}"
        found.append(CodeInfo(module.INFO.code, module.INFO.title, meaning, instead))
    for rule in _OTHERS:
        found.append(CodeInfo(rule.code, rule.title, rule.why, rule.instead))
    return found


def slugs() -> dict[str, str]:
    """Return the code of each slug."""
    return {rule.slug: rule.code for rule in catalogue()}
