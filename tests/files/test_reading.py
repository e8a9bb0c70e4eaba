"""From a path to text: what can be wrong with a file before anybody looks at its YAML."""

import io
import sys
from pathlib import Path

import pytest

from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.reading import Unreadable, decode, read_source, shown_name
from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.diagnostic import Diagnostic
from tests.files.read import HEAD, place, read

LATIN_E = b"\xe9"


def refusal(data: bytes, *, markdown: bool = False) -> Diagnostic:
    """Return the one reason why bytes are not a text."""
    with pytest.raises(Unreadable) as raised:
        decode("plan", data, markdown=markdown)
    (only,) = raised.value.diagnostics
    return only


def refusal_of_path(path: Path | str) -> Diagnostic:
    with pytest.raises(Unreadable) as raised:
        read_source(str(path))
    (only,) = raised.value.diagnostics
    assert only.code == "SP101"
    return only


# Opening


def test_a_file_that_is_not_there_is_named_with_the_nearest_one_that_is(tmp_path: Path) -> None:
    (tmp_path / "bridge.yaml").write_text(HEAD)
    missing = refusal_of_path(tmp_path / "bridg.yaml")
    assert missing.message == "there is no such file"
    assert missing.hint == f"Did you mean {tmp_path / 'bridge.yaml'}?"


@pytest.mark.parametrize("path", ["", "no/such/folder/plan.yaml", "\x00.yaml", "a" * 5000])
def test_a_path_that_cannot_be_is_refused_without_a_guess(path: str) -> None:
    assert refusal_of_path(path).hint == ""


def test_a_folder_is_refused_with_what_to_give_instead(tmp_path: Path) -> None:
    folder = refusal_of_path(tmp_path)
    assert folder.message == "this is a folder, not a file"
    assert "FOLDER/*.yaml" in folder.hint


def test_symlink_loop_is_refused_as_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert refusal_of_path(tmp_path / "a.yaml").message == "this is a link that leads back to itself"


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD)
    (tmp_path / "link.yaml").symlink_to("plan.yaml")
    assert read_decision_file(str(tmp_path / "link.yaml")).decision is not None


def test_non_utf8_file_name_is_shown_with_a_replacement_character() -> None:
    assert shown_name("caf\udce9.yaml") == "caf\ufffd.yaml"


def test_non_utf8_file_name_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.yaml"
    path.write_text(HEAD)
    reading = read_decision_file(str(path))
    assert reading.decision is not None
    assert reading.decision.file == str(tmp_path / "caf\ufffd.yaml")


# Standard input


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_stdin_dash_reads_standard_input_and_calls_it_so(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, HEAD.encode())
    reading = read_decision_file("-")
    assert reading.decision is not None
    assert reading.decision.file == "<stdin>"


def test_stdin_dash_with_nothing_in_it_is_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"")
    (empty,) = read_decision_file("-").diagnostics
    assert (empty.code, empty.file) == ("SP105", "<stdin>")


def test_stdin_dash_where_standard_input_is_closed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal_of_path("-").message == "there is no standard input"


# Encoding


def test_utf8_bom_is_accepted_and_moves_no_column() -> None:
    plain, marked = read(HEAD + "on: 1\n"), read(b"\xef\xbb\xbf" + HEAD.encode() + b"on: 1\n")
    assert marked.diagnostics == plain.diagnostics
    first_line = read(b"\xef\xbb\xbfspectrum: 1\n").diagnostics
    assert [place(found) for found in first_line] == [(1, 1)]


def test_a_byte_order_mark_past_the_start_is_named_at_its_place() -> None:
    found = refusal(HEAD.encode() + "owner: \ufeffTown\n".encode())
    assert (found.code, place(found)) == ("SP104", (3, 8))
    assert "U+FEFF (byte-order mark)" in found.message


def test_latin1_file_is_refused_with_the_byte_its_line_and_its_column() -> None:
    found = refusal(HEAD.encode() + "owner: 🏛 Caf".encode() + LATIN_E + b"\n")
    assert (found.code, found.message, place(found)) == ("SP102", "byte 0xE9 on line 3 is not UTF-8", (3, 13))
    assert found.line_text == "owner: 🏛 Caf\ufffd"
    assert "UTF-8" in found.hint


def test_latin1_file_with_a_bom_and_crlf_keeps_its_place() -> None:
    found = refusal(b"\xef\xbb\xbfspectrum: 1\r\ntitle: " + LATIN_E + b"\r\n")
    assert place(found) == (2, 8)
    assert found.line_text == "title: \ufffd"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_refused_without_a_traceback(encoding: str) -> None:
    assert read(HEAD.encode(encoding)).diagnostics[0].code in ("SP102", "SP104")


def test_a_file_in_utf16_with_its_mark_is_told_so() -> None:
    assert refusal(HEAD.encode("utf-16")).message == "the file is UTF-16, not UTF-8"


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\x00", "U+0000 (NUL)"),
        ("\x1b", "U+001B (ESC)"),
        ("\x7f", "U+007F (DEL)"),
        ("\x0c", "U+000C (form feed)"),
        ("\ufffe", "U+FFFE (not printable)"),
    ],
)
def test_nul_and_control_characters_are_named_with_line_and_column(sign: str, name: str) -> None:
    found = refusal((HEAD + f"owner: 🏛 T{sign}own\n").encode())
    assert (found.code, found.message) == ("SP104", f"the control character {name} stands here")
    assert place(found) == (3, 11)


def test_nul_and_control_characters_are_all_named_up_to_twenty() -> None:
    found = read(HEAD + "owner: \x01\x02\nnotes: \x03\n").diagnostics
    assert [place(item) for item in found] == [(3, 8), (3, 9), (4, 8)]
    assert len(read(HEAD.encode() + b"\x00" * 1000).diagnostics) == 20


# Size


def test_a_file_of_one_mebibyte_is_read_and_one_byte_more_is_not() -> None:
    padding = "#" * (MAX_BYTES - len(HEAD) - 1) + "\n"
    whole = (HEAD + padding).encode()
    assert len(whole) == MAX_BYTES
    assert read(whole).decision is not None
    assert refusal(whole + b"\n").message == "the file is larger than 1 MiB"


def test_a_device_without_an_end_is_only_read_up_to_the_limit() -> None:
    (found,) = read_decision_file("/dev/zero").diagnostics
    assert found.code == "SP103"


@pytest.mark.parametrize("text", ["", "\n\n", "  \n \r\n", "\ufeff", "\t\n"])
def test_an_empty_file_is_told_how_to_start(text: str) -> None:
    found = refusal(text.encode())
    assert (found.code, found.message, found.span) == ("SP105", "the file is empty", None)
    assert "spectrum new" in found.hint


# Front matter


def test_front_matter_keeps_the_line_numbers_of_the_markdown_file() -> None:
    (found,) = read(f"---\n{HEAD}on: 1\n---\n# The plan\n", markdown=True).diagnostics
    assert place(found) == (4, 1)
    assert found.line_text == "on: 1"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{HEAD}---\nText\n",
        f"---\n{HEAD}---",
        f"---  \n{HEAD}--- \t\nText",
        f"---\n{HEAD}...\nText: [",
        f"\ufeff---\r\n{HEAD}---\r\n",
        f"---\n{HEAD}---\n---\n---\n",
        f"---\n{HEAD}---\nform\x0cfeed \x00 in the prose, and {{{{ more }}}}",
    ],
)
def test_front_matter_ends_at_its_closing_line_and_the_prose_is_not_read(text: str) -> None:
    reading = read(text, markdown=True)
    assert reading.diagnostics == ()
    assert reading.decision is not None
    assert reading.decision.title == "Benches"


@pytest.mark.parametrize("text", ["# Plan\n\n---\n\n* * *\n", "\n---\ntitle: a\n---\n", "----\na: b\n---\n", "--- a\n"])
def test_a_markdown_file_without_front_matter_is_told_where_it_goes(text: str) -> None:
    found = refusal(text.encode(), markdown=True)
    assert (found.code, found.message) == ("SP110", "this Markdown file has no front matter")
    assert "at the very top" in found.hint


@pytest.mark.parametrize("text", ["---\ntitle: a\n", "---", "---\n# Plan\n ---\n----\n"])
def test_front_matter_that_is_never_closed_is_an_error_at_its_first_line(text: str) -> None:
    found = refusal(text.encode(), markdown=True)
    assert (found.message, place(found)) == ("the front matter is never closed", (1, 1))


def test_front_matter_with_nothing_in_it_is_empty() -> None:
    assert refusal(b"---\n---\nText\n", markdown=True).code == "SP105"


def test_front_matter_with_a_control_character_is_refused_at_its_line() -> None:
    assert place(refusal(b"---\nspectrum: 1\ntitle: a\x1b\n---\n", markdown=True)) == (3, 9)


@pytest.mark.parametrize("name", ["plan.md", "PLAN.MD", "plan.markdown"])
def test_the_ending_of_the_name_makes_a_markdown_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(f"---\n{HEAD}---\nProse\n")
    assert read_decision_file(str(path)).decision is not None


# Line ends


def test_crlf_gives_the_same_answers_and_the_same_places() -> None:
    text = HEAD + "openness:\n  stage: maid\n  agenda: system\n"
    unix, windows = read(text), read(text.replace("\n", "\r\n"))
    assert windows.diagnostics == unix.diagnostics
    right = text.replace("maid", "made")
    assert read(right.replace("\n", "\r\n")).decision == read(right).decision
