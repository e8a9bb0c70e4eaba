"""The gallery shows every picture, each with words for those who do not see it."""

import re

import pytest
from PIL import Image

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.workflows.advise import advise_file
from tests.render.pictures.make_gallery import GALLERY, OF_A_TYPE, OTHERS, ROOT, WIDTH, gallery

SHOWN = {
    name: words
    for words, name in re.findall(
        r"!\[([^\]]+)\]\(gallery/([a-z-]+)\.png\)", (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    )
}
NAMES = (*(f"spectrum-{kind}" for kind in OF_A_TYPE), *OTHERS, "poster")


def test_every_picture_is_there_and_told_in_words(practice: PreparedRules) -> None:
    advice = {}
    for name in {*OF_A_TYPE.values(), *OTHERS.values()}:
        found = advise_file(str(ROOT / "examples" / f"{name}.yaml"), practice).advice
        assert found is not None
        advice[name] = found
    drawn = gallery(advice)
    assert all(drawn.values())
    assert set(drawn) == set(NAMES)
    for name in drawn:
        assert len(SHOWN[name]) > 60, name
    for kind, example in OF_A_TYPE.items():
        found = advice[example].whole.assessment.type
        assert found is not None
        assert found.id == kind
        assert found.name in SHOWN[f"spectrum-{kind}"]


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_wide_enough_to_read_and_small(name: str) -> None:
    path = GALLERY / f"{name}.png"
    with Image.open(path) as image:
        assert image.width == WIDTH
    assert path.stat().st_size < 100_000
