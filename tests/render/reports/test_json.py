"""The JSON of findings and GitLab's array."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from spectrum_cli.render.reports.findings_schema import findings_schema
from tests.render.reports.samples import CASES, CLEAN, FAULTY, SLUGS, UNREADABLE, finding, report

DOCS = Path(__file__).parents[3] / "docs"
HALF = re.compile("[\ud800-\udfff]")


def findings_in(case):
    return [item for _, found in CASES[case] for item in found]


def test_the_schema_is_a_schema():
    jsonschema.Draft7Validator.check_schema(findings_schema())


def test_the_published_schema_is_that_of_the_program():
    published = (DOCS / "schema" / "findings-1.json").read_text(encoding="utf-8")
    assert json.loads(published) == findings_schema()


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_a_report_is_valid_whatever_the_files_are(case, ascii_only):
    data = json.loads(report("json", CASES[case], ascii_only=ascii_only))
    jsonschema.Draft7Validator(findings_schema()).validate(data)
    assert len(data["findings"]) == len(findings_in(case))


def test_a_finding_says_everything_that_is_known_about_it():
    data = json.loads(report("json", [("plans/bridge.yaml", (finding(),))]))
    assert data["findings"] == [
        {
            "code": "SP301",
            "slug": "promise-exceeds-openness",
            "severity": "error",
            "message": "the plan promises more than the decision allows",
            "file": "plans/bridge.yaml",
            "line": 31,
            "column": 13,
            "end_line": 31,
            "end_column": 22,
            "hint": 'Plan "consult".',
            "related": [
                {
                    "message": "holds it to CONSULT (gate one-proposal)",
                    "file": "plans/bridge.yaml",
                    "line": 9,
                    "column": 10,
                }
            ],
        }
    ]


def test_a_place_that_is_not_known_is_null():
    (found,) = json.loads(report("json", [UNREADABLE]))["findings"]
    assert [found[key] for key in ("line", "column", "end_line", "end_column", "hint")] == [None] * 5
    assert found["related"] == []


def test_the_summary_counts():
    data = json.loads(report("json", [CLEAN, FAULTY, UNREADABLE]))
    assert data["summary"] == {
        "files_checked": 2,
        "files_without_decision": 0,
        "files_not_read": 1,
        "errors": 2,
        "warnings": 1,
        "notes": 1,
        "codes": {"SP101": 1, "SP301": 1, "SP302": 1, "SP303": 1},
        "suppressed": 0,
        "in_baseline": 0,
        "exit_status": 2,
        "reason": "a file could not be read",
    }


@pytest.mark.parametrize("ascii_only", [False, True])
def test_values_are_what_they_were_but_for_halves_of_a_sign(ascii_only):
    data = json.loads(report("json", CASES["nasty"], ascii_only=ascii_only))
    for found, item in zip(data["findings"], findings_in("nasty"), strict=True):
        assert found["message"] == HALF.sub("\ufffd", item.message)
        assert found["file"] == HALF.sub("\ufffd", item.file)


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif"])
def test_json_closes_no_script_element(name):
    assert "<" not in report(name, CASES["nasty"])


def test_each_finding_is_a_line_of_its_own():
    lines = report("json", [FAULTY]).splitlines()
    assert [json.loads(line.removesuffix(","))["code"] for line in lines[1:-1]] == ["SP301", "SP302", "SP303"]


def keys_of(schema, before=""):
    for key, value in schema.get("properties", {}).items():
        yield before + key
        yield from keys_of(value, f"{before}{key}.")
        yield from keys_of(value.get("items", {}), f"{before}{key}[].")


def test_the_page_lists_every_key():
    text = (DOCS / "check-json.md").read_text(encoding="utf-8")
    table = text.partition("<!-- keys: begin -->")[2].partition("<!-- keys: end -->")[0]
    rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    listed = [key for row in rows for key in re.findall(r"`([^`]+)`", row)]
    assert sorted(listed) == sorted(keys_of(findings_schema()))


# GitLab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z0-9-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("case", CASES)
def test_gitlab_gets_one_array_with_a_fingerprint_for_each_finding(case):
    data = json.loads(report("gitlab", CASES[case]))
    jsonschema.validate(data, GITLAB)
    assert len(data) == len(findings_in(case))
    assert len({item["fingerprint"] for item in data}) == len(data)


def test_gitlab_is_told_severity_place_and_check():
    found = json.loads(report("gitlab", [FAULTY, UNREADABLE]))
    assert [item["severity"] for item in found] == ["major", "minor", "info", "major"]
    assert [item["location"]["lines"]["begin"] for item in found] == [31, 32, 33, 1]
    assert [item["check_name"] for item in found] == [SLUGS[code] for code in ("SP301", "SP302", "SP303", "SP101")]
