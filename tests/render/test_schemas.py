"""The published schemas say what the reader and the JSON output do."""

import json
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example, settings
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.cli.schema import SchemaName
from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.decision_file import read_decision, read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, Kind
from spectrum_cli.model.document import Source
from spectrum_cli.render.advice_schema import advice_schema
from spectrum_cli.render.comparison import comparison_json, comparison_json_failure
from spectrum_cli.render.comparison_schema import comparison_schema
from spectrum_cli.render.decision_schema import decision_schema
from spectrum_cli.render.json_format import render_json
from spectrum_cli.render.verification import verification_json
from spectrum_cli.render.verification_schema import verification_schema
from spectrum_cli.render.whatif import whatif_json
from spectrum_cli.render.whatif_schema import whatif_schema
from spectrum_cli.workflows.compare import compare_people
from spectrum_cli.workflows.verify import verify
from spectrum_cli.workflows.whatif import ask_what_if
from tests.cli.command import spectrum
from tests.render.test_formats import closed
from tests.rules.idle import IDLE

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


def printed(name: SchemaName) -> dict:
    return json.loads(spectrum("schema", name.value).out)


@pytest.mark.parametrize("name", SchemaName)
def test_what_is_printed_is_a_schema_and_the_published_copy_is_the_same(name):
    """Write a copy anew with, for example: spectrum schema advice > docs/schema/advice-1.json"""
    jsonschema.Draft7Validator.check_schema(printed(name))
    published = (SCHEMAS / f"{name}-1.json").read_text(encoding="utf-8")
    assert published == spectrum("schema", name.value).out


def test_the_page_of_the_json_names_every_schema():
    table = (SCHEMAS.parent / "json.md").read_text(encoding="utf-8").partition("<!-- schemas: begin -->")[2]
    rows = [line.split(" | ") for line in table.partition("<!-- schemas: end -->")[0].splitlines() if "`" in line]
    named = [row[1].strip("`").removeprefix("spectrum schema ") for row in rows]
    assert sorted(named) == sorted(set(SchemaName) - {SchemaName.decision})
    assert [row[2].split("]")[0].strip("[") for row in rows] == [f"{name}-1.json" for name in named]


EXAMPLES = sorted(path for path in (SCHEMAS.parents[1] / "examples").iterdir() if path.name != "README.md")
WHATIF = jsonschema.Draft7Validator(closed(whatif_schema()))
COMPARE = jsonschema.Draft7Validator(closed(comparison_schema()))
VERIFY = jsonschema.Draft7Validator(closed(verification_schema()))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_what_would_change_each_example_fits_its_schema_and_holds_no_other_key(example):
    decision = read_decision_file(str(example)).decision
    for part in ("", *(part.id for part in decision.parts)):
        for tried in ((), ("openness.stage=unknown", "openness.open_to_change=[method]")):
            asked = ask_what_if(str(example), RULES, part=part, settings=tried)
            WHATIF.validate(json.loads(whatif_json(asked)))


@pytest.mark.parametrize("name", ["village-surgery.yaml", "library-move.yaml"])
def test_the_weights_fit_the_schema(name):
    asked = ask_what_if(str(SCHEMAS.parents[1] / "examples" / name), RULES, weights=True)
    data = json.loads(whatif_json(asked))
    WHATIF.validate(data)
    assert data["weights"]["shares"]


@pytest.mark.parametrize(
    ("one", "other"), [*pairwise(EXAMPLES), (EXAMPLES[0], EXAMPLES[0])], ids=lambda path: path.stem
)
def test_a_comparison_of_examples_fits_its_schema_and_holds_no_other_key(one, other):
    found = compare_people([str(one), str(other)], RULES).comparison
    COMPARE.validate(json.loads(comparison_json(found)))


def test_a_comparison_with_parts_that_some_have_fits_its_schema():
    whole = EXAMPLES[[path.stem for path in EXAMPLES].index("diabetes-clinic")]
    found = compare_people([str(whole), str(whole), str(EXAMPLES[0])], RULES).comparison
    data = json.loads(comparison_json(found))
    COMPARE.validate(data)
    assert [part["id"] for part in data["parts"]] == ["patient-transport"]


def test_a_comparison_that_failed_fits_its_schema():
    people = compare_people([str(EXAMPLES[0]), "nowhere.yaml"], RULES).people
    data = json.loads(comparison_json_failure(people))
    COMPARE.validate(data)
    assert data["people"][1]["diagnostics"]


@pytest.mark.parametrize("rules", ["peoplehub", "practice", "uk"])
def test_a_verified_rule_base_fits_its_schema(rules):
    VERIFY.validate(json.loads(verification_json(verify(rules))))


def test_a_rule_base_with_findings_fits_the_schema(tmp_path):
    (tmp_path / "gates").mkdir()
    (tmp_path / "rulebase.yaml").write_text(
        'id: mine\ntitle: Mine\nversion: "1.0"\nextends: practice\nnote: Shows a finding.\n', encoding="utf-8"
    )
    (tmp_path / "gates" / "idle.yaml").write_text(IDLE, encoding="utf-8")
    data = json.loads(verification_json(verify(str(tmp_path))))
    VERIFY.validate(data)
    assert data["diagnostics"]


@pytest.mark.parametrize(
    ("validator", "spoil"),
    [
        (WHATIF, lambda data: data["targets"][0].update(type="ENGAGE")),
        (WHATIF, lambda data: data["rule_base"].pop("framework")),
        (WHATIF, lambda data: data.update(more=1)),
        (COMPARE, lambda data: data.update(people=data["people"][:1])),
        (COMPARE, lambda data: data["rule_base"].update(hash="sha256:0")),
        (COMPARE, lambda data: data["left_open"].pop("type")),
    ],
)
def test_the_schemas_find_faults(validator, spoil):
    text = (
        whatif_json(ask_what_if(str(EXAMPLES[0]), RULES))
        if validator is WHATIF
        else comparison_json(compare_people([str(EXAMPLES[0]), str(EXAMPLES[1])], RULES).comparison)
    )
    data = json.loads(text)
    spoil(data)
    assert not validator.is_valid(data)
