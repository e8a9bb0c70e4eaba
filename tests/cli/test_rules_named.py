"""Every output that rests on rules names them: id, version, hash and whose framework they are."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.rulebase import RulesUsed
from tests.cli.command import spectrum

EXAMPLES = Path(__file__).parents[2] / "examples"
ONE, OTHER = EXAMPLES / "library-move.yaml", EXAMPLES / "ward-redesign.yaml"
COMMANDS: dict[str, tuple[str | Path, ...]] = {
    "advise": ("advise", ONE),
    "compare": ("advise", "--compare", ONE, OTHER),
    "whatif": ("whatif", ONE),
    "diff": ("diff", ONE, OTHER),
    "check": ("check", "--no-cache", "--fail-on", "never", ONE),
    "list": ("rules", "list"),
    "verify": ("rules", "verify"),
    "show": ("rules", "show", "one-proposal"),
    "explain a type": ("explain", "engage"),
    "explain a question": ("explain", "openness.stage"),
    "explain a prerequisite": ("explain", "support.scope"),
}
FOR_PEOPLE = [
    *((name, "text") for name in (*COMMANDS, "test")),
    *((name, "markdown") for name in ("advise", "compare", "whatif", "diff")),
    ("advise", "html"),
    ("advise", "svg"),
]
OWN = """\
id: own-bands
title: Bands of our own
version: "2.1"
extends: practice
framework: own
note: Starts CO-PRODUCE earlier.
bands: {inform: 0, educate: 5, consult: 25, engage: 45, co-design: 65, co-produce: 80}
"""


@pytest.fixture(params=["practice", "peoplehub", "own"])
def rules(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name or the folder of a rule base."""
    if request.param != "own":
        return str(request.param)
    (tmp_path / "rulebase.yaml").write_text(OWN, encoding="utf-8")
    return str(tmp_path)


def run(name: str, rules: str, *options: str | Path) -> str:
    command = COMMANDS.get(name, ("rules", "test"))
    ran = spectrum(*command, "--rules", rules, *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def used_in(data: dict[str, Any]) -> RulesUsed:
    return RulesUsed(**data["rule_base"])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_names_the_rules_with_hash_and_framework(name: str, rules: str) -> None:
    used = used_in(json.loads(run(name, rules, "--format", "json")))
    assert used == load_rule_base(rules).used
    assert used.framework == ("peoplehub" if rules in ("practice", "peoplehub") else "own")


@pytest.mark.parametrize(("name", "format"), FOR_PEOPLE)
def test_what_is_for_people_names_the_rules_with_a_short_hash(name: str, format: str) -> None:
    used = load_rule_base("practice").used
    told = " ".join(run(name, "practice", *(() if name == "test" else ("--format", format))).split())
    named = re.search(r"practice 1\.0(?: \(|, sha256:)([0-9a-f]{12})", told)
    assert named is not None
    assert named[1] == used.short_hash


def test_sarif_names_the_rules_in_the_properties_of_the_run(rules: str) -> None:
    (found,) = json.loads(run("check", rules, "--format", "sarif"))["runs"]
    assert RulesUsed(**found["properties"]["ruleBase"]) == load_rule_base(rules).used


def test_another_text_of_a_rule_is_another_hash(tmp_path: Path) -> None:
    (tmp_path / "rulebase.yaml").write_text(OWN, encoding="utf-8")
    before = used_in(json.loads(run("advise", str(tmp_path), "--format", "json")))
    (tmp_path / "rulebase.yaml").write_text(f"{OWN}# A comment.\n", encoding="utf-8")
    after = used_in(json.loads(run("advise", str(tmp_path), "--format", "json")))
    assert before._replace(hash=after.hash) == after
    assert before.hash != after.hash
