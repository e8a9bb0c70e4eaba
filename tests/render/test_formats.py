"""Advice in every format: readable at any width, and text from a file never acts as markup."""

import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import jsonschema
import pytest

from spectrum_cli.engine.advice import advise
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.document import Source
from spectrum_cli.render.advice_schema import advice_schema
from spectrum_cli.render.html import render_html
from spectrum_cli.render.json_format import render_json
from spectrum_cli.render.markdown import escape, render_markdown
from spectrum_cli.render.page import Page, Piece, cell_width
from spectrum_cli.render.spectrum_line import position
from spectrum_cli.render.svg import render_svg
from spectrum_cli.render.terminal import render_quiet, render_terminal

NASTY = (
    "[/b] [red]Move[/red] :house: <script>alert(1)</script> & \"q\" 'a' `c` *s* _u_ # $ \\ | ~ {x} <!-- ]]> "
    "👩‍🦽 \u202egnihtyna\u202c ١٢٣ עברית日本語 \u001b[2J\u0007"
)
FILE = """\
spectrum: 1
title: TITLE
owner: TITLE
decided_by: TITLE
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: settled
  agenda: system
  fixed: [{what: TITLE, why: TITLE}]
need: {impact: high, contested: high, duty: express, unequal_effect: true}
people: {affected: 5000, taking_part: 5}
time: {weeks: 2}
support:
  reasons: met
  scope: missing
  effect_of_input: {state: planned, owner: TITLE, by: 2027-04-30, evidence: TITLE}
plan: {type: co-produce, promise: TITLE, methods: [TITLE]}
parts:
  - id: TITLE
    title: TITLE
    openness: {stage: aim, open_to_change: [method], use_of_input: unknown}
"""


def advice_on(title, rules):
    text = FILE.replace("TITLE", json.dumps(title, ensure_ascii="\u001b" in title))
    text = re.sub(r"\\ud[0-9a-f]{3}\\ud[0-9a-f]{3}", lambda found: json.loads(f'"{found[0]}"'), text)
    reading = read_decision(Source("x.yaml", text))
    assert reading.decision is not None, reading.diagnostics
    return advise(reading.decision, rules)


@pytest.fixture(scope="module")
def nasty(uk):
    return advice_on(NASTY, uk)


@pytest.fixture(scope="module")
def plain(uk):
    return advice_on("Move the clinic", uk)


def lines(advice, width, **options):
    page = Page(width, **options)
    render_terminal(advice, page)
    return page.text().splitlines()


@pytest.mark.parametrize("width", [20, 21, 33, 40, 60, 79, 80, 81, 100, 200])
def test_no_line_is_wider_than_the_terminal(plain, width):
    assert max(cell_width(line) for line in lines(plain, width)) <= width


def test_long_words_and_wide_signs_stay_inside_too(uk):
    advice = advice_on("車" * 300 + " " + "x" * 10_000, uk)
    assert max(cell_width(line) for line in lines(advice, 80)) <= 80


def test_a_pipe_gets_its_sentences_unbroken(plain):
    unbroken = lines(plain, None)
    assert any("There are fewer than four weeks to answer. The law sets no fixed number" in line for line in unbroken)
    assert "this decision" in [line.strip() for line in unbroken]


def test_text_from_the_file_comes_out_as_it_is_but_for_signs_that_harm_a_terminal(nasty):
    text = "\n".join(lines(nasty, None))
    assert "[/b] [red]Move[/red] :house: <script>alert(1)</script>" in text
    assert "\u001b" not in text
    assert "\u202e" not in text
    assert "[U+202E]gnihtyna[U+202C]" in text
    assert "[U+001B][2J[U+0007]" in text
    assert "👩‍🦽" in text


def test_colour_changes_no_word(nasty):
    page = Page(80)
    render_terminal(nasty, page)
    coloured = page.coloured()
    assert "\u001b[" in coloured
    bare = re.sub(r"\u001b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == page.text().splitlines()


@pytest.mark.parametrize("width", [None, 80, 40])
def test_where_only_ascii_is_shown_our_own_signs_are_ascii(plain, width):
    text = "\n".join(lines(plain, width, ascii_only=True))
    assert text.isascii()
    assert "(c) peoplehub" in text


def test_the_type_and_its_question_come_first_and_the_acknowledgement_last(plain):
    shown = lines(plain, 80)
    assert shown[0] == "Move the clinic"
    assert any(line.startswith("CONSULT “This is what is happening and why.") for line in shown[:5])
    assert shown[-1] == "Spectrum of Participation © peoplehub, used with acknowledgement"
    assert any("The plan says CO-PRODUCE (line 20)." in line for line in shown[:9])


def test_every_section_that_the_file_gives_cause_for_is_there(plain):
    text = "\n".join(lines(plain, 80))
    headings = (
        "Why CONSULT",
        "How open it is",
        "What is not open",
        "Who puts in what",
        "What must be in place",
        "What the decision asks for",
        "What would move it one type",
        "Take note",
        "The parts, each with its own advice",
    )
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "not legal advice" in text
    assert "[ ] missing" in text
    assert "[~] planned" in text
    assert "[?] not stated" in text
    assert "[✓] met" in text


def test_bars_tell_six_different_widths_apart(plain):
    row = next(line for line in lines(plain, 80) if line.startswith("system "))
    bars = [len(bar) for bar in re.findall("█+", row)]
    assert len(bars) == 6
    assert bars == sorted(set(bars))
    assert next(line for line in lines(plain, 80) if line.startswith("people ")).split()[1] == "none"


def test_the_marker_stands_above_its_own_type_and_never_past_it(practice):
    for stage, name in (("made", "INFORM"), ("proposal", "CONSULT"), ("options", "ENGAGE"), ("aim", "CO-DESIGN")):
        reading = read_decision(Source("x", f"spectrum: 1\ntitle: X\nopenness: {{stage: {stage}}}\n"))
        advice = advise(reading.decision, practice)
        drawn = lines(advice, 80)
        axis = next(number for number, line in enumerate(drawn) if line.startswith("TO "))
        column = drawn[axis - 1].index("▼")
        start = 4 + 12 * advice.whole.assessment.type.order
        assert advice.whole.assessment.type.name == name
        assert start <= column < start + 12


def test_a_place_on_the_line_never_leaves_the_band_of_its_type(practice):
    reading = read_decision(Source("x", "spectrum: 1\ntitle: X\nopenness: {stage: proposal}\n"))
    found = advise(reading.decision, practice).whole.assessment
    types = practice.rule_base.types
    for value in (25, 30, 44.9, 44.99):
        room = found.openness._replace(value=value)
        place = position(found._replace(openness=room), types)
        assert 1.5 < place < 2.5


def test_one_part_can_be_shown_alone(plain):
    page = Page(80)
    render_terminal(plain, page, part="Move the clinic")
    text = page.text()
    assert "Part Move the clinic of: Move the clinic" in text
    assert "ENGAGE “This is what might happen. What do you think about it?”" in text


def test_quiet_is_one_line(plain):
    assert render_quiet(plain) == "x.yaml: CONSULT (certain; the plan says CO-PRODUCE: over-promise)\n"


@pytest.mark.parametrize("which", ["plain", "nasty"])
def test_json_is_one_line_that_fits_its_schema(which, request):
    line = render_json(request.getfixturevalue(which))
    assert "\n" not in line
    data = json.loads(line)
    jsonschema.Draft7Validator(advice_schema()).validate(data)
    assert data["gates"][0]["answers"][0]["line"] == 6
    assert data["gates"][0]["rule"] == "one-proposal"
    assert data["gates"][0]["source"]["document"] == "peoplehub"
    if which == "nasty":
        assert data["title"] == NASTY


def test_json_can_hold_one_part_alone(plain):
    data = json.loads(render_json(plain, part="Move the clinic"))
    assert [part["id"] for part in data["parts"]] == ["Move the clinic"]
    jsonschema.Draft7Validator(advice_schema()).validate(data)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []
        self.text = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_one_safe_page_that_fetches_nothing(nasty):
    page = render_html(nasty)
    parser = Tags()
    parser.feed(page)
    names = [tag for tag, _ in parser.tags]
    assert "script" not in names
    assert "b" not in names
    assert names.count("h1") == 1
    assert "<script>alert(1)</script>" in "".join(parser.text)
    assert "default-src 'none'" in page
    for _, attributes in parser.tags:
        assert not {"src", "onload", "onclick"} & set(attributes)
        assert not attributes.get("href", "").startswith("http")
    assert "not legal advice" in page


def test_svg_is_well_formed_and_says_what_it_shows(nasty, plain):
    for advice in (nasty, plain):
        root = ElementTree.fromstring(render_svg(advice))
        space = "{http://www.w3.org/2000/svg}"
        title, description = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title.text.endswith(": CONSULT")
        assert "The marker stands at CONSULT, stop 3 of 6." in description.text
        assert root.attrib["role"] == "img"
        texts = "".join(element.text or "" for element in root.iter(f"{space}text"))
        assert "Bar sizes are relative" in texts
        assert "© peoplehub" in texts
        assert not list(root.iter(f"{space}script"))


def test_markdown_shows_text_from_the_file_letter_by_letter(nasty):
    text = render_markdown(nasty)
    assert "<script>" not in text
    assert "\\<script\\>" in text
    assert text.count("\n# ") == 0
    assert escape("a\nb # c | d") == "a b \\# c \\| d"


def test_the_same_advice_gives_the_same_bytes_in_each_format(plain):
    for render in (render_json, render_html, render_svg, render_markdown):
        assert render(plain) == render(plain)


class TestPage:
    def text(self, width, *pieces, **options):
        page = Page(width)
        page.prose(*pieces, **options)
        return page.text().splitlines()

    def test_words_wrap_and_later_lines_hang(self):
        wrapped = self.text(20, "one two three four five six", indent=2, hang=2)
        assert wrapped == ["  one two three four", "    five six"]

    def test_a_word_wider_than_the_line_is_cut_and_nothing_is_lost(self):
        wrapped = self.text(20, "x" * 50 + " end")
        assert "".join(wrapped).replace(" ", "") == "x" * 50 + "end"
        assert all(len(line) <= 20 for line in wrapped)

    def test_styles_go_with_their_words(self):
        page = Page(20)
        page.prose(Piece("bold", "bold"), " and plain words that wrap")
        assert [piece.style for line in page.lines for piece in line if piece.text == "bold"] == ["bold"]

    def test_a_table_lines_up_where_there_is_room_and_folds_where_not(self):
        rows = [("stage", "made"), ("open_to_change", "nothing")]
        wide, narrow = Page(40), Page(20)
        wide.table(rows)
        narrow.table([("a rather long first cell", "and its value here")])
        assert wide.text().splitlines() == ["  stage           made", "  open_to_change  nothing"]
        assert all(len(line) <= 20 for line in narrow.text().splitlines())

    def test_two_blank_lines_never_follow_each_other(self):
        page = Page(40)
        page.raw(Piece("a"))
        page.blank()
        page.blank()
        page.heading("b")
        assert page.text() == "a\n\nb\n"


def test_the_picture_in_the_readme_is_what_the_program_draws(practice):
    """Draw it anew with: spectrum advise --format svg -o docs/spectrum.svg --force examples/hospital-discharge.yaml"""
    from pathlib import Path

    from spectrum_cli.workflows.advise import advise_file

    root = Path(__file__).parents[2]
    advice = advise_file(str(root / "examples" / "hospital-discharge.yaml"), practice).advice
    drawn = (root / "docs" / "spectrum.svg").read_text(encoding="utf-8")
    assert without_hash(drawn) == without_hash(render_svg(advice))


def without_hash(text):
    """The hash of the rules changes with every comment in them."""
    return re.sub(r"\([0-9a-f]{12}\)", "()", text)


def closed(schema):
    """The schema with no room for keys that it does not name, so that no key goes undocumented."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        return (
            {**inner, "additionalProperties": inner.get("additionalProperties", False)}
            if "properties" in inner
            else inner
        )
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("which", ["plain", "nasty"])
def test_every_key_of_the_json_is_in_its_schema(which, request):
    data = json.loads(render_json(request.getfixturevalue(which)))
    jsonschema.Draft7Validator(closed(advice_schema())).validate(data)
