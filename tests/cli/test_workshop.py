"""``spectrum workshop`` as a person runs it."""

from pathlib import Path

import pytest

from tests.cli.command import BROKEN, PLAN, spectrum


def test_one_command_writes_the_whole_pack_and_names_each_file(tmp_path: Path, plan: Path) -> None:
    ran = spectrum("workshop", plan, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    names = ["pack.html", "pack.docx", "pack.pdf", "pack.pptx", "cards.csv"]
    assert ran.out.splitlines() == [f"plan-pack/{name}" for name in names]
    starts = [(tmp_path / "plan-pack" / name).read_bytes()[:4] for name in names]
    assert starts == [b"<!do", b"PK\x03\x04", b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbft"]


def test_nothing_is_replaced_unasked(tmp_path: Path, plan: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cards.csv").write_text("mine")
    ran = spectrum("workshop", plan, "-o", tmp_path / "out", "--formats", "html,csv")
    assert ran.code == 2
    assert "exists already" in ran.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["cards.csv"]
    assert spectrum("workshop", plan, "-o", tmp_path / "out", "--formats", "html,csv", "--force").code == 0
    assert (tmp_path / "out" / "cards.csv").read_text(encoding="utf-8-sig").startswith("text,")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--minutes", "10"), "20 to 480"),
        (("--minutes", "500"), "20 to 480"),
        (("--cards", "5"), "4 or 6"),
        (("--formats", "odt"), "'odt' is none of html, docx, pdf, pptx, csv"),
        (("--formats", ","), "at least one"),
        (("--paper", "b5"), "a4"),
        (("--part", "hall"), "there is no part 'hall'; parts: none"),
        (("--language", "xx"), "there are no texts in 'xx'; there are: en"),
        (("--participants", "0"), "--participants"),
    ],
)
def test_an_option_that_cannot_be_is_refused_with_what_can(
    options: tuple[str, ...], expected: str, plan: Path, tmp_path: Path
) -> None:
    ran = spectrum("workshop", plan, *options, cwd=tmp_path)
    assert ran.code == 2
    assert expected in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.yaml"]


def test_a_faulty_file_and_an_empty_one_are_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(BROKEN)
    ran = spectrum("workshop", "broken.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert "broken.yaml:3:19: SP202" in ran.err
    (tmp_path / "title.yaml").write_text("spectrum: 1\ntitle: A plan\n")
    ran = spectrum("workshop", "title.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert "spectrum interview title.yaml" in ran.err
    assert not list(tmp_path.glob("*-pack"))


def test_an_over_promise_is_said_aloud(tmp_path: Path) -> None:
    ran = spectrum(
        "workshop", Path("examples/village-surgery.yaml").resolve(), "--formats", "csv", "-o", "out", cwd=tmp_path
    )
    assert ran.code == 0
    assert "promises more than this decision allows" in ran.err


def test_standard_input_and_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    assert spectrum("workshop", "-", "--formats", "csv", stdin=PLAN.encode(), cwd=tmp_path).out == "pack/cards.csv\n"
    (tmp_path / "file").write_text("")
    ran = spectrum("workshop", "-", "--formats", "csv", "-o", "file/pack", stdin=PLAN.encode(), cwd=tmp_path)
    assert ran.code == 2
    assert "Traceback" not in ran.err
