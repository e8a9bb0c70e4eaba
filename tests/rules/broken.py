"""Copies of the shipped rule base with something wrong in them."""

import shutil
from pathlib import Path

from spectrum_cli.files.rulebase import rules_folder

RULE = """\
id: {id}
title: Added by a test
when: {when}
effect: {effect}
because: A test needs it.
source: {{document: practice, passage: A test, reference: Ours}}
since: "1.0"
cases:
  - {{name: one, answers: {{}}, outcome: holds}}
  - {{name: two, answers: {{}}, outcome: fails}}
  - {{name: three, answers: {{}}, outcome: unknown}}
"""


def copy_rules(folder: Path) -> Path:
    """Copy the first two layers, each extending the other's copy, and return the folder of the upper one."""
    for layer in ("peoplehub", "practice"):
        shutil.copytree(rules_folder() / layer, folder / layer)
    edit(folder / "practice" / "rulebase.yaml", "extends: peoplehub", "extends: ../peoplehub")
    return folder / "practice"


def edit(path: Path, before: str, after: str) -> None:
    """Change a text in a file, once."""
    text = path.read_text(encoding="utf-8")
    assert before in text, (path, before)
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def add_rule(layer: Path, kind: str, name: str, when: str, effect: str) -> None:
    """Add a rule to a layer. Its condition stands on line 3, its effect on line 4."""
    (layer / kind).mkdir(exist_ok=True)
    (layer / kind / f"{name}.yaml").write_text(RULE.format(id=name, when=when, effect=effect), encoding="utf-8")
