"""JUnit XML: parsed by a plain reader, whatever the text is."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.model.report import portable_path
from spectrum_cli.render.reports.escaping import shown
from spectrum_cli.render.reports.text import picture
from tests.render.reports.samples import CASES, CLEAN, FAULTY, report, summary_of


def suites_of(files, summary=None, **options):
    root = ElementTree.fromstring(report("junit", files, summary, **options).encode("utf-8"))
    assert root.tag == "testsuites"
    return list(root)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("case", [case for case in CASES if case != "no file"])
def test_each_file_is_a_suite_with_one_test(case, ascii_only):
    suites = suites_of(CASES[case], ascii_only=ascii_only)
    assert len(suites) == len(CASES[case])
    for suite, (name, items) in zip(suites, CASES[case], strict=True):
        (test,) = suite
        assert suite.tag == "testsuite"
        assert test.tag == "testcase"
        assert suite.get("name") == test.get("name") == test.get("file") == shown(portable_path(name))
        failures = test.findall("failure")
        failing = [item for item in items if item.severity is not Severity.NOTE]
        # Jenkins shows only the first failure of a test.
        assert len(failures) == bool(failing)
        assert suite.attrib["tests"] == "1"
        assert suite.attrib["failures"] == str(len(failures))
        assert (failures[0].text if failures else "") == "\n" * bool(failing) + "".join(map(picture, failing))
        notes = [item for item in items if item.severity is Severity.NOTE]
        assert (test.findtext("system-out") or "") == "\n" * bool(notes) + "".join(map(picture, notes))


def test_a_failure_says_how_many_and_the_worst():
    (suite,) = suites_of([FAULTY])
    failure = suite.find("testcase/failure")
    assert failure.attrib == {"message": "1 error and 1 warning", "type": "error"}
    assert "SP303" in suite.findtext("testcase/system-out")


def test_warnings_alone_are_a_failure_of_that_type():
    (suite,) = suites_of([("a.yaml", FAULTY[1][1:])])
    assert suite.find("testcase/failure").attrib == {"message": "1 warning", "type": "warning"}


def test_a_test_has_the_same_name_when_it_fails_and_when_it_passes():
    name = FAULTY[0]
    (failing,), (passing,) = suites_of([FAULTY]), suites_of([(name, ())])
    assert failing.find("testcase").attrib == passing.find("testcase").attrib


@pytest.mark.parametrize(("status", "tag"), [(2, "failure"), (0, "skipped")])
def test_no_file_is_a_failure_unless_it_was_allowed(status, tag):
    (suite,) = suites_of([], replace(summary_of([]), exit_status=status))
    (inner,) = suite.find("testcase")
    assert inner.tag == tag
    assert inner.get("message").startswith("No file was checked")
    assert (suite.get("failures"), suite.get("skipped")) == (("1", "0") if status else ("0", "1"))


def test_text_of_a_file_adds_no_element():
    tags = {element.tag for suite in suites_of([CLEAN, *CASES["nasty"]]) for element in suite.iter()}
    assert tags == {"testsuite", "testcase", "failure", "system-out"}
