"""What holds for every format, whatever it is given."""

import re
import tracemalloc
from dataclasses import replace

import pytest

from spectrum_cli.model.report import ReportOptions
from spectrum_cli.render.reports import REPORT_FORMATS, new_report
from tests.render.reports.samples import CASES, CLEAN, FAULTY, RULES, finding, report, summary_of

FORMATS = list(REPORT_FORMATS)
every_format = pytest.mark.parametrize("name", FORMATS)
every_case = pytest.mark.parametrize("case", CASES)

# Everything that is not printed as itself, but for the line break.
ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def test_the_registry_names_the_formats():
    assert FORMATS == ["text", "concise", "json", "github", "gitlab", "sarif", "junit", "azure"]


@every_format
@every_case
def test_a_report_holds_nothing_that_acts_when_it_is_printed(name, case):
    text = report(name, CASES[case])
    assert ACTIVE.search(text) is None
    text.encode("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_format
@every_case
def test_no_line_is_a_command_to_a_pipeline_but_our_own(name, case):
    for line in report(name, CASES[case]).splitlines():
        if name == "github" and re.match(r"::(?:error|warning|notice) ", line):
            continue
        own = "##vso[task.logissue type="
        if name == "azure" and line.startswith(own):
            # The agent reads the first command on a line, and takes the rest as its message.
            continue
        if name in ("json", "gitlab", "sarif", "junit"):
            assert not line.lstrip().startswith("::")
        else:
            assert COMMAND.search(line) is None, line


@every_format
@every_case
def test_a_report_on_the_same_files_is_the_same(name, case):
    assert report(name, CASES[case]) == report(name, CASES[case])


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif", "junit"])
@every_case
def test_formats_for_programs_can_keep_to_ascii(name, case):
    assert report(name, CASES[case], ascii_only=True).isascii()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
def test_only_the_text_for_people_knows_colour(name):
    assert report(name, [FAULTY], colour=True) == report(name, [FAULTY])


@pytest.mark.parametrize("name", ["text", "concise", "github", "azure"])
@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (summary_of([CLEAN]), "No findings. 1 file checked."),
        (
            summary_of([CLEAN, FAULTY]),
            "1 error, 1 warning and 1 note. 2 files checked. Exit status 1: errors were found.",
        ),
        (
            summary_of(CASES["unreadable"]),
            "1 error. 0 files checked, 1 could not be read. Exit status 2: a file could not be read.",
        ),
        (
            replace(summary_of([CLEAN]), left_out=1, suppressed=1, baseline=2),
            "No findings. 1 file checked, 1 left out because there is no decision in it. "
            "1 finding suppressed, 2 findings known from the baseline.",
        ),
        (
            replace(summary_of([]), left_out=3, exit_status=0),
            "No file was checked. 3 left out because there is no decision in them.",
        ),
    ],
)
def test_the_last_line_says_in_words_what_came_of_it(name, summary, line):
    assert report(name, [], summary).splitlines()[-1] == line


@pytest.mark.parametrize("name", ["text", "concise"])
def test_no_file_at_all_is_said(name):
    assert report(name, []).splitlines()[-1] == "No file was checked. Exit status 2: no file was found."


@every_format
def test_fifty_thousand_files_need_no_more_memory_than_one(name):
    """The peak stays under 128 KiB, while the text of each report is several MB long."""
    item = finding()._replace(related=())
    made = new_report(name, ReportOptions(RULES, "1.2.3"))
    size = len(made.begin() + made.file("x.yaml", (item,)))
    tracemalloc.start()
    try:
        for number in range(50_000):
            file = f"plans/{number}.yaml"
            size += len(made.file(file, (item._replace(file=file),)))
        size += len(made.end(summary_of([CLEAN])))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 5_000_000
    assert peak < 128 * 1024
