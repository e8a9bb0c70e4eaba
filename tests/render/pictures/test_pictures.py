"""What holds for every picture: it can be read, says in words what it shows, and nothing covers anything."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.render.pictures import drawing
from tests.render.pictures import make_widths
from tests.render.pictures.boxes import SPACE, contrast, grounds, luminance, parsed, size_of, text_boxes
from tests.render.pictures.scenes import TITLES, advice_on, many_parts, pictures, quoted, scenes

Drawn = list[tuple[str, str, ElementTree.Element]]
ALLOWED = {"svg", "title", "desc", "rect", "circle", "path", "text", "clipPath", "linearGradient", "stop"}


@pytest.fixture(scope="module")
def drawn(practice: PreparedRules) -> Drawn:
    """Every picture of every scene: its name, its text and its elements."""
    return [
        (f"{scene}: {name}", svg, parsed(svg))
        for scene, advice in scenes(practice)
        for name, svg in pictures(advice).items()
    ]


def test_all_kinds_of_pictures_are_among_them(drawn: Drawn) -> None:
    kinds = {name.split(": ")[-1].split(" of ")[0] for name, _, _ in drawn}
    assert kinds == {"spectrum", "poster", "plain poster", "openness", "place", "place poster", "parts"}


def test_each_says_in_words_what_it_shows(drawn: Drawn) -> None:
    for name, _, root in drawn:
        title, description = root.find(f"{SPACE}title"), root.find(f"{SPACE}desc")
        assert root.attrib["role"] == "img", name
        assert title is not None, name
        assert title.text, name
        assert description is not None, name
        assert len(description.text or "") > 100, name
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}", name


def test_ids_are_unique_and_what_is_referred_to_is_there(drawn: Drawn) -> None:
    for name, svg, root in drawn:
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), name
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids), name


def test_nothing_in_it_runs_or_fetches_or_needs_a_style_sheet(drawn: Drawn) -> None:
    for name, _, root in drawn:
        assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= ALLOWED, name
        for element in root.iter():
            for key, value in element.attrib.items():
                assert not key.startswith("on"), name
                assert key not in ("href", "style", "class"), name
                assert "url(" not in value or value.startswith("url(#"), name
        assert root.attrib["font-family"].startswith("Atkinson Hyperlegible Next,"), name


def test_no_text_covers_another_and_none_leaves_the_picture(drawn: Drawn) -> None:
    for name, _, root in drawn:
        width, height = size_of(root)
        boxes = sorted(text_boxes(root))
        for number, box in enumerate(boxes):
            assert box.left >= 0, (name, box)
            assert box.right <= width, (name, box)
            assert box.top >= 0, (name, box)
            assert box.bottom <= height, (name, box)
            for other in boxes[number + 1 :]:
                if other.left >= box.right:
                    break
                assert not box.touches(other), (name, box, other)


def test_no_shape_leaves_the_picture(drawn: Drawn) -> None:
    for name, _, root in drawn:
        width, height = size_of(root)
        for rect in root.iter(f"{SPACE}rect"):
            x, y = float(rect.get("x", "0")), float(rect.get("y", "0"))
            assert x >= 0, (name, rect.attrib)
            assert y >= 0, (name, rect.attrib)
            assert x + float(rect.attrib["width"]) <= width, (name, rect.attrib)
            assert y + float(rect.attrib["height"]) <= height + 0.01, (name, rect.attrib)


def test_every_text_stands_out_from_its_ground(drawn: Drawn) -> None:
    for name, _, root in drawn:
        for words, colour, under in grounds(root):
            for ground in under:
                assert contrast(colour, ground) >= 4.5, (name, words, colour, ground)


def test_in_grey_the_three_colours_are_told_apart_by_hatching(drawn: Drawn) -> None:
    """Blue, pink and purple are about equally dark, so each pair must differ in its lines."""
    greys = [luminance(colour) for colour in (drawing.BLUE, drawing.PINK, drawing.PURPLE)]
    assert max(greys) - min(greys) < 0.1
    for name, _, root in drawn:
        if ": place" not in name:
            continue
        lines: dict[str, set[str]] = {}
        elements = list(root)
        for number, element in enumerate(elements):
            if element.tag == f"{SPACE}circle" and float(element.attrib["r"]) > 40:
                after = [other for other in elements[number + 1 : number + 3] if other.get("clip-path")]
                slants = {
                    ("up" if "l" in piece and "-" in piece.split("l")[1] else "down")
                    for other in after
                    for piece in other.attrib["d"].split("M")[1:]
                }
                lines.setdefault(element.attrib["fill"], set()).add(" and ".join(sorted(slants)) or "plain")
        assert "up" in lines[drawing.PINK], name
        assert "down and up" in lines[drawing.PURPLE], name
        assert "plain" in lines[drawing.BLUE], name


def test_the_input_of_people_is_hatched_and_that_of_the_system_is_plain(practice: PreparedRules) -> None:
    root = parsed(pictures(advice_on("spectrum: 1\ntitle: X\n", practice))["spectrum of the whole"])
    bars = [rect for rect in root if rect.tag == f"{SPACE}rect" and rect.get("width") == "86"]
    assert [rect.attrib["fill"] for rect in bars].count(drawing.PINK) == 5
    assert [rect.attrib["fill"] for rect in bars].count(drawing.BLUE) == 6
    hatched = [path for path in root if path.get("clip-path", "").startswith("url(#spectrum-people")]
    assert len(hatched) == 5
    words = "".join(root.itertext())
    assert "Input from people" in words
    assert "Input by the system" in words
    assert "relative and illustrative" in words


def test_every_picture_shows_the_acknowledgement(drawn: Drawn) -> None:
    for name, _, root in drawn:
        shown = " ".join(element.text or "" for element in root.iter(f"{SPACE}text"))
        assert "© peoplehub, used with acknowledgement" in shown, name


def test_the_same_decision_gives_the_same_bytes(practice: PreparedRules) -> None:
    text = many_parts(quoted(TITLES["emoji"]), 14)
    assert pictures(advice_on(text, practice)) == pictures(advice_on(text, practice))


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_shown_as_text_and_nothing_else(name: str, practice: PreparedRules) -> None:
    for svg in pictures(advice_on(many_parts(quoted(TITLES[name]), 2), practice)).values():
        root = parsed(svg)
        start = drawing.plain(TITLES[name])[:1]
        assert any((element.text or "").lstrip("\u200f").startswith(start) for element in root.iter(f"{SPACE}text"))
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ufffe\uffff]", svg)


def test_signs_that_xml_does_not_allow_are_replaced() -> None:
    assert drawing.plain("a\ud800b\uffffc\u0000") == "a\ufffdb\ufffdc[U+0000]"


class TestText:
    def test_the_table_of_widths_is_that_of_the_fonts(self) -> None:
        assert make_widths.TABLE.read_text(encoding="utf-8") == make_widths.table()

    @pytest.mark.parametrize("weight", ["Regular", "Bold"])
    def test_no_sign_is_wider_than_is_reckoned_with(self, weight: str) -> None:
        for sign, width in make_widths.advances(weight).items():
            assert width <= drawing.text_width(sign, 1, bold=weight == "Bold") <= width * 1.1 + 0.011, sign

    @pytest.mark.parametrize("name", TITLES)
    @pytest.mark.parametrize("room", [100, 200, 1000])
    def test_what_is_cut_or_wrapped_stays_in_its_room(self, name: str, room: float) -> None:
        title = drawing.plain(TITLES[name])
        for line in (drawing.cut(title, room, 16), *drawing.wrap(title, room, 16, most=2)):
            assert drawing.text_width(line, 16) <= room
        assert len(drawing.wrap(title, room, 16, most=2)) <= 2

    def test_words_are_lost_only_where_it_says_so(self) -> None:
        assert drawing.wrap("one two three", 1000, 16) == ["one two three"]
        assert " ".join(drawing.wrap("one two three four", 60, 16)) == "one two three four"
        assert drawing.wrap("one two three four five six", 60, 16, most=2)[-1].endswith("…")

    def test_lines_are_balanced_without_becoming_more(self) -> None:
        text = "This is what we want to achieve. How should we go about it?"
        plain, even = drawing.wrap(text, 150, 15.5), drawing.balanced(text, 150, 15.5)
        assert len(even) == len(plain)
        assert " ".join(even) == text
        spread = [
            max(widths) - min(widths)
            for widths in ([drawing.text_width(line, 15.5) for line in lines] for lines in (plain, even))
        ]
        assert spread[1] < spread[0]

    @pytest.mark.parametrize(
        "text",
        ["👩‍🦽", "👨‍👩‍👧‍👦", "🇬🇧", "👍🏿", "e\u0301", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
        ids=["wheelchair", "family", "flag", "skin", "accent", "tags"],
    )
    def test_no_cut_goes_through_a_letter_or_an_emoji(self, text: str) -> None:
        assert drawing.clusters(text) == [text]
        assert drawing.clusters(f"a{text}b") == ["a", text, "b"]

    def test_two_flags_are_two_signs(self) -> None:
        assert drawing.clusters("🇬🇧🇫🇷") == ["🇬🇧", "🇫🇷"]

    def test_a_text_from_right_to_left_reads_so(self) -> None:
        (_, line) = drawing.users_line(10, 20, TITLES["arabic"], room=500, size=16, clip="c")
        assert 'direction="rtl"' in line
        (_, line) = drawing.users_line(10, 20, "Clinic מרפאה", room=500, size=16, clip="c")
        assert "direction" not in line
