"""docs/api.md is made from the docstrings of the Python API. Make it anew with: python -m tests.docs.api_pages"""

import inspect
import re
import typing
from pathlib import Path
from types import FunctionType

from spectrum_cli import api

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
FIRST = ("advise", "what_if", "check_files", "portfolio", "load_rule_base")
# Documented where they are made; here stands what they are for.
ELSEWHERE = {
    "Row": "One row of a portfolio. [The portfolio](portfolio.md#the-columns) lists what it holds.",
    "RuleBase": "A rule base that is loaded. Hand it on as `rules`. `id`, `version`, `hash` and `types` say what it "
    "is.",
    "Diagnostic": "A fault or a finding: `code`, `severity`, `message`, `file`, `span` (with `line` and `column`, or "
    "None), `hint`.",
    "NoRuleBase": "The rule base cannot be used. `diagnostics` say why.",
    "BadSettings": "The settings that were found cannot be used. `diagnostics` say why.",
    "MissingExtra": "What is asked for needs a package that is not installed. The message says how to install it.",
}

_HEADINGS = {"Args": "Arguments", "Raises": "Errors", "Attributes": "What it holds"}
_SECTION = re.compile(r"^(Args|Raises|Attributes):$")
_ENTRY = re.compile(r"^    (\w+): (.*)$")


def markdown_of(doc: str) -> list[str]:
    """Return a docstring as Markdown: sections as lists, examples as blocks of Python."""
    lines: list[str] = []
    section = block = False
    for line in inspect.cleandoc(doc).splitlines():
        if line.startswith(">>> ") and not block:
            lines += ["```python", line]
            block = True
        elif block:
            if not line.strip():
                lines.append("```")
                block = False
            lines.append(line)
        elif found := _SECTION.match(line):
            lines += [f"*{_HEADINGS[found[1]]}*", ""]
            section = True
        elif section and (entry := _ENTRY.match(line)):
            lines.append(f"- `{entry[1]}`: {_inline(entry[2])}")
        elif section and line.startswith("        "):
            lines.append(f"  {_inline(line.strip())}")
        else:
            section = section and bool(line.strip())
            lines.append(_inline(line))
    return [*lines, "```"] if block else lines


def _inline(line: str) -> str:
    line = re.sub(r":doc:`(\w+)`", r"[the \1](\1.md)", line)
    line = re.sub(r":\w+:`(\w+)`", r"`\1()`", line)
    return line.replace("``", "`")


def signature_of(name: str, function: FunctionType) -> str:
    """Return a signature as it would be written in a program, a parameter a line where it is long."""
    text = f"{name}{inspect.signature(function)}"
    for long, short in (
        ("str | os.PathLike[str] | collections.abc.Mapping[str, object]", "DecisionLike"),
        ("spectrum_cli.model.rulebase.", ""),
        ("spectrum_cli.model.portfolio.", ""),
        ("spectrum_cli.api.", ""),
        ("collections.abc.", ""),
        ("datetime.", ""),
    ):
        text = text.replace(long, short)
    if len(text) <= 100:
        return text
    head, _, tail = text.partition("(")
    inner, _, result = tail.rpartition(")")
    return f"{head}(\n    " + ",\n    ".join(_parameters(inner)) + f",\n){result}"


def _parameters(inner: str) -> list[str]:
    return re.split(r", (?![^\[(]*[\])])", inner)


def api_page() -> str:
    """Return the whole page."""
    out = [
        "# Python",
        "",
        "The advice without the command line, for scripts, services and notebooks. This page is made from the",
        "docstrings, and its examples are run by the tests in a folder that holds the `examples`.",
        "",
        "```python",
        ">>> from spectrum_cli import advise, check_files, load_rule_base, portfolio, what_if, UnreadableDecision",
        "```",
        "",
        "What stands on this page keeps its name and its meaning until a new major version",
        "([Semantic Versioning](https://semver.org)). Everything else inside the package may change. All functions can",
        "be called from any number of threads at the same time; results cannot be changed. The types are part of the",
        "package, for mypy and for editors.",
        "",
        "Show the acknowledgement, `Spectrum of Participation © peoplehub, used with acknowledgement`, wherever you",
        "show an advice to others. Every result holds it.",
        "",
        "## Functions",
        "",
        "`DecisionLike` is a `str`, a path, or a mapping.",
    ]
    for name in FIRST:
        function = getattr(api, name)
        out += ["", f"### {name}", "", "```text", signature_of(name, function), "```", ""]
        out += markdown_of(function.__doc__)
    out += ["", "## Results"]
    for name in ("AdviceResult", "WhatIfResult", "CheckedFile"):
        out += class_section(name)
    out += ["", "### Row, RuleBase, Diagnostic", ""]
    out += [f"- `{name}`: {ELSEWHERE[name]}" for name in ("Row", "RuleBase", "Diagnostic")]
    out += ["", "## Errors"]
    out += class_section("UnreadableDecision")
    out += ["", "### NoRuleBase, BadSettings, MissingExtra", ""]
    out += [f"- `{name}`: {ELSEWHERE[name]}" for name in ("NoRuleBase", "BadSettings", "MissingExtra")]
    return "\n".join(out) + "\n"


def class_section(name: str) -> list[str]:
    """Return what a class is for, and a table of what it holds."""
    offered = getattr(api, name)
    out = ["", f"### {name}", "", *markdown_of(offered.__doc__)]
    rows = []
    for part, member in vars(offered).items():
        if part.startswith("_"):
            continue
        if isinstance(member, property):
            kind = typing.get_type_hints(member.fget)["return"]
            rows.append((f"`{part}`", _type_name(kind), _first_sentence(member.__doc__)))
        elif isinstance(member, FunctionType):
            inner = str(inspect.signature(member)).replace("self, ", "").replace("(self)", "()").partition(" ->")[0]
            kind = typing.get_type_hints(member)["return"]
            inner = inner.replace("|", "\\|")
            rows.append((f"`{part}{inner}`", _type_name(kind), _first_sentence(member.__doc__)))
    if rows:
        out += ["", "| Name | Type | Meaning |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return out


def _type_name(kind: object) -> str:
    text = kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind)
    text = re.sub(r"[\w.]+\.(\w+)", r"\1", text)
    text = re.sub(r"str \| int \| bool \| tuple\[str, \.\.\.\] \| tuple\[Fixed, \.\.\.\] \| None", "object", text)
    return f"`{text}`".replace("|", "\\|")


def _first_sentence(doc: str | None) -> str:
    return _inline(" ".join((doc or "").partition("\n\n")[0].split())).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(api_page(), encoding="utf-8")
