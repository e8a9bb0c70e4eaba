"""The report for people."""

import re
from dataclasses import replace

import pytest

from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span
from tests.render.reports.samples import CASES, CLEAN, FAULTY, UNREADABLE, finding, report, summary_of

RULES_LINE = "Rule base practice 1.0 (0123456789ab).\n"
SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_finding_is_shown_with_its_line_the_place_underlined_and_what_to_do():
    assert report("text", [("plans/bridge.yaml", (finding(),))]).splitlines()[:6] == [
        "plans/bridge.yaml:31:13: SP301 the plan promises more than the decision allows",
        "  31 | plan: {type: co-design}",
        "     |             ^^^^^^^^^",
        "   9 |   stage: proposal",
        "     |          -------- holds it to CONSULT (gate one-proposal)",
        '  hint: Plan "consult".',
    ]


def test_the_severity_is_named_unless_it_is_an_error():
    heads = [line for line in report("text", [FAULTY]).splitlines() if line.startswith("plans/")]
    assert [re.search(r": ((?:\w+ )?SP3\d\d) ", head)[1] for head in heads] == [
        "SP301",
        "warning SP302",
        "note SP303",
    ]


def test_clean_files_take_no_room():
    assert report("text", [CLEAN, CLEAN]) == f"{RULES_LINE}No findings. 2 files checked.\n"


def test_a_finding_without_a_place_names_the_file_alone():
    told = report("text", [UNREADABLE])
    assert told.startswith(f"plans/gone.yaml: SP101 there is no such file\n\n{RULES_LINE}1 error.")


def test_rules_that_are_not_known_are_not_named():
    assert report("text", [CLEAN], replace(summary_of([CLEAN]), rules=None)) == "No findings. 1 file checked.\n"


def test_a_place_in_another_file_says_so():
    related = (Related("the goal is set here", Span(4, 1, 4, 6), "title: X", "plans/goal.yaml"),)
    item = Diagnostic("SP301", Severity.ERROR, "x", "a.yaml", Span(1, 1, 1, 6), "title: Y", "", related)
    assert "----- the goal is set here (in plans/goal.yaml)\n" in report("text", [("a.yaml", (item,))])


@pytest.mark.parametrize("case", CASES)
def test_colour_adds_nothing_but_colour(case):
    plain, coloured = report("text", CASES[case]), report("text", CASES[case], colour=True)
    assert SGR.sub("", coloured) == plain
    assert "\x1b" not in plain
    for line in coloured.splitlines():
        codes = SGR.findall(line)
        assert len(codes) % 2 == 0
        assert all(code == "\x1b[0m" for code in codes[1::2])


def test_colour_tells_the_severities_apart():
    coloured = report("text", [FAULTY], colour=True)
    for code in ("\x1b[1;31mSP301", "\x1b[1;33mwarning SP302", "\x1b[1;36mnote SP303", "\x1b[1;31m^^^^"):
        assert code in coloured
