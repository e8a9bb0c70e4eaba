"""What is wrong with a text that YAML refuses, in words for people who do not know YAML.

PyYAML's own messages speak of tokens and block ends. Each cause that people really run into is recognised by
the line it stands on, and answered with what to write instead.
"""

import re
from typing import Any

import yaml

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

_KEY_VALUE = re.compile(r"^(?P<indent>\s*(?:- +)*)(?P<key>[^\s#:\[\]{}'\"][^:#]*?)\s*:\s+(?P<value>\S.*?)\s*$")
_QUOTED_THEN_MORE = re.compile(r"""^(?P<mark>["'])(?:(?!(?P=mark)).)*(?P=mark)\s*[^\s#,\]}].*""")
_DOCUMENT_END = re.compile(r"^\.\.\.\s", re.MULTILINE)
_PROPERTIES = {"*": "alias", "&": "anchor", "!": "tag"}


def explain_fault(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    """Turn PyYAML's error into a located sentence with a hint."""
    problem = str(error.problem or "")
    context = str(error.context or "")
    mark = error.problem_mark or error.context_mark
    line, message, hint = _cause(source, problem, context, mark, error.context_mark)
    column = mark.column + 1 if mark is not None and mark.line + 1 == line else 1
    text = source.line(line)
    column = min(column, len(text) + 1)
    code = "SP108" if "YAML" in message else "SP106"
    return Diagnostic(code, Severity.ERROR, message, source.name, Span(line, column, line, column + 1), text, hint)


def _cause(source: Source, problem: str, context: str, mark: Any, context_mark: Any) -> tuple[int, str, str]:
    number = mark.line + 1 if mark is not None else 1
    opened = context_mark.line + 1 if context_mark is not None else number
    line = source.line(number)
    if re.match(r"[ ]*\t", line):
        return number, "this line starts with a tab", "Use spaces to indent, two for each level."
    for candidate in dict.fromkeys((number, opened)):
        if "{{" in source.line(candidate):
            return candidate, "this looks like a template that was not filled in", "Replace {{ ... }} by the text."
    opening = _KEY_VALUE.match(line)
    if opening is not None and (what := _PROPERTIES.get(opening["value"][0])):
        sign = opening["value"][0]
        return number, f"a text that begins with {sign} is read as a YAML {what}", _quote_hint(line)
    if "undefined alias" in problem or ("tag" in problem and "handle" in problem):
        return number, "a YAML alias or tag stands here, which a decision file may not use", _quote_hint(line)
    if "mapping values are not allowed" in problem:
        return number, *_second_colon(line)
    if "directive" in context or line.startswith("%"):
        return number, "a line that begins with % is read as an instruction", "Put the text in quotation marks."
    if opening is not None and ("block scalar" in context or "are not allowed here" in problem):
        return number, f"a text cannot begin with {opening['value'][0]}", _quote_hint(line)
    if "cannot start any token" in problem or "alphabetic or numeric" in problem:
        sign = line[mark.column : mark.column + 1] if mark is not None else ""
        if "\t" in (sign, problem):
            return number, "a tab stands here", "Use spaces to indent, two for each level."
        return number, f"a text cannot begin with {sign or 'this sign'}", _quote_hint(line)
    if "quoted scalar" in context and "end of stream" in problem:
        return opened, "the quotation mark that opens on this line is never closed", "Add the closing mark."
    if "quoted scalar" in context:
        return number, "this text in quotation marks cannot be read", "Use '...' around a text that holds a \\."
    for candidate in dict.fromkeys((number, opened)):
        found = _KEY_VALUE.match(source.line(candidate))
        if found is None:
            continue
        value = found["value"]
        if value[0] in "[{" and not value.rstrip(",").endswith(("]", "}")) and ("]" in value or "}" in value):
            what = "list" if value[0] == "[" else "group"
            return (
                candidate,
                f"a text that begins with a bracket is read as a {what}",
                _quote_hint(source.line(candidate)),
            )
        if _QUOTED_THEN_MORE.match(value):
            return (
                candidate,
                "the quotation marks end before the text does",
                "Put the whole text in the other kind of mark: '...' or \"...\".",
            )
    if "flow" in context or "',' or" in problem:
        return opened, "a bracket that opens on this line is not closed", "Close it with ] or }, as it was opened."
    if "could not find expected ':'" in problem:
        return opened, "this line has no colon", "Write 'key: value', with a blank after the colon."
    if "block mapping" in context or "block collection" in context or "block end" in problem:
        return number, "this line does not line up with those above it", "Start the keys of one group in one column."
    if "document start" in problem and _DOCUMENT_END.search(source.text, 0, mark.index):
        return number, "a line of ... above ends the document, so nothing may stand here", "Delete the line of ..."
    return number, "this line cannot be read", "Compare it with the example of: spectrum new FILE."


def _second_colon(line: str) -> tuple[str, str]:
    found = _KEY_VALUE.match(line)
    if found is None or ": " not in found["value"] + " ":
        return "a key does not belong here", "Start the keys of one group in one column."
    return "the text holds a second colon, so it is read as a key", _quote_hint(line)


def _quote_hint(line: str) -> str:
    """Show the line as it should be, or say in general what to do where it is too long or unclear."""
    found = _KEY_VALUE.match(line)
    if found is None or len(found["value"]) > 120:
        return "Put the text in quotation marks."
    value = found["value"]
    if found["indent"].strip() == "" and "," not in value and value[-1:] in "]}" and value[0] not in "[{":
        return "Put the text in quotation marks."
    mark = "'" if '"' in value or "\\" in value else '"'
    if mark == "'":
        value = value.replace("'", "''")
    return f"Put the text in quotation marks: {found['key']}: {mark}{value}{mark}"
