"""How many decisions a second `spectrum portfolio` turns into rows, from files and from a Parquet table.

    python -m pip install '.[bench,parquet]' && python benchmarks/portfolio.py

Files are those of benchmarks/check.py, but 5 in 100 have a fault. They are measured beside check-jsonschema on the same
files. A table has one decision a row, 5 in 100 with a fault, and is measured beside zen-engine, which evaluates a
decision table made from the same rule base: gates, points, floors, bands, notes, and the state of each prerequisite. It
leaves out what a decision table cannot say: which types are possible while answers are missing, which question to ask
next, and all checks. It reads the same Parquet table and writes nothing, and keeps its table compiled, which is its
fastest way. It is measured with and without its trace; our reasoning is always on.

Our rows are written to Parquet. The same rows from one process and from several must give the same bytes. Commands
take turns. Memory is that of the largest process of a command.
"""

import argparse
import hashlib
import importlib.util
import itertools
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from spectrum_cli.engine.assess import prepare
from spectrum_cli.engine.openness import gate_terms
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Field, Kind

_spec = importlib.util.spec_from_file_location("benchmark_of_check", Path(__file__).with_name("check.py"))
assert _spec is not None
assert _spec.loader is not None
check = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check)

FAULTY = 0.05
PEERS_UP_TO = 10_000
TOGETHER = 10_000

# Where the peer's interpreter may be another one.
ZEN = """
import sys
from pyarrow import parquet
import zen
content = zen.ZenDecisionContent(open(sys.argv[1]).read())
engine = zen.ZenEngine({"loader": lambda key: content})
options = {"trace": sys.argv[3] == "trace"}
order = {word: place for place, word in enumerate(
    ["nothing", "whether", "options", "method", "quality_indicators", "priorities", "resources"])}
found = {}
for batch in parquet.ParquetFile(sys.argv[2]).iter_batches(1000):
    names = [name.replace(".", "_") for name in batch.schema.names]
    for cells in zip(*(column.to_pylist() for column in batch.columns)):
        facts = {name: cell for name, cell in zip(names, cells) if cell is not None}
        aspects = facts.get("openness_open_to_change")
        if aspects:
            facts["open_to_resources"] = "resources" in aspects
            facts["openness_open_to_change"] = max(aspects, key=lambda word: order.get(word, -1))
        try:
            kind = engine.evaluate("table", facts, options)["result"]["advice"].get("type")
        except RuntimeError:
            kind = None
        found[kind] = found.get(kind, 0) + 1
print(found)
"""


def cell(field: Field, rng: random.Random, *, openness: float) -> Any:
    """Return an answer as a table holds it."""
    match field.kind:
        case Kind.CHOICES:
            return rng.sample(field.answers[1:], rng.randint(1, 3))
        case Kind.COUNT:
            return rng.randint(1, 90)
        case Kind.FLAG:
            return rng.random() < 0.5
        case Kind.TEXTS | Kind.FIXED:
            return [check.sentence(rng, 2) for _ in range(rng.randint(1, 4))]
        case Kind.SUPPORT:
            return rng.choices(field.answers, (18, 1, 1))[0]
    return check.value(field, rng, openness=openness)


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield rows that all differ. The same seed makes the same rows."""
    rng = random.Random(20)
    fields = [field for key, field in FIELDS.items() if key not in ("title", "place.implements", "notes")]
    for number in range(count):
        openness, answered = rng.random(), rng.uniform(0.4, 1.0)
        row = {"id": f"D-{number}", "title": f"Decision {number} about the {check.sentence(rng, 5).lower()}"}
        row |= {field.key: cell(field, rng, openness=openness) for field in fields if rng.random() < answered}
        if rng.random() < FAULTY:
            row[rng.choice(("openness.stage", "plan.type", "support.skills"))] = "drafted"
        yield row


def make_table(path: Path, count: int) -> None:
    """Write a table of so many rows, ten thousand at a time."""
    import pyarrow
    from pyarrow import parquet

    lists = (Kind.CHOICES, Kind.TEXTS, Kind.FIXED)
    kinds = {Kind.COUNT: pyarrow.int64(), Kind.FLAG: pyarrow.bool_()}
    kinds |= dict.fromkeys(lists, pyarrow.list_(pyarrow.string()))
    schema = pyarrow.schema(
        [("id", pyarrow.string()), *((key, kinds.get(field.kind, pyarrow.string())) for key, field in FIELDS.items())]
    )
    made = rows(count)
    with parquet.ParquetWriter(path, schema) as writer:
        while some := list(itertools.islice(made, TOGETHER)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))


def make_files(place: Path, count: int) -> list[str]:
    """Write decision files of which 5 in 100 have a fault."""
    check.FAULTY = FAULTY
    names: list[str] = check.make_files(place, count)
    return names


# The decision table for the peer


def _name(key: str) -> str:
    return key.replace(".", "_")


def _listed(words: Any) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _literal(condition: Mapping[str, Any], ranks: Mapping[str, Mapping[str, int]], wanted: bool) -> tuple[str, str]:
    """Return a comparison, or its opposite, as an input and what stands in its cell."""
    key, rank = condition["answer"], ranks.get(condition["answer"])
    if "includes" in condition:
        return "open_to_resources", "true" if wanted else "false"
    if "stated" in condition:
        return _name(key), "null" if condition["stated"] is not wanted else "!= null"
    if rank is not None:
        low = rank[condition["at_least"]] if "at_least" in condition else 0
        high = rank[condition["at_most"]] if "at_most" in condition else len(rank)
        named = condition.get("in", [condition["is"]] if "is" in condition else rank)
        fits = [word for word, place in rank.items() if low <= place <= high and word in named]
        return _name(key), _listed(fits) if wanted else f"not in [{_listed(fits)}]"
    if "is" in condition:
        return _name(key), f"{'==' if wanted else '!='} {json.dumps(condition['is'])}"
    if "at_least" in condition:
        return _name(key), f"{'>=' if wanted else '<'} {condition['at_least']}"
    return _name(key), f"{'<=' if wanted else '>'} {condition['at_most']}"


def alternatives(
    condition: Mapping[str, Any], ranks: Mapping[str, Mapping[str, int]], *, wanted: bool = True
) -> list[dict[str, str]]:
    """Return a condition as rows of a decision table: each a cell for some inputs, any row is enough."""
    if "not" in condition:
        return alternatives(condition["not"], ranks, wanted=not wanted)
    if "answer" in condition:
        return [dict([_literal(condition, ranks, wanted)])]
    name = "all" if "all" in condition else "any"
    parts = [alternatives(part, ranks, wanted=wanted) for part in condition[name]]
    if (name == "any") is wanted:
        return [row for part in parts for row in part]
    return [{key: cell for row in chosen for key, cell in row.items()} for chosen in itertools.product(*parts)]


def _table(
    name: str, hit: str, output: list[str], table: list[tuple[dict[str, str], dict[str, Any]]]
) -> dict[str, Any]:
    inputs = list(dict.fromkeys(key for conditions, _ in table for key in conditions))
    return _node(
        name,
        "decisionTableNode",
        hitPolicy=hit,
        passThrough=True,
        outputPath=name,
        inputs=[{"id": key, "name": key, "field": key} for key in inputs],
        outputs=[{"id": f"out-{key}", "name": key, "field": key} for key in output],
        rules=[
            {
                "_id": f"{name}-{number}",
                **{key: conditions.get(key, "") for key in inputs},
                **{f"out-{key}": str(value) for key, value in given.items()},
            }
            for number, (conditions, given) in enumerate(table)
        ],
    )


def _node(name: str, kind: str, **content: Any) -> dict[str, Any]:
    if content:
        content = {"inputField": None, "outputPath": None, "executionMode": "single", **content}
    return {
        "id": name,
        "name": name,
        "type": kind,
        "position": {"x": 0, "y": 0},
        **({"content": content} if content else {}),
    }


def decision_table() -> dict[str, Any]:
    """Return the rule base as a decision model of zen-engine: tables one after the other."""
    base = load_rule_base()
    prepared = prepare(base)
    grid, orders, ranks = prepared.grid, prepared.orders, {}
    ranks = {
        key: {word: place for place, word in enumerate(field.answers)} for key, field in FIELDS.items() if field.answers
    }
    ranks |= dict(grid.ranks)
    ranks["advice.type"] = {word: place for place, word in enumerate(TYPE_IDS)}
    terms = sorted(
        (
            (orders[gate.effect["holds_to"]], gate.id, term)
            for gate in base.of_kind("gate")
            for term in gate_terms(gate.when, grid.ranks)
        ),
        key=lambda term: term[0],
    )
    top = [kind.band_to for kind in base.types]
    gates = [
        ({_name(key): _listed(sorted(words)) for key, words in term.items()}, {"top": top[order], "gate": f"'{ident}'"})
        for order, ident, term in terms
    ]
    points = [
        ({_name(item.key): f"'{answer.value}'"}, {"points": item.weight * (answer.points or 0) / 100})
        for item in grid.criteria
        for answer in item.answers
    ]
    floors = [
        (row, {"need": orders[rule.effect["asks_for"]]})
        for rule in base.of_kind("floor")
        for row in alternatives(rule.when, ranks)
    ]
    bands = [
        ({"openness": f">= {kind.band_from}"}, {"type": f"'{kind.id}'", "order": kind.order})
        for kind in reversed(base.types)
    ]
    notes = [(row, {"note": f"'{rule.id}'"}) for rule in base.of_kind("note") for row in alternatives(rule.when, ranks)]
    support = [
        (
            {"order": f">= {orders[item.needed_from]}"},
            {"key": f"'{item.id}'", "state": f"{_name(item.key)} ?? 'unknown'"},
        )
        for item in base.support
    ]
    openness = [
        {"id": "1", "key": "openness", "value": "min([sum(map(points, #.points)), gates.top])"},
        {"id": "2", "key": "need", "value": "len(floors) > 0 ? max(map(floors, #.need)) : 0"},
    ]
    after = [
        {"id": "1", "key": "advice_type", "value": "advice.type"},
        {"id": "2", "key": "order", "value": "advice.order"},
        {"id": "3", "key": "advice_gap", "value": "max([need - advice.order, 0])"},
    ]
    nodes = [
        _node("in", "inputNode"),
        _table("gates", "first", ["top", "gate"], [*gates, ({}, {"top": 100, "gate": "''"})]),
        _table("points", "collect", ["points"], points),
        _table("floors", "collect", ["need"], floors),
        _node("sum", "expressionNode", passThrough=True, expressions=openness),
        _table("advice", "first", ["type", "order"], bands),
        _node("gap", "expressionNode", passThrough=True, expressions=after),
        _table("notes", "collect", ["note"], notes),
        _table("support", "collect", ["key", "state"], support),
        _node("out", "outputNode"),
    ]
    edges = [
        {"id": f"{one['id']}-{two['id']}", "type": "edge", "sourceId": one["id"], "targetId": two["id"]}
        for one, two in itertools.pairwise(nodes)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


# Measuring


def of_files(count: int, runs: int, *, peers: bool) -> None:
    """Measure files, and check-jsonschema beside them."""
    commands = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "files")
        place.mkdir()
        names = make_files(place, count)
        whole = {"spectrum portfolio": [_spectrum(".", Path(folder, "out.parquet"))]}
        if peers:
            schema = Path(folder, "decision.schema.json")
            schema.write_bytes(
                subprocess.run([commands / "spectrum", "schema"], stdout=subprocess.PIPE, check=True).stdout
            )
            step = check.NAMES_IN_ONE_CALL
            with_schema = [str(commands / "check-jsonschema"), "--schemafile", str(schema)]
            whole["check-jsonschema"] = [
                [*with_schema, *names[start : start + step]] for start in range(0, count, step)
            ]
        _compare(f"{count:,} files", whole, place, count, runs)


def of_rows(count: int, runs: int, *, zen: str) -> None:
    """Measure the rows of a table, and zen-engine beside them; compare one process with several."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_table(place / "table.parquet", count)
        (place / "table.json").write_text(json.dumps(decision_table()), encoding="utf-8")
        whole = {"spectrum portfolio": [_spectrum("table.parquet", place / "out.parquet")]}
        if zen:
            for trace in ("trace", "no-trace"):
                whole[f"zen-engine, {trace}"] = [[zen, "-c", ZEN, "table.json", "table.parquet", trace]]
        _compare(f"{count:,} rows", whole, place, count, runs)
        digests = set()
        for processes in ("1", "2"):
            check.measure([*_spectrum("table.parquet", place / "out.parquet"), "-j", processes], place)
            digests.add(hashlib.sha256((place / "out.parquet").read_bytes()).hexdigest())
        print("one process and two give", "the same bytes" if len(digests) == 1 else "DIFFERENT BYTES", flush=True)


def _spectrum(path: str, output: Path) -> list[str]:
    command = Path(sys.executable).parent / "spectrum"
    return [str(command), "portfolio", path, "--force", "-o", str(output)]


def _compare(title: str, whole: Mapping[str, list[list[str]]], place: Path, count: int, runs: int) -> None:
    times: dict[str, list[float]] = {name: [] for name in whole}
    peaks: dict[str, list[float]] = {name: [] for name in whole}
    for _ in range(runs):
        for name, commands in whole.items():
            seconds, peak = check.measure_all(commands, place)
            times[name].append(seconds)
            peaks[name].append(peak)
    middle = {name: statistics.median(found) for name, found in times.items()}
    ours = middle["spectrum portfolio"]
    print(f"\n{title}, median of {runs}")
    print(f"{'command':22} {'seconds':>8} {'a second':>9} {'ours is x':>10} {'peak MiB':>9}")
    for name, seconds in middle.items():
        ratio = "" if name == "spectrum portfolio" else f"{seconds / ours:.1f}"
        print(
            f"{name:22} {seconds:8.2f} {count / seconds:9.0f} {ratio:>10} {statistics.median(peaks[name]):9.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="how many files, as numbers with commas between")
    parser.add_argument("--rows", default="10000,100000,1000000", help="how many rows of a table, likewise")
    parser.add_argument("--runs", type=int, default=3, help="how often each command runs")
    parser.add_argument("--peers-everywhere", action="store_true", help="run check-jsonschema at every size")
    parser.add_argument(
        "--zen-python", default=sys.executable, help="an interpreter with zen-engine and pyarrow; '' for none"
    )
    chosen = parser.parse_args()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {platform.python_version()}, {processors} processors, {platform.system()}")
    for package in ("spectrum-cli", "PyYAML", "pyarrow", "check-jsonschema", "zen-engine"):
        try:
            print(f"  {package} {version(package)}")
        except PackageNotFoundError:
            print(f"  {package} is not installed here")
    for size in map(int, filter(None, chosen.sizes.split(","))):
        of_files(size, chosen.runs, peers=chosen.peers_everywhere or size <= PEERS_UP_TO)
    for size in map(int, filter(None, chosen.rows.split(","))):
        of_rows(size, chosen.runs, zen=chosen.zen_python)


if __name__ == "__main__":
    main()
