"""docs/checks.md is made from the checks' docstrings. Make it anew with: python -m tests.checks.check_pages"""

import inspect
import re
from pathlib import Path
from textwrap import dedent

from spectrum_cli.checks import CHECKS
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.checking import CheckModule

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
HEADINGS = ("What it checks", "Why it matters", "Example", "Instead")


def sections_of(module: CheckModule) -> dict[str, str]:
    """Return the text under each heading of a check's docstring, as Markdown."""
    body = inspect.cleandoc(module.__doc__ or "")
    pieces = re.split(r"^([A-Z][a-z ]+):\n", body, flags=re.MULTILINE)[1:]
    return {heading: dedent(text).strip() for heading, text in zip(pieces[::2], pieces[1::2], strict=True)}


def severities_of(module: CheckModule) -> str:
    """Return how much a finding matters; some checks have a second severity for other circumstances."""
    other = getattr(module, "ELSE", None)
    return module.INFO.severity + (f" or {other.severity}" if other else "")


def example_of(module: CheckModule) -> str:
    """Return the YAML of a check's example: what is indented."""
    lines = sections_of(module)["Example"].splitlines()
    return "".join(f"{line.removeprefix('    ')}\n" for line in lines if line.startswith("    "))


def check_page() -> str:
    acknowledgement = load_rule_base("peoplehub").acknowledgement
    out = [
        "# The checks",
        "",
        "What is looked for in a decision file, made from the checks themselves. Codes are permanent. The severity",
        "holds where a team has settled nothing else.",
        "",
        f"{acknowledgement}.",
        "",
        "| Code | Name | Finding | Severity |",
        "|---|---|---|---|",
    ]
    for module in CHECKS:
        info = module.INFO
        anchor = f"{info.code} {info.slug}".lower().replace(" ", "-")
        out.append(f"| [{info.code}](#{anchor}) | `{info.slug}` | {info.title} | {severities_of(module)} |")
    for module in CHECKS:
        info = module.INFO
        out += ["", f"## {info.code} {info.slug}", "", f"**{info.title}** ({severities_of(module)})"]
        for heading, text in sections_of(module).items():
            out += ["", f"*{heading}.*", text]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    PAGE.write_text(check_page(), encoding="utf-8")
