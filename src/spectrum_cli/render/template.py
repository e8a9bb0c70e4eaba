"""The commented decision file that ``spectrum new`` makes."""

from spectrum_cli.model.decision_format import SECTIONS, TOP_FIELDS, Field, Kind
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.rulebase import RuleBase

_WIDTH = 78
# An editor resolves the name from the file's own folder. Front matter in Markdown is not checked by editors.
_FOR_EDITORS = [
    "# yaml-language-server: $schema=decision.schema.json",
    "# For help in an editor, once in this folder: spectrum schema > decision.schema.json",
]


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar on one line."""
    import json

    return json.dumps(one_line(text), ensure_ascii=False)


def render_template(rule_base: RuleBase, title: str, *, markdown: bool = False) -> str:
    """Return a valid decision file in which every answer is still unknown, with its choices explained."""
    out = [
        *([] if markdown else _FOR_EDITORS),
        "# A decision file. Fill in what you know and leave the rest as it is: unknown is an honest answer.",
        "# Then run: spectrum advise FILE",
        "spectrum: 1",
        f"title: {quoted(one_line(title) or 'What is to be decided, in one line')}",
    ]
    for field in TOP_FIELDS[1:]:
        out.append(f"# {field.name}: {field.example}")
    for section in SECTIONS:
        out += ["", f"# {section.meaning}", f"{section.name}:"]
        for field in section.fields:
            out += _field(field, rule_base)
    out += [
        "",
        "# Decisions inside this one. A part takes over every answer that it does not state itself.",
        "# parts:",
        "#   - id: a-short-name",
        "#     title: What this part is about",
        "#     openness: {stage: aim, open_to_change: [method]}",
    ]
    text = "\n".join(out) + "\n"
    if markdown:
        return f"---\n{text}---\n\n# {one_line(title) or 'The proposal'}\n"
    return text


def _field(field: Field, rule_base: RuleBase) -> list[str]:
    criterion = rule_base.criterion(field.key)
    if criterion is not None:
        lines = [f"  # {criterion.question}"]
        size = max(len(answer.value) for answer in criterion.answers)
        lines += [f"  #   {answer.value.ljust(size)}  {answer.text}" for answer in criterion.answers]
        if field.kind is Kind.CHOICES:
            lines.append(f"  # A list, such as {field.example}. 'nothing' stands alone.")
        return [*lines, f"  {field.name}: unknown"]
    if field.kind is Kind.SUPPORT:
        return [f"  # {field.meaning}", f"  {field.name}: unknown"]
    if len(field.example) > 40:
        return [f"  # {field.meaning}", f"  # {field.name}: {field.example}"]
    return [f"  # {field.name}: {field.example}".ljust(44) + f"  # {field.meaning}"]
