"""The formats that are read line by line: concise, GitHub, Azure. What is decoded again is what was said."""

import re

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.report import portable_path
from spectrum_cli.render.reports import azure, github
from spectrum_cli.render.reports.escaping import defused, shown
from tests.render.reports.samples import CASES, CLEAN, FAULTY, SLUGS, UNREADABLE, finding, nasty_findings, report

CONCISE = re.compile(
    r"(?P<file>.+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): "
    r"(?P<severity>error|warning|note) (?P<code>SP\d{3}) (?P<slug>[a-z0-9-]+) (?P<message>.*)"
)
GITHUB = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>.*?)::(?P<data>.*)")
AZURE = re.compile(r"##vso\[task\.logissue (?P<properties>[^\]]*)\](?P<data>.*)")
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("%:,;]=\r\n025AZP3DCB")))


def findings_in(case):
    return [item for _, found in CASES[case] for item in found]


def unescape_github(text, *, inside_property=False):
    """Read as the runner does: the percent sign last."""
    if inside_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def unescape_azure(text, *, inside_property=False):
    if inside_property:
        text = text.replace("%3B", ";").replace("%5D", "]")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%")


def told(item):
    return "\n".join(shown(part) for part in (item.message, item.hint) if part)


# Concise


@pytest.mark.parametrize("case", CASES)
def test_each_finding_is_one_line_that_can_be_taken_apart(case):
    *lines, _ = report("concise", CASES[case]).split("\n")[:-1]
    items = findings_in(case)
    assert len(lines) == len(items)
    for line, item in zip(lines, items, strict=True):
        found = CONCISE.fullmatch(line)
        assert found, line
        span = item.span or Span(1, 1, 1, 1)
        assert (int(found["line"]), int(found["column"])) == (span.line, span.column)
        assert (found["severity"], found["code"]) == (item.severity, item.code)
        assert found["slug"] == SLUGS.get(item.code, "sp999")
        assert found["file"] == defused(shown(item.file) + ":1").removesuffix(":1")
        assert found["message"] == re.sub(r"##(?=\w*\[)", "#[U+0023]", shown(item.message))


def test_nothing_is_wrapped():
    long = "word " * 200
    assert len(report("concise", [("a.yaml", (finding(message=long),))]).splitlines()) == 2


# GitHub


@forall(ANY_TEXT)
def test_github_gives_back_what_was_escaped(text):
    assert unescape_github(github.escape_data(text)) == text
    escaped = github.escape_property(text)
    assert unescape_github(escaped, inside_property=True) == text
    assert not set(escaped) & set("\r\n:,")


def github_commands(text):
    for line in text.splitlines():
        found = GITHUB.fullmatch(line)
        if found:
            pairs = [pair.partition("=") for pair in found["properties"].split(",")]
            properties = {key: unescape_github(value, inside_property=True) for key, _, value in pairs}
            yield found["kind"], properties, unescape_github(found["data"])


@pytest.mark.parametrize("case", ["faulty", "mixed", "unreadable"])
def test_each_finding_is_an_annotation_at_its_place(case):
    commands = list(github_commands(report("github", CASES[case])))
    for (kind, properties, data), item in zip(commands, findings_in(case), strict=True):
        assert kind == {"error": "error", "warning": "warning", "note": "notice"}[item.severity]
        assert data == told(item)
        assert properties.pop("title") == f"{item.code} {SLUGS[item.code]}"
        assert properties.pop("file") == item.file
        span = item.span
        expected = span and {"line": span.line, "endLine": span.end_line, "col": span.column}
        assert properties == (
            {key: str(value) for key, value in {**expected, "endColumn": span.end_column}.items()} if span else {}
        )


def test_nasty_text_comes_back_from_github_as_it_is_shown():
    for name, items in CASES["nasty"]:
        for item in items:
            ((_, properties, data),) = github_commands(report("github", [(name, (item,))]))
            assert data == told(item)
            assert properties["file"] == shown(portable_path(name))
            assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


def test_columns_are_left_out_where_a_finding_goes_over_several_lines():
    item = finding()._replace(span=Span(3, 5, 4, 2))
    ((_, properties, _),) = github_commands(report("github", [("a.yaml", (item,))]))
    assert (properties["line"], properties["endLine"]) == ("3", "4")
    assert not {"col", "endColumn"} & set(properties)


@pytest.mark.parametrize(
    ("errors", "warnings", "notes", "told_at_the_end"),
    [
        (10, 10, 9, ""),
        (11, 0, 0, "1 more finding stands in the log only: 1 error."),
        (12, 30, 10, "23 more findings stand in the log only: 2 errors, 20 warnings and 1 note."),
    ],
)
def test_what_github_does_not_show_is_in_the_log_and_counted(errors, warnings, notes, told_at_the_end):
    kinds = [Severity.ERROR] * errors + [Severity.WARNING] * warnings + [Severity.NOTE] * notes
    items = tuple(finding("SP302", kind, line=number) for number, kind in enumerate(kinds, start=1))
    text = report("github", [("a.yaml", items), CLEAN])
    commands = list(github_commands(text))
    plain = [line for line in text.splitlines() if CONCISE.fullmatch(line)]
    own = [command for command in commands if command[1].get("title") == "spectrum check"]
    assert len(commands) + len(plain) == len(items) + len(own)
    # Our own notice is one of those that are shown.
    assert sum(kind == "notice" for kind, _, _ in commands) <= github.SHOWN_PER_STEP
    if told_at_the_end:
        assert text.splitlines()[-1].endswith(told_at_the_end)
        assert own == [commands[-1]]
    else:
        assert not own


def test_nothing_to_check_is_an_error_in_both_logs():
    assert [command[0] for command in github_commands(report("github", []))] == ["error"]
    assert report("azure", []).startswith("##vso[task.logissue type=error]No file was checked")


# Azure


@forall(ANY_TEXT)
def test_azure_gives_back_what_was_escaped(text):
    assert unescape_azure(azure.escape_data(text)) == text
    escaped = azure.escape_property(text)
    assert unescape_azure(escaped, inside_property=True) == text
    assert not set(escaped) & set("\r\n;]")


@pytest.mark.parametrize("files", [[FAULTY], [UNREADABLE], CASES["nasty"]], ids=["faulty", "unreadable", "nasty"])
def test_each_error_and_warning_is_a_command_for_azure_and_each_note_a_line(files):
    items = [item for _, found in files for item in found]
    lines = report("azure", files).split("\n")
    for line, item in zip(lines, items, strict=False):
        if item.severity is Severity.NOTE:
            assert CONCISE.fullmatch(line)
            continue
        found = AZURE.fullmatch(line)
        assert found, line
        pairs = [pair.partition("=") for pair in found["properties"].split(";")]
        properties = {key: unescape_azure(value, inside_property=True) for key, _, value in pairs}
        expected = {"type": str(item.severity), "sourcepath": shown(portable_path(item.file)), "code": item.code}
        if item.span:
            expected |= {"linenumber": str(item.span.line), "columnnumber": str(item.span.column)}
        assert properties == expected
        assert unescape_azure(found["data"]) == f"{SLUGS[item.code]}: {told(item)}"
    assert len(lines) == len(items) + 2


def test_the_samples_hold_every_kind_of_nasty_text():
    assert {item.severity for item in nasty_findings("x.yaml")} == set(Severity)
