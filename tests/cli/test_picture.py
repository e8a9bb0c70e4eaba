"""``advise --format svg --picture``: what is drawn, and what is said where a file cannot have the picture."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.cli.command import spectrum

FULL = """\
spectrum: 1
title: Where the benches go
openness: {stage: options, exchange: discussion}
place: {implements: ../city/parks.yaml}
parts:
  - {id: colours, title: Which colours they have, openness: {stage: aim}}
"""
TITLE = "{http://www.w3.org/2000/svg}title"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Return a file that can have every picture."""
    path = tmp_path / "full.yaml"
    path.write_text(FULL)
    return path


@pytest.mark.parametrize(
    ("picture", "title"),
    [
        ("spectrum", "Where the benches go: ENGAGE"),
        ("parts", "Where the benches go: its 1 part on the spectrum"),
        ("place", "Where the benches go: national and local"),
        ("openness", "Where the benches go: how open it is"),
    ],
)
def test_each_picture_is_one_drawing_that_names_the_decision(picture: str, title: str, full: Path) -> None:
    ran = spectrum("advise", "--format", "svg", "--picture", picture, full)
    assert (ran.code, ran.err) == (0, "")
    assert ElementTree.fromstring(ran.out).findtext(TITLE) == title
    assert "Rule base practice" in ran.out


def test_without_a_wish_the_spectrum_is_drawn(full: Path) -> None:
    assert spectrum("advise", "-f", "svg", full) == spectrum("advise", "-f", "svg", "--picture", "spectrum", full)


def test_a_part_has_pictures_of_its_own(full: Path) -> None:
    ran = spectrum("advise", "-f", "svg", "--picture", "openness", "--part", "colours", full)
    assert ran.code == 0
    assert ElementTree.fromstring(ran.out).findtext(TITLE) == "Which colours they have: how open it is"


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        ("parts", "the file has no parts, so there is no picture of them"),
        (
            "place",
            "place says neither that this decision carries out another one nor that it is carried out locally, so "
            "there is no picture of national and local",
        ),
    ],
)
@pytest.mark.parametrize("written", [True, False])
def test_a_picture_that_a_file_cannot_have_is_one_sentence_and_2(
    picture: str, why: str, written: bool, plan: Path, tmp_path: Path
) -> None:
    there = tmp_path / "picture.svg"
    ran = spectrum("advise", "-f", "svg", "--picture", picture, *(["-o", there] if written else []), plan)
    assert ran == (2, "", f"{plan}: {why}\n")
    assert not there.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--picture", "parts"], "only --format svg draws a picture"),
        (["-f", "html", "--picture", "spectrum"], "only --format svg draws a picture"),
        (["-f", "svg", "--picture", "parts", "--part", "colours"], "--picture parts shows all parts"),
        (["-f", "svg", "--picture", "ladder"], "'spectrum', 'parts', 'place', 'openness'"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(options: list[str], said: str, full: Path) -> None:
    ran = spectrum("advise", *options, full)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_no_picture_can_be_had_of_a_file_that_cannot_be_read(broken: Path) -> None:
    ran = spectrum("advise", "-f", "svg", "--picture", "openness", broken)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{broken}:3:")
