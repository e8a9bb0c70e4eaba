"""The chart of openness: the bars add up, and what is not stated or held by a gate can be seen."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.assessment import Assessment
from spectrum_cli.render.pictures.contributions import openness_svg
from spectrum_cli.render.pictures.drawing import PURPLE
from tests.render.pictures.boxes import SPACE, parsed, text_boxes
from tests.render.pictures.scenes import AGENDA, advice_on


def chart(openness: str, rules: PreparedRules) -> tuple[Assessment, ElementTree.Element]:
    advice = advice_on(f"spectrum: 1\ntitle: X\nopenness: {{{openness}}}\n", rules)
    found = advice.whole.assessment
    return found, parsed(openness_svg(advice.types, found, advice.acknowledgement, "X"))


def shown(root: ElementTree.Element) -> str:
    return " ".join(element.text or "" for element in root.iter(f"{SPACE}text"))


def scale(root: ElementTree.Element) -> tuple[float, float]:
    """Return where 0 and 100 stand."""
    at = {box.words: (box.left + box.right) / 2 for box in text_boxes(root) if box.words in ("0", "100")}
    return at["0"], at["100"]


def test_the_bars_follow_each_other_and_end_at_what_they_add_up_to(practice: PreparedRules) -> None:
    found, root = chart(f"{AGENDA}, starting_position: preferred", practice)
    zero, full = scale(root)
    bars = [rect for rect in root if rect.tag == f"{SPACE}rect" and rect.get("fill") == PURPLE]
    reached = zero
    for bar in bars:
        assert float(bar.attrib["x"]) == pytest.approx(reached, abs=0.2)
        reached += float(bar.attrib["width"])
    total = sum(item.points or 0 for item in found.contributions)
    assert found.openness.before_gates == pytest.approx(total)
    assert (reached - zero) / (full - zero) * 100 == pytest.approx(total, abs=0.2)


def test_each_question_shows_its_points_out_of_its_most(practice: PreparedRules) -> None:
    found, root = chart("stage: proposal, agenda: system", practice)
    words = shown(root)
    for item in found.contributions:
        assert item.criterion.title in words
        assert (f"0 to {item.most}" if item.points is None else f" of {item.most}") in words
    assert words.count("not stated") == sum(item.points is None for item in found.contributions) + 1


def test_what_is_not_stated_is_hatched_over_all_that_it_could_add(practice: PreparedRules) -> None:
    found, root = chart("stage: proposal", practice)
    zero, full = scale(root)
    clips = [clip[0] for clip in root.iter(f"{SPACE}clipPath") if "unknown" in clip.attrib["id"]]
    widths = [float(rect.attrib["width"]) / (full - zero) * 100 for rect in clips]
    assert widths == pytest.approx([item.most for item in found.contributions if item.points is None], abs=0.1)


def test_a_gate_is_a_line_at_the_top_of_its_type_with_words(practice: PreparedRules) -> None:
    found, root = chart("stage: proposal, open_to_change: [whether], use_of_input: shared", practice)
    assert found.gates
    words = shown(root)
    assert "Held to CONSULT, 44.9 at most:" in words.replace("  ", " ")
    zero, full = scale(root)
    lines = [
        float(line[1])
        for path in root.iter(f"{SPACE}path")
        if path.get("stroke-width") == "3.5" and (line := re.fullmatch(r"M([\d.]+) [\d.]+V[\d.]+", path.attrib["d"]))
    ]
    assert [(line - zero) / (full - zero) * 100 for line in lines] == pytest.approx([45], abs=0.1)


def test_it_says_whose_numbers_they_are_and_the_result_in_words(practice: PreparedRules) -> None:
    found, root = chart("stage: made", practice)
    assert "The weights and bands are our own" in shown(root)
    assert "between" in shown(root)
    description = root.findtext(f"{SPACE}desc") or ""
    for item in found.contributions:
        assert item.criterion.title in description
    assert "Openness" in description
