"""The pack as a PDF, read back: tags, language, words for pictures, every sign legible."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.pack.pdf import named, render_pdf
from spectrum_cli.workflows.workshop import Session
from tests.render.pack.packs import ONE_OF_EACH, hostile_pack, pack_of, pack_of_text

POINTS_A_MILLIMETRE = 72 / 25.4


def read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def words_for_pictures(node: Any) -> list[str]:
    """Return the alternative texts in a tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        return [text for item in node for text in words_for_pictures(item)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (words_for_pictures(node["/K"]) if "/K" in node else [])


def tags(node: Any) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return {tag for item in node for tag in tags(item)}
    if not isinstance(node, dict):
        return set()
    return ({str(node["/S"])} if "/S" in node else set()) | (tags(node["/K"]) if "/K" in node else set())


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_it_is_tagged_and_says_its_language_and_title(kind: str) -> None:
    pack = pack_of(ONE_OF_EACH[kind])
    reader = read(render_pdf(pack))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "en-gb"
    assert reader.metadata is not None
    assert reader.metadata.title == f"Workshop pack: {pack.title}"
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= tags(root["/StructTreeRoot"])
    told = words_for_pictures(root["/StructTreeRoot"])
    for picture in pack.pictures:
        assert any(picture.description in text for text in told)


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_all_sheets_are_there(kind: str) -> None:
    pack = pack_of(ONE_OF_EACH[kind])
    document = render_pdf(pack)
    text = text_of(document)
    for heading in ("Agenda", "Who brings what", "What must be in place", "Methods that fit", "Question cards"):
        assert heading in text
    assert ("Independent feedback" in text) == (kind == "co-produce")
    assert "peoplehub, used with acknowledgement" in text
    forms, cards = 1 + (pack.quality is not None), len(pack.cards) // 4
    expected = 4 + cards + forms + len(pack.pictures)
    assert len(read(document).pages) - expected in (0, 1)  # long notes go on to a page of their own


def test_paper_is_a4_or_a3_and_forms_lie_on_their_side() -> None:
    for paper, (width, height) in {"a4": (210, 297), "a3": (297, 420)}.items():
        pages = read(render_pdf(pack_of("hospital-discharge", Session(paper=paper)))).pages
        sizes = [
            (round(page.mediabox.width / POINTS_A_MILLIMETRE), round(page.mediabox.height / POINTS_A_MILLIMETRE))
            for page in pages
        ]
        assert sizes[0] == (width, height)
        assert sizes[-1] == (height, width)


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert render_pdf(pack_of("diabetes-plan")) == render_pdf(pack_of("diabetes-plan"))


def test_hostile_text_is_set_as_text_and_every_sign_is_legible() -> None:
    text = text_of(render_pdf(hostile_pack()))
    assert '#panic("no") #import "x" $x^2$ \\ `code` *bold* _under_' in text
    assert "<script>alert(1)</script>" in text
    assert "[grinning face]" in text
    assert "ŵ Ŷ" in text
    assert "\ufffd" not in text


def test_letters_of_other_scripts_are_kept() -> None:
    text = text_of(render_pdf(pack_of_text("spectrum: 1\ntitle: Привет κόσμε\nopenness: {stage: aim}\n")))
    assert "Привет κόσμε" in text


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("😀", "[grinning face]"),
        ("中", "[U+4E2D]"),
        ("👍🏽", "[thumbs up sign][emoji modifier fitzpatrick type-4]"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_a_sign_without_a_shape_is_named(signs: str, expected: str) -> None:
    assert named(signs) == expected
