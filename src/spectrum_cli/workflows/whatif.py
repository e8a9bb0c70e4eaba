"""What would change an advice, for the whole of a file or for one of its parts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.changes import what_if
from spectrum_cli.engine.weights import weight_analysis
from spectrum_cli.files.decision_file import read_decision, read_decision_file
from spectrum_cli.model.assessment import Assessment, WhatIf
from spectrum_cli.model.decision import Answer, Answers, AnswerValue, Decision
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.rulebase import RuleBase

COMMAND_LINE = "--set"
_NO_ANSWERS = ("spectrum", "title", "parts")


class CannotAsk(Exception):
    """The question cannot be answered. It carries diagnostics, or a sentence alone."""

    def __init__(self, message: str, *diagnostics: Diagnostic) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class AskedWhatIf:
    """The answer to a question: the advice as it is, with the answers that were tried, and what would change it.

    ``tried`` holds the keys and values of ``--set``; ``result`` speaks of the file with them, ``before`` without.
    """

    file: str
    title: str
    rule_base: RuleBase
    before: Assessment
    tried: tuple[tuple[str, AnswerValue], ...]
    result: WhatIf
    weights_wanted: bool = False


def ask_what_if(
    path: str,
    rules: PreparedRules,
    *,
    part: str = "",
    settings: Sequence[str] = (),
    to: str = "",
    weights: bool = False,
) -> AskedWhatIf:
    """Answer what would change the advice on a file.

    Raises:
        CannotAsk: the file cannot be read, has no such part, or a ``--set`` is not an answer.
    """
    reading = read_decision_file(path)
    if reading.decision is None:
        raise CannotAsk("", *reading.diagnostics)
    tried = _tried(settings)
    return ask_about(reading.decision, rules, tried, part=part, to=to, weights=weights)


def ask_about(
    decision: Decision,
    rules: PreparedRules,
    tried: Answers,
    *,
    part: str = "",
    to: str = "",
    weights: bool = False,
) -> AskedWhatIf:
    """Answer what would change the advice on a decision that has been read, with some answers tried.

    Raises:
        CannotAsk: the decision has no such part.
    """
    before = _assessed(decision, part, {}, rules)
    found = _assessed(decision, part, tried, rules) if tried else before
    only = rules.rule_base.type(to) if to else None
    result = what_if(found, rules, only)
    if weights:
        result = replace(result, weights=weight_analysis(found, rules))
    return AskedWhatIf(
        file=decision.file,
        title=found.title,
        rule_base=rules.rule_base,
        before=before,
        tried=tuple((key, answer.value) for key, answer in tried.items()),
        result=result,
        weights_wanted=weights,
    )


def _assessed(decision: Decision, part: str, tried: Answers, rules: PreparedRules) -> Assessment:
    if not part:
        return assess({**decision.answers, **tried}, rules, title=decision.title)
    own = next((item for item in decision.parts if item.id == part), None)
    if own is None:
        known = ", ".join(item.id for item in decision.parts)
        there = f"Its parts are: {known}." if known else "It has no parts."
        raise CannotAsk(f"{decision.file}: there is no part '{part}'. {there}")
    return assess({**decision.part_answers(own), **tried}, rules, ident=own.id, title=own.title)


def _tried(settings: Sequence[str]) -> dict[str, Answer]:
    """Read each ``key=value`` as the decision file would, so that it is refused in the same words."""
    tried: dict[str, Answer] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        section, dot, name = key.strip().partition(".")
        if not equals or not section or (dot and not name.strip()):
            raise CannotAsk(f"--set {setting}: write a key and a value, such as openness.stage=options")
        if section in _NO_ANSWERS:
            raise CannotAsk(f"--set {setting}: {section} is no answer to try. Try one such as openness.stage=options")
        body = f"{section}:\n  {name}: {value}" if dot else f"{section}: {value}"
        reading = read_decision(Source(f"{COMMAND_LINE} {setting}", f"spectrum: 1\ntitle: A question\n{body}\n"))
        faults = [item for item in reading.diagnostics if item.severity is Severity.ERROR]
        if reading.decision is None or faults:
            raise CannotAsk("", *(item._replace(span=None, line_text="", related=()) for item in faults))
        answers = {name: answer for name, answer in reading.decision.answers.items() if name != "title"}
        if not answers:
            raise CannotAsk(f"--set {setting}: no rule reads this, so there is nothing to try")
        tried.update({name: Answer(answer.value, 0, 0, 0, 0) for name, answer in answers.items()})
    return tried
