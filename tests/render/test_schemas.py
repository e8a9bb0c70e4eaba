"""The published schemas say what the reader and the JSON output do."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example, settings
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, Kind
from spectrum_cli.model.document import Source
from spectrum_cli.render.advice_schema import advice_schema
from spectrum_cli.render.decision_schema import decision_schema
from spectrum_cli.render.json_format import render_json

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
VALIDATOR = jsonschema.Draft7Validator(decision_schema())
ADVICE = jsonschema.Draft7Validator(advice_schema())
RULES = prepare(load_rule_base())

# Texts without what YAML itself cannot hold; None in place of a text is left out, because the plain word null is
# a text to the reader and nothing to a schema.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1, max_size=12)
WORDS = st.sampled_from(
    [
        "unknown",
        "nothing",
        "made",
        "met",
        "high",
        "yes",
        "No",
        "TRUE",
        "y",
        "12",
        " 7 ",
        "012",
        "2027-02-28",
        "2027-02-30",
        "2028-02-29",
        "2100-02-29",
        "0000-01-01",
        "2027-1-1",
        "consult",
        "co_design",
        "none",
        "true ",
        "",
    ]
)
SCALAR = st.one_of(
    TEXT,
    WORDS,
    st.integers(-5, 10**18),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
)


def value_for(field):
    """Mostly right, sometimes any wrong thing."""
    right = {
        Kind.TEXT: TEXT,
        Kind.TEXTS: st.lists(TEXT, max_size=3),
        Kind.CHOICE: st.sampled_from(field.answers or ("x",)),
        Kind.CHOICES: st.lists(st.sampled_from(field.answers or ("x",)), max_size=3),
        Kind.COUNT: st.one_of(st.integers(0, 10**15 - 1), st.just("40")),
        Kind.FLAG: st.one_of(st.booleans(), st.sampled_from(["yes", "NO", "off", "Y"])),
        Kind.DATE: st.dates().map(lambda day: day.isoformat()),
        Kind.FIXED: st.lists(
            st.one_of(TEXT, st.fixed_dictionaries({"what": TEXT}, optional={"why": TEXT})), max_size=2
        ),
        Kind.SUPPORT: st.one_of(
            st.sampled_from(["met", "planned", "missing"]),
            st.fixed_dictionaries(
                {}, optional={"state": st.just("met"), "owner": TEXT, "by": st.just("2027-01-01"), "x-a": TEXT}
            ),
        ),
    }[field.kind]
    wrong = st.one_of(SCALAR, st.lists(SCALAR, max_size=2), st.dictionaries(TEXT, SCALAR, max_size=1))
    unstated = st.sampled_from(["unknown", None]) if field.key != "title" else st.just("unknown")
    return st.one_of(right, right, right, unstated, wrong)


def body(**required):
    sections = {
        section.name: st.one_of(
            st.fixed_dictionaries({}, optional={field.name: value_for(field) for field in section.fields}),
            st.sampled_from([None, "unknown"]),
        )
        for section in SECTIONS
    }
    tops = {name: value_for(FIELDS[name]) for name in ("summary", "owner", "notes")}
    return st.fixed_dictionaries(required, optional={**sections, **tops, "x-own": SCALAR, "odd": SCALAR})


PART = body(id=st.sampled_from(["one"]), title=TEXT)
FILE = st.one_of(
    body(spectrum=st.just(1), title=value_for(FIELDS["title"])),
    body(spectrum=st.sampled_from([1, "1", 2, True, "one"]), title=TEXT, parts=st.lists(PART, max_size=1)),
)


def without_no_texts(value):
    """Whether a None stands in a list of texts: the exception that the schema's own text names."""
    if isinstance(value, dict):
        return all(without_no_texts(item) for item in value.values())
    return not isinstance(value, list) or all(item is not None and without_no_texts(item) for item in value)


@settings(max_examples=400)
@forall(FILE.filter(without_no_texts))
@example({"spectrum": 1, "title": "X", "openness": {"open_to_change": ["unknown"]}})
@example({"spectrum": 1, "title": "X", "openness": {"open_to_change": ["nothing", "nothing"]}})
@example({"spectrum": 1, "title": "X", "openness": {"open_to_change": ["nothing", "whether"]}})
@example({"spectrum": 1, "title": " "})
@example({"spectrum": True, "title": "X"})
def test_the_schema_accepts_and_refuses_what_the_reader_does_and_what_is_accepted_gets_advice(data):
    reading = read_decision(Source("x.yaml", json.dumps(data, ensure_ascii=False)))
    accepted = VALIDATOR.is_valid(data)
    assert (reading.decision is not None) == accepted, (
        [fault.message for fault in reading.diagnostics],
        [error.message for error in VALIDATOR.iter_errors(data)],
    )
    if reading.decision is not None:
        advice = advise(reading.decision, RULES)
        assert advice.whole.assessment.possible_types
        ADVICE.validate(json.loads(render_json(advice)))


@pytest.mark.parametrize("make", [decision_schema, advice_schema])
def test_the_schemas_are_schemas(make):
    jsonschema.Draft7Validator.check_schema(make())


@pytest.mark.parametrize(("name", "make"), [("decision-1", decision_schema), ("advice-1", advice_schema)])
def test_the_published_schemas_are_what_the_program_prints(name, make):
    """Write them anew with: spectrum schema decision > docs/schema/decision-1.json (and advice alike)."""
    published = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(published) == make()
