"""Scripts, style and data without what they can do without: the page is e-mailed, and its sources stay readable.

Of scripts, blanks and comments go, declarations that follow one another become one, and ``const`` is written ``let``.
Names stay, and texts, templates and patterns are copied sign by sign, so what runs in the page is what stands in the
sources. Scripts must end their statements with semicolons, since a line break ends none, and hold no empty statement
before a brace.
"""

import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[\w$#@\\]+")
_BEFORE_PATTERN = re.compile(r"(?:^|[(,=:\[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|of|in|do|else|void))$")
_DECLARING = ("const", "let")


def compact_script(script: str) -> str:
    """Return a script without comments and needless signs."""
    out: list[str] = []
    gap = ""
    declaring = [False]  # for each bracket that is open, whether the statement in it declares names
    for kind, piece in pieces(script):
        if kind == "gap":
            gap = "\n" if "\n" in gap or "\n" in piece else " "
            continue
        if piece in _DECLARING:
            if declaring[-1] and out[-1] == ";":
                out[-1], gap = ",", ""
                continue
            declaring[-1], piece = True, "let"
        elif declaring[-1] and out[-1] == ";":
            declaring[-1] = False
        if piece in "([{":
            declaring.append(False)
        elif piece in ")]}":
            declaring.pop()
        if gap and out and (joint := _joint(out[-1][-1], piece[0], gap)):
            out.append(joint)
        gap = ""
        if piece == "}" and out and out[-1] == ";":
            out.pop()
        out.append(piece)
        if piece == ">" and out[-2:-1] == ["="]:
            _bare_parameter(out)
    return "".join(out) + "\n"


def _bare_parameter(out: list[str]) -> None:
    """Take the brackets from the only parameter of an arrow function."""
    match out[-6:]:
        case [before, "(", name, ")", "=", ">"] if _WORD.fullmatch(name) and not _WORD.fullmatch(before):
            out[-5:] = [name, "=", ">"]


def _joint(before: str, after: str, gap: str) -> str:
    """Return what must stand between two signs that had blanks between them."""
    if _WORD.match(before) and _WORD.match(after):
        return gap
    if before == after and before in "+-":
        return " "
    return ""


def pieces(script: str) -> Iterator[tuple[str, str]]:
    """Yield a script as gaps (blanks, comments) and code (a word, a sign, or a whole text, template or pattern)."""
    at, size = 0, len(script)
    before = ""
    while at < size:
        sign = script[at]
        if sign.isspace():
            end = at + 1
            kind = "gap"
        elif script.startswith(("//", "/*"), at) and not script.startswith("/*!", at):
            end = _end_of_comment(script, at)
            kind = "gap"
        else:
            kind = "code"
            if sign in "\"'":
                end = _end_of_text(script, at)
            elif sign == "`":
                end = _end_of_template(script, at)
            elif sign == "/" and _BEFORE_PATTERN.search(before.rstrip()):
                end = _end_of_pattern(script, at)
            else:
                word = _WORD.match(script, at)
                end = word.end() if word else at + 1
        before = (before + (script[at:end] if kind == "code" else " "))[-12:]
        yield kind, script[at:end] if kind == "code" or "\n" in script[at:end] else " "
        at = end


def _end_of_comment(script: str, start: int) -> int:
    if script.startswith("//", start):
        end = script.find("\n", start)
        return len(script) if end < 0 else end
    return script.index("*/", start) + 2


def _end_of_text(script: str, start: int) -> int:
    at = start + 1
    while script[at] != script[start]:
        at += 2 if script[at] == "\\" else 1
    return at + 1


def _end_of_template(script: str, start: int) -> int:
    at = start + 1
    while script[at] != "`":
        if script.startswith("${", at):
            at = _end_of_blank(script, at + 2)
        else:
            at += 2 if script[at] == "\\" else 1
    return at + 1


def _end_of_blank(script: str, start: int) -> int:
    """Return the place after the brace that closes a blank in a template."""
    at, depth = start, 1
    while depth:
        sign = script[at]
        if sign in "\"'":
            at = _end_of_text(script, at)
        elif sign == "`":
            at = _end_of_template(script, at)
        else:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            at += 1
    return at


def _end_of_pattern(script: str, start: int) -> int:
    at, in_class = start + 1, False
    while script[at] != "/" or in_class:
        if script[at] == "\\":
            at += 1
        elif script[at] in "[]":
            in_class = script[at] == "["
        at += 1
    return at + 1


def compact_style(style: str) -> str:
    """Return a style sheet without comments and needless blanks; texts in quotes keep theirs."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\"[^\"]*\"|'[^']*'", keep, style)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,>]) ?", r"\1", style)
    style = re.sub(r"(?<=[\w)\-]): (?=\S)", ":", style).replace(";}", "}")
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], style).strip() + "\n"


def compact_data(value: Any) -> Any:
    """Return data with each list of records that have the same keys as a table: ``{"of": keys, "rows": values}``."""
    if isinstance(value, dict):
        return {key: compact_data(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    keys = {tuple(item) if isinstance(item, dict) else () for item in value}
    if len(value) > 1 and len(keys) == 1 and (names := keys.pop()):
        return {"of": list(names), "rows": [[compact_data(item[name]) for name in names] for item in value]}
    return [compact_data(item) for item in value]
