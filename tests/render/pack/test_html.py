"""The pack as a page: nothing from outside, nothing that runs, the same bytes each time."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.pack.html import render_html
from tests.render.pack.packs import HOSTILE, ONE_OF_EACH, hostile_pack, pack_of


class Seen(HTMLParser):
    """What stands in a page: its elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_each_type_has_its_page_with_thanks_to_the_source(kind: str) -> None:
    pack = pack_of(ONE_OF_EACH[kind])
    text = " ".join(Seen(render_html(pack).decode()).text.split())
    assert pack.type.key_question in text
    assert "Spectrum of Participation © peoplehub, used with acknowledgement" in text
    assert "quoted with acknowledgement" in text
    for step in pack.agenda.steps:
        assert step.what in text
    for method in pack.methods:
        assert method.not_when in text


def test_nothing_comes_from_outside_and_nothing_runs() -> None:
    page = render_html(hostile_pack()).decode()
    seen = Seen(page)
    names = {name for name, _ in seen.elements}
    assert not names & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    for _, attributes in seen.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert not {"href", "src", "srcset", "action"} & set(attributes)
    assert all(place.startswith(("#", "data:font/woff2;")) for place in re.findall(r"url\(([^)]*)\)", page))
    assert page.count("<style>") == page.count("</style>") == 1


def test_hostile_text_is_shown_as_text() -> None:
    seen = Seen(render_html(hostile_pack()).decode())
    assert "<script>alert(1)</script>" in seen.text
    assert "{{ 7 * 7 }}" in seen.text
    assert '#panic("no")' in seen.text
    assert "😀 مرحبا" in seen.text
    assert "\u202e" not in seen.text
    assert HOSTILE[:8] in seen.text


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert render_html(pack_of("diabetes-plan")) == render_html(pack_of("diabetes-plan"))


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [
        int(name[1])
        for name, _ in Seen(render_html(pack_of("diabetes-plan")).decode()).elements
        if re.fullmatch("h[1-6]", name)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
