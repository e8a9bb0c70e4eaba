"""The spectrum, its poster and the picture of the parts: where markers, ranges and flags stand."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.assessment import Advice
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.pictures.parts import MOST_SHOWN, parts_svg
from spectrum_cli.render.pictures.poster import spectrum_poster
from spectrum_cli.render.pictures.spectrum import spectrum_svg
from tests.render.pictures.boxes import SPACE, parsed, size_of, text_boxes
from tests.render.pictures.scenes import advice_on, many_parts

STAGES = ("made", "proposal", "options", "aim", "agenda")


def drawn(advice: Advice, rules: str = "") -> ElementTree.Element:
    return parsed(
        spectrum_svg(advice.types, advice.whole.assessment, advice.acknowledgement, advice.title, rules=rules)
    )


def shown(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SPACE}text")]


def column_of(root: ElementTree.Element, x: float) -> str:
    """Return the name of the type whose stop is nearest."""
    names = [box for box in text_boxes(root) if box.words.lower() in TYPE_IDS]
    return min(names, key=lambda box: abs((box.left + box.right) / 2 - x)).words


@pytest.mark.parametrize("stage", STAGES)
def test_the_marker_points_at_the_advised_type(stage: str, practice: PreparedRules) -> None:
    advice = advice_on(f"spectrum: 1\ntitle: X\nopenness: {{stage: {stage}}}\n", practice)
    root = drawn(advice)
    kind = advice.whole.assessment.type
    assert kind is not None
    (tip,) = [path for path in root.iter(f"{SPACE}path") if "h22l-11 17z" in path.get("d", "")]
    x = float(re.match(r"M([\d.]+)", tip.attrib["d"])[1]) + 11
    assert column_of(root, x) == kind.name
    assert "This decision" in shown(root)


@pytest.mark.parametrize(("plan", "flagged"), [("co-produce", True), ("inform", True), ("consult", False)])
def test_a_planned_type_that_is_another_one_has_a_hollow_flag_at_its_own_stop(
    plan: str, flagged: bool, practice: PreparedRules
) -> None:
    text = f"spectrum: 1\ntitle: X\nopenness: {{stage: proposal}}\nplan: {{type: {plan}}}\n"
    root = drawn(advice_on(text, practice))
    words = f"planned: {plan.upper()}"
    assert (words in shown(root)) is flagged
    if flagged:
        (box,) = [box for box in text_boxes(root) if box.words == words]
        stop = next(box for box in text_boxes(root) if box.words == plan.upper())
        middle = (stop.left + stop.right) / 2
        flag = next(
            rect
            for rect in root.iter(f"{SPACE}rect")
            if rect.get("stroke-dasharray")
            and float(rect.attrib["x"]) <= box.left
            and box.right <= float(rect.attrib["x"]) + float(rect.attrib["width"])
        )
        assert flag.attrib["fill"] == "#FFFFFF"
        assert float(flag.attrib["x"]) - 0.1 <= middle <= float(flag.attrib["x"]) + float(flag.attrib["width"]) + 0.1


def test_an_over_promise_is_said_in_words(practice: PreparedRules) -> None:
    text = "spectrum: 1\ntitle: X\nopenness: {stage: proposal}\nplan: {type: co-produce}\n"
    root = drawn(advice_on(text, practice))
    sentence = "Planned: CO-PRODUCE. That promises more than the decision allows."
    assert sentence in shown(root)
    assert sentence in (root.findtext(f"{SPACE}desc") or "")


def test_without_any_answer_it_shows_no_type_but_the_range(practice: PreparedRules) -> None:
    root = drawn(advice_on("spectrum: 1\ntitle: X\nplan: {type: engage}\n", practice))
    assert "Somewhere here" in shown(root)
    assert "This decision" not in shown(root)
    assert "No type yet" in " ".join(shown(root))
    assert "There is no marker yet." in (root.findtext(f"{SPACE}desc") or "")


def test_the_range_is_dotted_over_a_type_that_is_not_possible(practice: PreparedRules) -> None:
    text = "spectrum: 1\ntitle: X\nopenness: {stage: aim, open_to_change: [method], exchange: joint-work}\n"
    advice = advice_on(text, practice)
    assert [kind.id for kind in advice.whole.assessment.possible_types] == ["educate", "engage", "co-design"]
    root = drawn(advice)
    (dots,) = [path for path in root.iter(f"{SPACE}path") if path.get("stroke-dasharray", "").startswith("0.1 ")]
    start, end = map(float, re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", dots.attrib["d"]).groups())
    assert column_of(root, (start + end) / 2) == "CONSULT"


def test_the_rule_base_is_named_where_it_is_given(practice: PreparedRules) -> None:
    advice = advice_on("spectrum: 1\ntitle: X\n", practice)
    assert "Rule base practice 1.0 (abc)" in shown(drawn(advice, "Rule base practice 1.0 (abc)"))
    assert not any("Rule base" in words for words in shown(drawn(advice)))


class TestPoster:
    @pytest.mark.parametrize("marked", [True, False])
    def test_it_is_a3_and_holds_all_questions_promises_and_people(self, marked: bool, practice: PreparedRules) -> None:
        advice = advice_on("spectrum: 1\ntitle: X\nopenness: {stage: proposal}\n", practice)
        found = advice.whole.assessment if marked else None
        root = parsed(spectrum_poster(advice.types, found, advice.acknowledgement, "X"))
        width, height = size_of(root)
        assert width / height == 420 / 297
        words = " ".join(shown(root))
        for kind in advice.types:
            assert f"“{kind.key_question}”" in words
            assert kind.promise in words
            assert kind.who in words
        assert ("This decision" in words) is marked
        assert advice.acknowledgement in words

    def test_questions_are_large_enough_for_a_wall(self, practice: PreparedRules) -> None:
        """A poster of A3 is 420 mm wide; 24 points are 8.5 mm."""
        advice = advice_on(many_parts("A title of ordinary length for a poster", 1), practice)
        root = parsed(spectrum_poster(advice.types, advice.whole.assessment, advice.acknowledgement, advice.title))
        sizes = {
            element.text: float(element.attrib["font-size"]) * 420 / size_of(root)[0]
            for element in root.iter(f"{SPACE}text")
        }
        assert min(size for words, size in sizes.items() if (words or "").startswith("“")) >= 8.5
        assert min(sizes.values()) >= 4.2


class TestParts:
    def test_a_file_without_parts_has_no_such_picture(self, practice: PreparedRules) -> None:
        assert parts_svg(advice_on("spectrum: 1\ntitle: X\n", practice)) is None

    def test_each_part_has_its_number_title_and_state(self, practice: PreparedRules) -> None:
        advice = advice_on(many_parts("How it is done", 5), practice)
        root = parsed(parts_svg(advice) or "")
        assert [words for words in shown(root) if words == "How it is done"] == ["How it is done"] * 6
        for number in range(2, 6):
            assert shown(root).count(str(number)) == 2
        description = root.findtext(f"{SPACE}desc") or ""
        assert "Part 5, How it is done: CO-PRODUCE" in description
        assert "planned" in shown(root)

    def test_of_many_parts_a_dozen_is_drawn_and_the_others_are_counted_by_type(self, practice: PreparedRules) -> None:
        advice = advice_on(many_parts("How it is done", 200), practice)
        root = parsed(parts_svg(advice) or "")
        words = shown(root)
        assert str(MOST_SHOWN) in words
        assert str(MOST_SHOWN + 1) not in words
        assert "and 188 more parts" in words
        counted = sum(int(found[1]) for text in words if (found := re.fullmatch(r"(\d+) more", text)))
        without = next(int(found[1]) for text in words if (found := re.fullmatch(r"(\d+) with no type yet", text)))
        assert counted + without == 188

    def test_a_marker_stands_in_the_column_of_its_type(self, practice: PreparedRules) -> None:
        advice = advice_on(many_parts("How it is done", 5), practice)
        root = parsed(parts_svg(advice) or "")
        boxes = text_boxes(root)
        for number, part in enumerate(advice.parts, start=1):
            right = max((box for box in boxes if box.words == str(number)), key=lambda box: box.left)
            kind = part.assessment.type
            assert kind is not None
            assert column_of(root, (right.left + right.right) / 2) == kind.name
