"""What ``spectrum rules verify`` proves about a rule base, what it finds, and the files that show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.diagnostic import CodeInfo, Diagnostic, Severity
from spectrum_cli.model.rulebase import RuleBase

Values = Mapping[str, AnswerValue]
"""Answers without a file: a value for each key that is stated."""

RULE_FOLDERS = {"gate": "gates", "floor": "floors", "estimate": "estimates", "note": "notes"}
"""The folder of each kind of rule."""

AUTHOR_CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        "SP905",
        "a layer changes what it may not change",
        "It makes a gate of a lower layer looser, or restates weights, bands, key questions or the outline.",
        "Make the gate stricter or give it another id. A different framework says so: framework: own.",
    ),
    CodeInfo(
        "SP906",
        "a file of rule tests cannot be used",
        "A test has a name, answers under given, and under expect what should come of them.",
        "Follow the message.",
    ),
    CodeInfo(
        "SP911",
        "something in the rule base can never come up",
        "No decision file reaches this type, makes this rule hold or gives this finding.",
        "Look for answers that exclude each other in the condition, or remove the rule.",
    ),
    CodeInfo(
        "SP912",
        "a complete file does not have exactly one type",
        "The type would depend on something that is no answer, such as the order in which a list is written.",
        "Treat answers with equal points alike, or give them different points.",
    ),
    CodeInfo(
        "SP913",
        "a more open answer gives a less open type",
        "Two files differ in one answer, and the one with the more open answer gets the less open type.",
        "Compare the gate that is named with the gates on the neighbouring answers.",
    ),
    CodeInfo(
        "SP914",
        "a rule never makes a difference",
        "Whenever it holds, another rule of its kind does the same or more.",
        "Remove it, or change its condition or its effect.",
    ),
    CodeInfo(
        "SP915",
        "two rules contradict or repeat each other",
        "They hold for the same files with different effects, or they are the same rule twice.",
        "Keep one of the two.",
    ),
    CodeInfo(
        "SP916",
        "the types announced as possible are not exactly those that can be reached",
        "Filling in an answer could lead to a type that was not announced.",
        "Mend what SP912 and SP913 name first; it mostly follows from them.",
    ),
    CodeInfo(
        "SP917",
        "a text, source or version is missing or does not fit",
        "A text is empty, a passage is not in the outline of the source document, or a rule is newer than its layer.",
        "Follow the message.",
    ),
    CodeInfo(
        "SP918",
        "this could not be decided",
        "The question depends on too many answers at once to be settled exactly.",
        "Read fewer missing answers ('stated: false') in one condition.",
    ),
)


class Place(NamedTuple):
    """Where something stands in a rule base: the folder of its kind, its id, and the keys down to it."""

    folder: str
    id: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a rule base, before it is known in which line it stands."""

    code: str
    message: str
    at: Place
    hint: str = ""
    related: tuple[tuple[str, Place], ...] = ()
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim, the space over which it was decided, and whether it holds.

    ``size`` is how many members the space has, ``space`` says what they are.
    """

    id: str
    claim: str
    size: int
    space: str
    holds: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Answers that show something: ``kind`` and ``id`` name it, ``shows`` says it in words."""

    kind: str
    id: str
    shows: str
    values: Values


@dataclass(frozen=True, slots=True)
class Proved:
    """What the engine has to say of a rule base."""

    proofs: tuple[Proof, ...]
    faults: tuple[Fault, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """A decision file that shows something. ``others`` are files that it needs beside it."""

    kind: str
    id: str
    shows: str
    file: str
    text: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """A rule base, verified."""

    rule_base: RuleBase
    proofs: tuple[Proof, ...]
    witnesses: tuple[Witness, ...] = field(default=())
    diagnostics: tuple[Diagnostic, ...] = field(default=())
