"""What the shipped rule bases advise for every example, and what a change of rules moved.

``recorded.yaml`` holds, for each rule base, its version, its hash, the advice for every example, and the examples that
each version moved. ``python -m tests.rules.advice_record`` prints the examples whose advice moved against the record
and what is still to be written where; with ``--write`` the record is written anew, unless a version must be raised.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import yaml

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.writing import write_whole
from spectrum_cli.model.assessment import Advice, Assessment

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("recorded.yaml")
CHANGELOG = ROOT / "CHANGELOG.md"
RULE_BASES = ("peoplehub", "practice", "uk")
COMMAND = "python -m tests.rules.advice_record"
HEAD = """\
# What the shipped rule bases advise for every example. Made with: python -m tests.rules.advice_record --write
# `moved` names, for each version, the examples whose advice it moved; CHANGELOG.md names the same under Rules.
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One rule base: its version and hash, the examples that each version moved, and the advice for each example."""

    version: str
    hash: str
    moved: Mapping[str, Sequence[str]]
    advice: Mapping[str, str]


NOTHING = Recorded("", "", {}, {})


@dataclass(frozen=True, slots=True)
class Record:
    """All rule bases, and a digest of each example's file, so that a changed example is not taken for a moved one."""

    examples: Mapping[str, str]
    rule_bases: Mapping[str, Recorded]


def current() -> Record:
    """Return what is true now, with nothing said about what moved."""
    files = sorted(path for path in (ROOT / "examples").iterdir() if path.name != "README.md")
    examples = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
    rule_bases = {}
    for name in RULE_BASES:
        base = load_rule_base(name)
        rules = prepare(base)
        advice = {}
        for path in files:
            decision = read_decision_file(str(path)).decision
            assert decision is not None, path
            advice[path.name] = advice_words(advise(decision, rules, with_moves=False))
        rule_bases[name] = Recorded(base.version, base.hash, {}, advice)
    return Record(examples, rule_bases)


def advice_words(advice: Advice) -> str:
    """Return the type of the whole and of each part, with the possible types where it is not certain."""
    return "; ".join(
        (f"{found.id}: " if found.id else "") + _type_words(found)
        for found in (advice.whole.assessment, *(part.assessment for part in advice.parts))
    )


def _type_words(found: Assessment) -> str:
    told = found.type.id if found.type else "no type"
    return told if found.certain else f"{told} (of {', '.join(kind.id for kind in found.possible_types)})"


def recorded() -> Record:
    """Return what was recorded last."""
    data = yaml.safe_load(RECORD.read_text(encoding="utf-8"))
    return Record(data["examples"], {name: Recorded(**item) for name, item in data["rule_bases"].items()})


def moved(name: str, before: Record, now: Record) -> dict[str, tuple[str, str]]:
    """Return the examples whose advice moved although their own file did not change: before and now."""
    old, new = before.rule_bases.get(name, NOTHING).advice, now.rule_bases[name].advice
    return {
        example: (old[example], told)
        for example, told in new.items()
        if before.examples.get(example) == now.examples[example] and example in old and old[example] != told
    }


def faults(before: Record, now: Record, changelog: str) -> list[str]:
    """Return what is still to be done, one text a rule base: what changed, and what to write where."""
    found = [fault for name in now.rule_bases if (fault := _fault(name, before, now, changelog))]
    if not found and before.examples != now.examples:
        found.append(f"Examples were added, changed or removed. Write the record anew: {COMMAND} --write")
    return found


def _fault(name: str, before: Record, now: Record, changelog: str) -> str:
    old, new, gone = before.rule_bases.get(name, NOTHING), now.rule_bases[name], moved(name, before, now)
    if gone:
        count = "1 example" if len(gone) == 1 else f"{len(gone)} examples"
        lines = [f"     examples/{example}: {was} -> {today}" for example, (was, today) in gone.items()]
        head = f"{name} {new.version}: the advice moved for {count}:"
        return "\n".join([head, *lines, *_steps(*_after_a_move(name, old, new, gone))])
    if (old.hash, old.version) != (new.hash, new.version):
        could = "If a decision file that is no example could come out otherwise, raise version in"
        say = "and say what changed under Rules in CHANGELOG.md."
        head = f"{name} {new.version}: its files changed, and no example's advice moved."
        return "\n".join([head, *_steps(f"{could} rules/{name}/rulebase.yaml {say}")])
    missing = [
        f"{name} {version}: {example}"
        for version, examples in old.moved.items()
        for example in examples
        if example not in entry_of(changelog, name, version)
    ]
    return f"CHANGELOG.md does not name every example under Rules. Missing: {', '.join(missing)}" if missing else ""


def _after_a_move(name: str, old: Recorded, new: Recorded, gone: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    if old.hash == new.hash:
        yield "The rules are the same, so the program moved it. If that is meant, say so under Changed in CHANGELOG.md."
        return
    raised = old.version != new.version
    if not raised:
        yield f"Raise version in rules/{name}/rulebase.yaml; it is {old.version} as before."
    version = new.version if raised else "VERSION"
    told = "; ".join(f"{example} ({was} before, {today} now)" for example, (was, today) in gone.items())
    yield f"Write in CHANGELOG.md under Rules:\n     - {name} {version}: WHAT CHANGED, WITH IDS. Moves {told}."


def _steps(*steps: str) -> list[str]:
    wanted = (*steps, f"Write the record anew: {COMMAND} --write")
    return [f"  {number}. {step}" for number, step in enumerate(wanted, start=1)]


def entry_of(changelog: str, name: str, version: str) -> str:
    """Return the item of the changelog about a version of a rule base, over all its lines; empty if there is none."""
    first, *others = changelog.partition(f"\n- {name} {version}:")[2].split("\n")
    return " ".join([first, *takewhile(lambda line: line.startswith("  "), others)])


class VersionNotRaised(Exception):
    """The advice moved, but the version of the rule base is the old one."""


def renewed(before: Record, now: Record) -> Record:
    """Return the record as it is now, with what each version moved.

    Raises:
        VersionNotRaised: a change of rules moved an example, and the version is as before.
    """
    rule_bases = {}
    for name, new in now.rule_bases.items():
        old, gone = before.rule_bases.get(name, NOTHING), moved(name, before, now)
        if gone and old.hash != new.hash and old.version == new.version:
            raise VersionNotRaised(name)
        history = {**old.moved, **({} if new.version in old.moved else {new.version: []})}
        if gone and old.hash != new.hash:
            history[new.version] = sorted({*history[new.version], *gone})
        rule_bases[name] = Recorded(new.version, new.hash, history, new.advice)
    return Record(now.examples, rule_bases)


def record_text(record: Record) -> str:
    """Return a record as YAML."""
    out = ["examples:", *(f"  {name}: {json.dumps(digest)}" for name, digest in record.examples.items()), "rule_bases:"]
    for name, item in record.rule_bases.items():
        out += [f"  {name}:", f"    version: {json.dumps(item.version)}", f"    hash: {item.hash}", "    moved:"]
        out += [
            f"      {json.dumps(version)}: {json.dumps(list(examples))}" for version, examples in item.moved.items()
        ]
        out += ["    advice:", *(f"      {example}: {json.dumps(told)}" for example, told in item.advice.items())]
    return HEAD + "\n".join(out) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print what moved, or write the record anew. Return 1 where something is left to do."""
    before, now = recorded(), current()
    if arguments == ["--write"]:
        try:
            write_whole(RECORD, record_text(renewed(before, now)), replace=True)
        except VersionNotRaised as error:
            sys.stderr.write(f"Not written: the advice moved, and the version of {error} is as before.\n")
        before = recorded()
    elif arguments:
        sys.stderr.write(f"Usage: {COMMAND} [--write]\n")
        return 2
    found = faults(before, now, CHANGELOG.read_text(encoding="utf-8"))
    sys.stdout.write(("\n\n".join(found) or "No example's advice moved against the record.") + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
