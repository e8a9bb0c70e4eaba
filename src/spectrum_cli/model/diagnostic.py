"""What the program has to say about a file: frozen values that anyone may yield and only renderers print.

Diagnostics are tuples, because they pass between processes by the ten thousand.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from spectrum_cli.model.location import Span


class Severity(StrEnum):
    """How much a diagnostic matters. Only an error stops the reading of a file."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Related(NamedTuple):
    """A second place that explains a diagnostic, in the same file unless it names another."""

    message: str
    span: Span
    line_text: str
    file: str = ""


class Diagnostic(NamedTuple):
    """One fault or finding, at its place.

    ``code`` is permanent (``SP`` and three digits: 1xx reading, 2xx shape, 9xx rule base). ``span`` is None
    where no one place is right, such as an empty file. ``line_text`` is the line the span starts on.
    """

    code: str
    severity: Severity
    message: str
    file: str
    span: Span | None = None
    line_text: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """Order within a file: by place, then by code."""
        line, column = (self.span.line, self.span.column) if self.span else (0, 0)
        return line, column, self.code, self.message


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """What a diagnostic code means, for ``spectrum explain`` and the docs."""

    code: str
    title: str
    meaning: str
    mend: str


RULE_BASE_CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        "SP901",
        "the rule base cannot be used",
        "There is no rule base of this name or in this folder, a file in it cannot be read, or it extends itself.",
        "Name a shipped layer (peoplehub, practice, uk) or a folder that holds a rulebase.yaml.",
    ),
    CodeInfo(
        "SP902",
        "a file of the rule base has the wrong shape",
        "A key is missing, unknown or of the wrong kind, or a condition uses something else than the known operators.",
        "Follow the message; compare the file with one of the same folder in the shipped layers.",
    ),
    CodeInfo(
        "SP903",
        "the rule base does not hang together",
        "A rule names an answer, a type or a passage that does not exist, weights or bands do not add up, or a case "
        "is missing.",
        "Follow the message.",
    ),
    CodeInfo(
        "SP904",
        "two things in the rule base have the same id",
        "Ids are unique over all layers, so that a rule can be named in an output.",
        "Give your own rule or layer another id.",
    ),
)

RUN_CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        "SP121",
        "the settings cannot be used",
        "spectrum.toml, [tool.spectrum] in pyproject.toml or a baseline is missing, not valid, or has unknown keys.",
        "Follow the message. The nearest settings file at or above the first path is the one that counts.",
    ),
    CodeInfo(
        "SP122",
        "a decision could not be worked through",
        "The process that read this decision ended, or the program failed, while a portfolio was read on a cluster. "
        "It was tried again by itself, with the same end. All other decisions have their rows.",
        "Read it by itself with spectrum portfolio. It may need more memory than a worker has.",
    ),
)

READING_CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        "SP101",
        "the file cannot be opened",
        "The path is missing, is a folder, is a link in a circle, or may not be read.",
        "Check the path. Give one file, or - to read from standard input.",
    ),
    CodeInfo(
        "SP102",
        "the file is not UTF-8 text",
        "A byte does not belong to UTF-8, the one encoding that decision files use.",
        "Save the file again as UTF-8. Most editors offer this under 'save as' or 'encoding'.",
    ),
    CodeInfo(
        "SP103",
        "the file is too large",
        "Decision files are short texts. Reading stops at 1 MiB, 64 levels of nesting, 200 parts and 100 faults.",
        "Keep long documents elsewhere and point to them; split a decision with very many parts.",
    ),
    CodeInfo(
        "SP104",
        "a control character stands in the file",
        "Control characters cannot be seen and are not allowed in a decision file.",
        "Delete the character at the place shown.",
    ),
    CodeInfo(
        "SP105",
        "there is nothing to read",
        "The file is empty, or holds only comments.",
        "Start from a template: spectrum new FILE.",
    ),
    CodeInfo(
        "SP106",
        "the text is not well-formed YAML",
        "The line cannot be read as keys and values.",
        "Follow the hint. Most often a text needs quotation marks, or a line starts with a tab.",
    ),
    CodeInfo(
        "SP107",
        "a key stands twice",
        "Two equal keys in one place contradict each other, and no rule says which one counts.",
        "Keep one of the two.",
    ),
    CodeInfo(
        "SP108",
        "an anchor, alias, merge key or tag is used",
        "These YAML features hide what a file says from people who read it. Decision files are plain data.",
        "Write the value out. Put a text that starts with & * or ! in quotation marks.",
    ),
    CodeInfo(
        "SP109",
        "the file holds more than one document",
        "A line of three dashes starts a second document. A decision file holds one decision.",
        "Put each decision in a file of its own, or use parts.",
    ),
    CodeInfo(
        "SP110",
        "the Markdown file has no front matter that can be read",
        "A Markdown proposal is read by its front matter: YAML between two lines of three dashes at the top.",
        "Start the file with ---, write the decision below it, and close with ---.",
    ),
    CodeInfo(
        "SP111",
        "a text may go on after a #",
        "YAML takes a blank and # for the beginning of a comment, so a text such as 'Ward #4 plan' ends before the #. "
        "This is a warning: the advice is given all the same.",
        "Put the whole text in quotation marks if # belongs to it. After a real comment's # leave a blank.",
    ),
    CodeInfo(
        "SP201",
        "an unknown key",
        "The decision file format does not have this key in this place.",
        "Use the key that the message names. Keys that begin with x- are your own and are ignored.",
    ),
    CodeInfo(
        "SP202",
        "an unknown value",
        "The answer is not one of those that the format knows for this key.",
        "Use one of the answers that the message lists, or 'unknown'.",
    ),
    CodeInfo(
        "SP203",
        "a required key is missing",
        "Every file needs 'spectrum: 1' and a title; every part needs an id and a title.",
        "Add the key.",
    ),
    CodeInfo(
        "SP204",
        "a value of the wrong shape",
        "A list, a group of keys or a single value stands where another of these is expected.",
        "Follow the example in the hint.",
    ),
    CodeInfo(
        "SP205",
        "a number that cannot be read",
        "Counts are whole numbers of 0 or more, written in digits.",
        "Write digits only, such as 12000.",
    ),
    CodeInfo(
        "SP206",
        "a date that cannot be read",
        "Dates are days that exist, written year-month-day.",
        "Write the date like 2027-03-31, without a time.",
    ),
    CodeInfo(
        "SP207",
        "an answer that must stand alone",
        "'nothing' and 'unknown' cannot be combined with other answers in one list.",
        "Keep either the one or the others.",
    ),
    CodeInfo(
        "SP208",
        "two parts with the same id",
        "The id of a part is how people and programs refer to it.",
        "Give each part an id of its own.",
    ),
)
