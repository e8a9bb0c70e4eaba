"""How many files a second `spectrum check` checks, beside yamllint and check-jsonschema, as whole commands.

    python -m pip install '.[bench]' && python benchmarks/check.py

The files differ: variations of the examples and generated decisions of 20 to 120 lines, 15 in 100 with a fault of the
kinds that people make. They stand in folders of 500. The same seed makes the same files. Cold is a run without kept
results, which it then keeps; warm is the run after it. Commands take turns, so that a machine that slows down slows
all of them. At 10,000 files the peers take minutes; beyond that they run only with --peers-everywhere.

Peak memory is that of the largest single process of a command, as the system reports it to the parent (wait4). A
pool of processes uses more in sum, at most as many times as there are processes.
"""

import argparse
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from spectrum_cli.model.decision_format import SECTIONS, TYPE_IDS, Field, Kind

EXAMPLES = Path(__file__).parents[1] / "examples"
FOLDER_SIZE = 500
FAULTY = 0.15
PEERS_UP_TO = 10_000
NAMES_IN_ONE_CALL = 20_000  # longer command lines are refused by some systems
YAMLLINT = ["-d", "relaxed", "-f", "parsable"]

# Started anew for each command, because a process reports what its parent had in memory as its own peak.
MEASURE = """
import json, os, sys, time
outputs = os.open(os.devnull, os.O_WRONLY)
start = time.perf_counter()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, outputs, 1)])
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - start
print(json.dumps([seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]), file=sys.stderr)
"""

# "no" and "on" are no words here: other programs would read them as yes and no.
WORDS = [
    *("clinic", "library", "bus", "road", "park", "school", "ward", "budget", "garden", "market", "bridge", "harbour"),
    *("street", "council", "board", "carers", "patients", "residents", "young", "older", "people", "plan", "site"),
    *(
        "service",
        "support",
        "meeting",
        "group",
        "evening",
        "leaflet",
        "survey",
        "open",
        "new",
        "move",
        "close",
        "share",
    ),
    *("keep", "cost", "lease", "winter", "spring", "route", "access", "quiet", "shared", "local", "early", "better"),
]


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize()


def value(field: Field, rng: random.Random, *, openness: float) -> str:
    """Return an answer to one question, as YAML. Most answers fit a decision that is as open as told, 0 to 1."""
    match field.kind:
        case Kind.CHOICE if field.key == "plan.type":
            return TYPE_IDS[round(openness * 4)] if rng.random() < 0.8 else rng.choice(TYPE_IDS)
        case Kind.CHOICE if field.key.startswith("openness.") and rng.random() < 0.8:
            return field.answers[round(openness * (len(field.answers) - 1))]
        case Kind.CHOICE:
            return rng.choice(("unknown", *field.answers, *field.answers))
        case Kind.CHOICES:
            chosen = rng.sample(field.answers[1:], rng.randint(1, 3))
            return f"[{', '.join(chosen)}]"
        case Kind.COUNT:
            return str(rng.randint(1, 90))
        case Kind.FLAG:
            return rng.choice(("true", "false"))
        case Kind.DATE:
            after = ("opens", "closes", "decision", "feedback", "review").index(field.name)
            return f"{2027 + after // 2}-{rng.randint(1, 6) + 6 * (after % 2):02}-{rng.randint(1, 28):02}"
        case Kind.TEXTS:
            return f"[{', '.join(sentence(rng, 2) for _ in range(rng.randint(1, 4)))}]"
        case Kind.FIXED:
            return f"[{{what: {sentence(rng, 4)}, why: {sentence(rng, 5)}}}]"
        case Kind.SUPPORT if rng.random() < 0.3:
            return f"{{state: planned, owner: {sentence(rng, 2)}, by: {rng.randint(2027, 2029)}-06-30}}"
        case Kind.SUPPORT:
            return rng.choices(field.answers, (18, 1, 1))[0]
    return sentence(rng, 6)


def generated(rng: random.Random, number: int) -> str:
    """Return a decision with some of the questions answered, some background, and now and then parts."""
    lines = ["spectrum: 1", f"title: Decision {number} about the {sentence(rng, 5).lower()}"]
    if rng.random() < 0.7:
        lines.append("summary: >-")
        lines += [f"  {sentence(rng, 14)}." for _ in range(rng.randint(1, 12))]
    lines.append(f"owner: {sentence(rng, 3)}")
    answered, openness = rng.uniform(0.4, 1.0), rng.random()
    for section in SECTIONS:
        fields = [
            field for field in section.fields if field.key != "place.implements" and rng.random() < answered
        ] or list(section.fields[:1])
        lines += [
            "",
            f"{section.name}:",
            *(f"  {field.name}: {value(field, rng, openness=openness)}" for field in fields),
        ]
    if rng.random() < 0.3:
        lines += ["", "parts:"]
        for part in range(rng.randint(1, 3)):
            lines += [f"  - id: part-{part}", f"    title: {sentence(rng, 5)}", "    openness:"]
            asked = rng.sample(SECTIONS[1].fields[:6], 3)
            lines += [f"      {field.name}: {value(field, rng, openness=openness)}" for field in asked]
    if rng.random() < 0.5:
        lines.append("x-history:")
        lines += [f"  - {sentence(rng, 9)}" for _ in range(rng.randint(1, 30))]
    lines += [f"# {sentence(rng, 8)}" for _ in range(20 - len(lines))]
    return "\n".join(lines[:120]) + "\n"


def varied(example: str, rng: random.Random, number: int) -> str:
    """Return an example under another title, with another answer to some of the questions about openness."""
    openness = rng.random()
    text = re.sub(r"^(title: .*)$", rf"\1 ({number})", example, count=1, flags=re.MULTILINE)
    for field in SECTIONS[1].fields[:6]:
        if rng.random() < 0.2:
            text = re.sub(
                rf"^(  {field.name}: )[^#\n]*$",
                rf"\g<1>{value(field, rng, openness=openness)}",
                text,
                flags=re.MULTILINE,
            )
    return text


def _misspelt_key(text: str, rng: random.Random) -> str:
    key = rng.choice(re.findall(r"^\s*(\w{4,}):", text, re.MULTILINE))
    return text.replace(f"{key}:", f"{key[:-2]}{key[-1]}{key[-2]}:", 1)


def _wrong_answer(text: str, _rng: random.Random) -> str:
    return re.sub(r"^(  stage: ).*$", r"\1drafted", text, flags=re.MULTILINE)


def _key_twice(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    return (
        "\n".join((*lines, rng.choice([line for line in lines if re.match(r"(title|owner|spectrum): ", line)]))) + "\n"
    )


def _bracket_left_open(text: str, _rng: random.Random) -> str:
    return text.replace("]", "", 1) if "]" in text else text + "plan: {type: consult\n"


def _second_colon(text: str, _rng: random.Random) -> str:
    return re.sub(r"^title: ", "title: Draft: ", text, count=1, flags=re.MULTILINE)


def _tab(text: str, _rng: random.Random) -> str:
    return re.sub(r"^  (?=\w+:)", "\t", text, count=1, flags=re.MULTILINE)


def _no_title(text: str, _rng: random.Random) -> str:
    return re.sub(r"^title: .*\n", "", text, count=1, flags=re.MULTILINE)


FAULTS: tuple[Callable[[str, random.Random], str], ...] = (
    _misspelt_key,
    _wrong_answer,
    _key_twice,
    _bracket_left_open,
    _second_colon,
    _tab,
    _no_title,
)


def texts(count: int) -> Iterator[str]:
    """Return the contents of the files, one after the other; each differs from all others, and names none of them."""
    rng = random.Random(20)
    found = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]
    examples = [text for text in found if 20 <= text.count("\n") <= 120 and "implements:" not in text]
    for number in range(count):
        text = varied(rng.choice(examples), rng, number) if number % 2 else generated(rng, number)
        yield rng.choice(FAULTS)(text, rng) + f"# {number}\n" if rng.random() < FAULTY else text


def make_files(place: Path, count: int) -> list[str]:
    """Write the files and return their names, relative to the place."""
    names = []
    for number, text in enumerate(texts(count)):
        name = f"plans-{number // FOLDER_SIZE:03}/decision-{number:06}.yaml"
        if number % FOLDER_SIZE == 0:
            (place / name).parent.mkdir()
        (place / name).write_text(text, encoding="utf-8")
        names.append(name)
    return names


def measure(command: list[str], place: Path) -> tuple[float, float]:
    """Run a command and return its seconds and the MiB of its largest process. Findings are expected."""
    wrapped = [sys.executable, "-I", "-S", "-c", MEASURE, *command]
    done = subprocess.run(wrapped, cwd=place, stderr=subprocess.PIPE, check=True, text=True)
    seconds, peak, status = json.loads(done.stderr.splitlines()[-1])
    if status not in (0, 1, 2):
        sys.exit(f"{command[0]} ended with {status}: {done.stderr[-500:]}")
    return seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure_all(commands: list[list[str]], place: Path) -> tuple[float, float]:
    """Run the calls that make up one check, where the names do not fit into one."""
    found = [measure(command, place) for command in commands]
    return sum(seconds for seconds, _ in found), max(peak for _, peak in found)


def benchmark(count: int, runs: int, *, peers: bool) -> None:
    commands_folder = Path(sys.executable).parent
    spectrum = [str(commands_folder / "spectrum"), "check", "."]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "files")
        place.mkdir()
        names = make_files(place, count)
        schema = Path(folder, "decision.schema.json")
        schema.write_bytes(subprocess.run([spectrum[0], "schema"], stdout=subprocess.PIPE, check=True).stdout)
        whole: dict[str, list[list[str]]] = {}
        if peers:
            with_schema = [str(commands_folder / "check-jsonschema"), "--schemafile", str(schema)]
            whole["yamllint"] = [[str(commands_folder / "yamllint"), *YAMLLINT, "."]]
            whole["check-jsonschema"] = [
                [*with_schema, *names[start : start + NAMES_IN_ONE_CALL]]
                for start in range(0, count, NAMES_IN_ONE_CALL)
            ]
        whole["spectrum check, cold"] = [spectrum]
        whole["spectrum check, warm"] = [spectrum]
        times: dict[str, list[float]] = {name: [] for name in whole}
        peaks: dict[str, list[float]] = {name: [] for name in whole}
        measure(spectrum, place)  # warms the page cache and keeps the rule base
        for _ in range(runs):
            for name, commands in whole.items():
                if name.endswith("cold"):
                    shutil.rmtree(place / ".spectrum_cache", ignore_errors=True)
                seconds, peak = measure_all(commands, place)
                times[name].append(seconds)
                peaks[name].append(peak)
    print(f"\n{count:,} files, median of {runs}")
    print(f"{'command':24} {'seconds':>8} {'files/s':>8} {'x yamllint':>11} {'x check-jsonschema':>19} {'peak MiB':>9}")
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, seconds in middle.items():
        ratios = [
            f"{middle[peer] / seconds:.1f}" if peer in middle else "" for peer in ("yamllint", "check-jsonschema")
        ]
        peak = statistics.median(peaks[name])
        print(
            f"{name:24} {seconds:8.2f} {count / seconds:8.0f} {ratios[0]:>11} {ratios[1]:>19} {peak:9.0f}", flush=True
        )
    print(f"warm is {middle['spectrum check, cold'] / middle['spectrum check, warm']:.1f} x cold")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="how many files, as numbers with commas between")
    parser.add_argument("--runs", type=int, default=3, help="how often each command runs")
    parser.add_argument("--peers-everywhere", action="store_true", help="run the peers at every size")
    chosen = parser.parse_args()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {platform.python_version()}, {processors} processors, {platform.system()}")
    for package in ("spectrum-cli", "PyYAML", "pydantic", "typer", "yamllint", "check-jsonschema", "jsonschema"):
        print(f"  {package} {version(package)}")
    for size in map(int, chosen.sizes.split(",")):
        benchmark(size, chosen.runs, peers=chosen.peers_everywhere or size <= PEERS_UP_TO)


if __name__ == "__main__":
    main()
