"""From two texts of one decision to what differs."""

import os
from dataclasses import dataclass

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.compare import difference
from spectrum_cli.files.decision_file import Reading, read_decision, read_decision_file
from spectrum_cli.files.git import NoHistory, named_text
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, STDIN, Unreadable, decode, shown_name
from spectrum_cli.model.comparison import Difference, Text
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.workflows.narrowing import narrowed


@dataclass(frozen=True, slots=True)
class ComparedTexts:
    """What came of two texts: how they differ, or the diagnostics that say why this cannot be told."""

    old: Text
    new: Text
    difference: Difference | None


def compare_texts(old: str, new: str, rules: PreparedRules, today: str) -> ComparedTexts:
    """Read two texts of one decision and compare them. ``today`` is an ISO day.

    Each name is a path, ``-`` for standard input, or ``REVISION:PATH`` for what git has kept.
    """
    earlier, later = _read(old), _read(new)
    before, after = _text(old, earlier), _text(new, later)
    if earlier.decision is None or later.decision is None or later.source is None:
        return ComparedTexts(before, after, None)
    whole, *parts = difference(earlier.decision, later.decision, rules, today)
    found = sorted(narrowed(earlier.decision, later.decision, later.source, today), key=lambda item: item.sort_key)
    base = rules.rule_base
    return ComparedTexts(
        before, after, Difference(before, after, today, base, whole, tuple(parts), after_opening=tuple(found))
    )


def _read(name: str) -> Reading:
    if name == STDIN or ":" not in name or _is_there(name):
        return read_decision_file(name)
    shown = shown_name(name)
    try:
        source = decode(shown, named_text(name), markdown=name.lower().endswith(MARKDOWN_SUFFIXES))
    except Unreadable as error:
        return Reading(None, tuple(error.diagnostics), None)
    except (NoHistory, ValueError) as error:
        reason = one_line(str(error))
        hint = "Give a file, or REVISION:PATH with the path from the top of the repository."
        message = f"there is no such file, and git has none: {reason}"
        return Reading(None, (Diagnostic("SP101", Severity.ERROR, message, shown, hint=hint),), None)
    return read_decision(source)


def _is_there(name: str) -> bool:
    try:
        return os.path.lexists(name)
    except ValueError:
        return False


def _text(name: str, reading: Reading) -> Text:
    title = reading.decision.title if reading.decision is not None else ""
    return Text(shown_name(name), title, reading.diagnostics)
