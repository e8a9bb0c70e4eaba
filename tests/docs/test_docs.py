"""The documents hold: what they show is run, what they link to is there, and what they list is complete.

In a document, a block marked ``console`` holds commands after ``$`` (``>`` goes on with one) and their output; a
line of ``...`` stands for any number of lines, and ``# exits N`` for an exit status other than 0. A block marked
``yaml decision`` must be a valid decision file. ``file=NAME`` writes a block to the folder in which the commands
of the same document run, which also holds the examples.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

from spectrum_cli import __version__
from spectrum_cli.cli import exits
from spectrum_cli.cli.app import build
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model import decision_format
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, SUPPORT_FIELDS, Kind
from spectrum_cli.model.diagnostic import READING_CODES
from spectrum_cli.model.document import Source
from spectrum_cli.render.advice_schema import advice_schema

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
TOP_LEVEL = [ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
FENCE = re.compile(r"^(`{3,})(.*)$")
EXITS = re.compile(r"# exits (\d+)$")
ANY_LINES = "..."


class Block(NamedTuple):
    """One fenced block: the words after its opening fence, its lines and the number of the first of them."""

    words: tuple[str, ...]
    lines: tuple[str, ...]
    number: int

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)

    def is_a(self, *words: str) -> bool:
        return self.words[: len(words)] == words

    @property
    def file(self) -> str:
        return next((word.removeprefix("file=") for word in self.words if word.startswith("file=")), "")


class Command(NamedTuple):
    """One command of a console block, the exit status and the output lines that it should have."""

    text: str
    status: int
    output: tuple[str, ...]
    number: int


def blocks_of(text: str) -> list[Block]:
    blocks: list[Block] = []
    fence, words, lines, start = "", (), [], 0
    for number, line in enumerate(text.splitlines(), start=1):
        found = FENCE.match(line)
        if not fence and found:
            fence, words, lines, start = found[1], tuple(found[2].split()), [], number + 1
        elif fence and line == fence:
            blocks.append(Block(words, tuple(lines), start))
            fence = ""
        elif fence:
            lines.append(line)
    assert not fence, f"the block that starts on line {start} is not closed"
    return blocks


def prose_of(text: str) -> str:
    """Return a document without its fenced blocks."""
    lines, inside = [], False
    for line in text.splitlines():
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def commands_of(block: Block) -> list[Command]:
    commands: list[Command] = []
    for number, line in enumerate(block.lines, start=block.number):
        if line.startswith("$ "):
            status = EXITS.search(line)
            commands.append(Command(line[2:], int(status[1]) if status else 0, (), number))
        elif line.startswith("> ") and commands and not commands[-1].output:
            commands[-1] = commands[-1]._replace(text=f"{commands[-1].text}\n{line[2:]}")
        else:
            assert commands, f"line {number}: a console block starts with a command"
            commands[-1] = commands[-1]._replace(output=(*commands[-1].output, line))
    return commands


def matches(expected: tuple[str, ...], actual: str) -> bool:
    pattern = "".join(r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, actual) is not None


def first_miss(expected: tuple[str, ...], actual: str) -> str:
    """Name the first line shown up to which the output does not match any more."""
    for count, line in enumerate(expected, start=1):
        if not matches((*expected[:count], ANY_LINES), actual):
            return f"not in the output, or not in this place: {line}"
    return "there is more output than is shown"


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rows_between(text: str, mark: str) -> list[list[str]]:
    """Return the cells of all table rows between two marks, without headings and rules."""
    _, found, rest = text.partition(f"<!-- {mark}: begin -->")
    assert found, f"the mark {mark} is missing"
    rows: list[list[str]] = []
    for line in rest.partition(f"<!-- {mark}: end -->")[0].splitlines():
        if line.startswith("|--"):
            rows.pop()
        elif line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def read(document: str) -> str:
    return (DOCS / document).read_text(encoding="utf-8")


# What is shown is run


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def desk(tmp_path):
    """A folder of its own with the examples in it, as after unpacking the source."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_in_a_document_gives_the_output_that_is_shown(document, desk, home):
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
    }
    for block in blocks_of(document.read_text(encoding="utf-8")):
        if block.file:
            target = (desk / block.file).resolve()
            assert target.is_relative_to(desk.resolve())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        if not block.is_a("console"):
            continue
        for command in commands_of(block):
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command.text],
                cwd=desk,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
                check=False,
            )
            output = done.stdout.decode("utf-8")
            where = f"{named(document)}:{command.number}: {command.text}"
            assert done.returncode == command.status, f"{where}\n{output}"
            if not matches(command.output, output):
                pytest.fail(f"{where}\n{first_miss(command.output, output)}\n\n{output}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_decision_in_a_document_can_be_read(document):
    for block in blocks_of(document.read_text(encoding="utf-8")):
        if block.is_a("yaml", "decision"):
            reading = read_decision(Source(f"{named(document)}:{block.number}", block.text))
            assert reading.decision is not None, reading.diagnostics
            assert not reading.diagnostics


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (("a", "b"), "a\nb\n", True),
        (("a", "..."), "a\n", True),
        (("...", "b", "..."), "a\nb\nc\nd\n", True),
        (("a",), "a\nb\n", False),
        (("a", "...", "c"), "a\nb\n", False),
        ((), "a\n", False),
        (("a.",), "ab\n", False),
    ],
)
def test_dots_alone_on_a_line_stand_for_any_lines_and_nothing_else_does(expected, actual, same):
    assert matches(expected, actual) is same


# What is named is there


def options(command) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {
        "-h",
        "--help",
    }


def program_calls(text: str) -> Iterator[str]:
    """Yield each call of the program in console blocks and in code within sentences."""
    for block in blocks_of(text):
        if block.is_a("console"):
            for command in commands_of(block):
                yield from re.findall(r"(?:^|[|;&(]\s*)(spectrum(?: [^|;&()>\n]*)?)", command.text)
        elif block.words[:1] in (("sh",), ("bash",)):
            yield from re.findall(r"^(?:\$ )?(spectrum [^|;&()>\n]*)", block.text, re.MULTILINE)
    yield from re.findall(r"`(spectrum(?: [^`]*)?)`", prose_of(text))


@pytest.mark.parametrize("document", [*DOCUMENTS, *TOP_LEVEL], ids=named)
def test_a_document_names_only_commands_and_options_that_exist(document):
    for call in program_calls(document.read_text(encoding="utf-8")):
        command = get_command(build())
        for word in call.partition(" #")[0].split()[1:]:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in options(command), f"{named(document)}: {call}"
            elif hasattr(command, "commands"):
                assert word in command.commands, f"{named(document)}: {call}"
                command = command.commands[word]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose_of(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", [*DOCUMENTS, *TOP_LEVEL], ids=named)
def test_every_relative_link_leads_somewhere(document):
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose_of(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8"))
        ):
            dead.append(link)
    assert not dead


# What is listed is complete


def test_the_table_of_keys_names_every_key_of_the_format_with_its_answers():
    rows = rows_between(read("decision-file.md"), "keys")
    listed = {code(row[0])[0]: code(row[1]) for row in rows}
    details = [f"support.KEY.{field.name}" for field in SUPPORT_FIELDS]
    assert set(listed) == {*FIELDS, *details, "spectrum", "parts", "parts.id"}
    assert len(listed) == len(rows)
    for key, field in FIELDS.items():
        assert listed[key] == list(field.answers), key


def test_every_example_in_the_table_of_keys_is_accepted_by_the_reader():
    sections = {section.name for section in SECTIONS}
    for key, _, _, example in rows_between(read("decision-file.md"), "keys"):
        line = code(example)[0]
        section, dot, _ = code(key)[0].partition(".")
        head = [] if line.startswith("spectrum:") else ["spectrum: 1"]
        head += [] if line.startswith("title:") else ["title: A decision"]
        if section == "parts":
            body = [line] if not dot else ["parts:", f"  - {line}", "    title: A part"]
        elif code(key)[0].startswith("support.KEY."):
            body = ["support:", "  scope:", f"    {line}"]
        else:
            body = [f"{section}:", f"  {line}"] if section in sections else [line]
        reading = read_decision(Source("example", "\n".join([*head, *body]) + "\n"))
        assert reading.decision is not None, (line, reading.diagnostics)
        assert not reading.diagnostics
        stated = {name for name, answer in reading.decision.answers.items() if answer.value is not None}
        if code(key)[0] in FIELDS:
            assert code(key)[0] in stated, line


def test_each_answer_about_openness_and_need_is_explained_in_order():
    rows = rows_between(read("decision-file.md"), "answers")
    explained: dict[str, list[str]] = {}
    key = ""
    for row in rows:
        key = code(row[0])[0] if code(row[0]) else key
        explained.setdefault(key, []).extend(code(row[1]))
    expected = {
        field.key: ["false", "true"] if field.kind is Kind.FLAG else list(field.answers)
        for section in SECTIONS
        for field in section.fields
        if section.name in ("openness", "need") and field.kind is not Kind.FIXED
    }
    assert explained == expected


def test_every_code_about_reading_is_listed():
    rows = rows_between(read("decision-file.md"), "codes")
    assert [code(row[0])[0] for row in rows] == [item.code for item in READING_CODES]


def test_the_limits_are_those_of_the_format():
    text = read("decision-file.md")
    size = decision_format.MAX_BYTES // 1024 // 1024
    for limit in (f"{size} MiB", f"{decision_format.MAX_DEPTH} levels", f"{decision_format.MAX_PARTS} parts"):
        assert limit in text


SHAPES = {
    frozenset({"document", "passage", "reference"}): "source",
    frozenset({"key", "value", "line", "column"}): "answer read",
}
RULE_KEYS = {"rule", "title", "because", "source", "answers"}


def schema_keys(schema, before: str = "") -> Iterator[str]:
    """Yield the keys of a JSON Schema as ``a.b`` and ``list[].key``; what is the same for every rule only once."""
    for inner in schema.get("anyOf", ()):
        yield from schema_keys(inner, before)
    properties = schema.get("properties", {})
    if frozenset(properties) in SHAPES:
        return
    shared = RULE_KEYS if set(properties) > RULE_KEYS else set()
    for key, value in properties.items():
        if key not in shared:
            yield before + key
            yield from schema_keys(value, f"{before}{key}.")
    if isinstance(schema.get("items"), dict):
        yield from schema_keys(schema["items"], f"{before[:-1]}[].")


def test_the_table_of_json_keys_is_that_of_the_schema():
    listed = [name for row in rows_between(read("json.md"), "keys") for name in code(row[0])]
    advice = advice_schema()["anyOf"][0]
    scope = [name for name in advice["properties"]["parts"]["items"]["properties"] if name not in ("id", "title")]
    expected = [
        key
        for key in schema_keys(advice)
        if not key.startswith("parts[].") or key.removeprefix("parts[].") in ("id", "title")
    ]
    assert sorted(listed) == sorted(expected)
    assert set(scope) <= set(listed)


def test_the_shapes_that_all_rules_have_in_common_are_listed():
    text = read("json.md")
    for mark, keys in (
        ("rule", RULE_KEYS),
        ("source", {"document", "passage", "reference"}),
        ("read", {"key", "value", "line", "column"}),
        ("failure", set(advice_schema()["anyOf"][1]["properties"])),
    ):
        listed = [name for row in rows_between(text, mark) for name in code(row[0])]
        assert len(listed) == len(set(listed))
        assert set(listed) == keys


def test_every_exit_status_is_listed():
    listed = {int(code(row[0])[0]) for row in rows_between(read("exit-codes.md"), "exits")}
    assert listed == {value for name, value in vars(exits).items() if name.isupper()}


def test_the_import_rules_shown_are_those_of_the_project():
    with (ROOT / "pyproject.toml").open("rb") as stream:
        real = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    block = next(block for block in blocks_of(read("architecture.md")) if block.is_a("toml"))
    shown = tomllib.loads(block.text)["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in shown] == [contract["name"] for contract in real]
    for contract, whole in zip(shown, real, strict=True):
        assert contract == {key: whole[key] for key in contract}


def test_the_picture_can_be_read_without_seeing_it():
    root = ElementTree.parse(DOCS / "architecture.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title")
    assert root.findtext(f"{space}desc")
    assert "sans-serif" in root.get("font-family", "")
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", (DOCS / "architecture.svg").read_text(encoding="utf-8")))
    assert colours <= {"#1B1B1F", "#0B5394", "#C2185B", "#5E2B97", "#FFFFFF"}


def test_the_changelog_names_the_versions_of_the_program_and_of_the_rule_bases():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert __version__ in text
    for layer in load_rule_base("uk").layers:
        assert f"{layer.id} {layer.version}" in text


def test_the_notice_quotes_the_key_questions_word_for_word():
    text = " ".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())
    base = load_rule_base()
    assert base.acknowledgement in text
    for kind in base.types:
        assert kind.key_question in text
