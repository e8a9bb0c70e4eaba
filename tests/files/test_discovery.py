"""Patterns fit as git's do, and the files of a run are found once each and in one order."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from spectrum_cli.files.discovery import Target, discover, matcher, named_in
from spectrum_cli.files.reading import Unreadable, read_source
from spectrum_cli.model.settings import Settings
from tests.workflows.decisions import git, write


def names(folder: Path, *arguments: str, settings: Settings | None = None, as_found: bool = False) -> list[str]:
    """Return what is found, seen from a folder in which the search runs."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return [
            target.path + ("!" if target.named else "")
            for target in discover(arguments, settings or Settings(), folder, as_found=as_found)
        ]
    finally:
        take_rights_back()
        os.chdir(before)


# Patterns


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("a.yaml", ["a.yaml", "p/a.yaml", "p/q/a.yaml"], ["ba.yaml", "a.yaml.md", "ayaml"]),
        ("/a.yaml", ["a.yaml"], ["p/a.yaml"]),
        ("./a.yaml", ["a.yaml"], ["p/a.yaml"]),
        ("p", ["p/a.yaml", "q/p/a.yaml"], ["pq/a.yaml", "p.yaml"]),
        ("p/", ["p/a.yaml", "q/p/a.yaml"], ["pq/a.yaml"]),
        ("p/q", ["p/q/a.yaml"], ["r/p/q/a.yaml"]),
        ("*.yaml", ["a.yaml", "p/a.yaml", ".yaml"], ["a.yml"]),
        ("p/*.yaml", ["p/a.yaml"], ["p/q/a.yaml", "a.yaml"]),
        ("p/*", ["p/a.yaml", "p/q/a.yaml"], ["a.yaml"]),
        ("p/**", ["p/a.yaml", "p/q/a.yaml"], ["p", "a.yaml"]),
        ("**/a.yaml", ["a.yaml", "p/a.yaml", "p/q/a.yaml"], ["ba.yaml"]),
        ("p/**/a.yaml", ["p/a.yaml", "p/q/a.yaml", "p/q/r/a.yaml"], ["a.yaml", "pa.yaml", "p/ba.yaml"]),
        ("p/**/r/**", ["p/r/a", "p/q/r/a"], ["p/q/a"]),
        ("**", ["a", "p/a"], []),
        ("?.yaml", ["a.yaml", "é.yaml"], ["ab.yaml", ".yaml"]),
        ("p?a.yaml", [], ["p/a.yaml"]),
        ("[ab].yaml", ["a.yaml", "p/b.yaml"], ["c.yaml", "[ab].yaml"]),
        ("[a-c].yaml", ["b.yaml"], ["d.yaml", "-.yaml"]),
        ("[!a].yaml", ["b.yaml", "!.yaml"], ["a.yaml", "p/.yaml"]),
        ("p[!q]a.yaml", [], ["p/a.yaml", "pqa.yaml"]),
        ("[]a].yaml", ["].yaml", "a.yaml"], ["b.yaml"]),
        ("[^a].yaml", ["^.yaml", "a.yaml"], ["b.yaml"]),
        ("[c-a].yaml", ["[c-a].yaml"], ["b.yaml"]),
        ("[.yaml", ["[.yaml"], ["a.yaml"]),
        ("a+(b|c)$.yaml", ["a+(b|c)$.yaml"], ["ab.yaml"]),
        ("two words/*", ["two words/a"], []),
    ],
)
def test_a_pattern_fits_as_in_a_gitignore(pattern: str, fits: list[str], does_not: list[str]) -> None:
    matches = matcher([pattern])
    assert matches is not None
    assert [path for path in fits if not matches(path)] == []
    assert [path for path in does_not if matches(path)] == []


def test_several_patterns_fit_if_one_does_and_none_is_no_matcher() -> None:
    matches = matcher(["a", "", "b"])
    assert matches is not None
    assert [path for path in ("a", "b", "c") if matches(path)] == ["a", "b"]
    assert matcher([]) is matcher([""]) is None


# Files


def test_a_named_file_is_a_decision_for_certain_and_a_found_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, a="", b="")
    assert names(tmp_path, ".") == ["a.yaml", "b.yaml"]
    assert names(tmp_path, ".", "b.yaml") == names(tmp_path, "b.yaml", ".") == ["a.yaml", "b.yaml!"]
    assert names(tmp_path, ".", settings=Settings(include=("a.yaml",))) == ["a.yaml!"]
    assert names(tmp_path, "a.yaml", "b.yaml", as_found=True) == ["a.yaml", "b.yaml"]
    assert names(tmp_path, "-", "none.yaml", as_found=True) == ["-!", "none.yaml!"]


def test_a_file_goes_by_the_first_of_its_names(tmp_path: Path) -> None:
    write(tmp_path / "p", a="")
    (tmp_path / "link").symlink_to("p")
    assert names(tmp_path, "link/a.yaml", "p") == ["link/a.yaml!"]
    assert names(tmp_path, "p", "link", "p/../p/a.yaml") == ["p/a.yaml!"]
    assert names(tmp_path, str(tmp_path), ".") == [f"{tmp_path}/p/a.yaml"]


def test_a_name_through_a_link_and_back_is_left_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "far" / "deep")
    write(tmp_path / "far", a="far")
    write(tmp_path, a="near")
    (tmp_path / "link").symlink_to("far/deep")
    assert names(tmp_path, "link/../a.yaml", "./a.yaml") == ["a.yaml!", "link/../a.yaml!"]


def test_kept_results_are_never_checked(tmp_path: Path) -> None:
    write(tmp_path / ".spectrum_cache", a="")
    write(tmp_path / "p" / ".spectrum_cache", a="")
    write(tmp_path, a="")
    assert names(tmp_path, ".") == ["a.yaml"]
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "--all")
    assert names(tmp_path, ".") == ["a.yaml"]


def test_only_files_with_the_endings_of_decision_files_are_found_whatever_their_case(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.YML", "c.md", "d.Markdown", "e.json", "f.txt", "yaml", "g.yaml~"):
        (tmp_path / name).write_text("")
    assert names(tmp_path, ".") == ["a.yaml", "b.YML", "c.md", "d.Markdown"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("p/**/*.yaml", ["p/a.yaml!", "p/q/b.yaml!"]),
        ("p/**", ["p/a.yaml!", "p/q/b.yaml!"]),
        ("**/b.yaml", ["p/q/b.yaml!"]),
        ("**/q/**/*.yaml", ["p/q/b.yaml!"]),
        ("p/**/q/b.yaml", ["p/q/b.yaml!"]),
        ("*/a.*", ["p/a.yaml!"]),
        ("p/.h/*.yaml", ["p/.h/c.yaml!"]),
        ("p/.*/**", ["p/.h/c.yaml!"]),
        ("p/x**.yaml", ["p/x**.yaml!"]),
        ("p/[", ["p/[!"]),
    ],
)
def test_a_pattern_goes_into_folders_but_not_into_hidden_ones(
    pattern: str, expected: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "p", a="")
    write(tmp_path / "p" / "q", b="")
    write(tmp_path / "p" / ".h", c="")
    assert names(tmp_path, pattern) == expected
    absolute = [f"{tmp_path}/{path}" for path in expected]
    assert names(tmp_path.parent, f"{tmp_path}/{pattern}") == absolute


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb\n", ["a", "b"]),
        (b"a\r\nb", ["a", "b"]),
        (b"a\nb\0c\0", ["a\nb", "c"]),
        (b"\n\n  \n", []),
        (b"caf\xe9\n", ["caf\udce9"]),
        (b"", []),
    ],
)
def test_a_list_of_files_is_parted_by_lines_or_by_nul(data: bytes, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(data)
    assert named_in(str(tmp_path / "list")) == expected


def test_without_a_place_for_an_empty_repository_the_folder_is_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Callable[[], None]:
        raise FileNotFoundError("no place")

    write(tmp_path / "p", a="")
    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    assert list(discover([str(tmp_path)], Settings(), tmp_path)) == [Target(f"{tmp_path}/p/a.yaml", named=False)]


# Folders that may not be read

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[Path]:
    """Give a folder, and the rights of nobody where the tests run with all rights."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        try:
            yield Path(folder)
        finally:
            take_rights_back()


def give_up_rights() -> None:
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


def take_rights_back() -> None:
    if os.getuid() == 0:
        os.seteuid(0)


def closed_folders(folder: Path) -> list[str]:
    for name in ("a/closed", "b", "left/out"):
        (folder / name).mkdir(parents=True)
    write(folder / "b", x="")
    (folder / ".gitignore").write_text("out\n")
    (folder / "a" / "closed").chmod(0)
    (folder / "left" / "out").chmod(0)
    give_up_rights()
    try:
        return names(folder, ".")
    finally:
        (folder / "a" / "closed").chmod(0o755)
        (folder / "left" / "out").chmod(0o755)


def test_a_folder_that_may_not_be_read_is_not_passed_over_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    with without_rights() as folder:
        assert closed_folders(folder) == ["a/closed!", "b/x.yaml"]


def test_without_git_it_is_not_passed_over_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with without_rights() as folder:
        assert closed_folders(folder) == ["a/closed!", "b/x.yaml", "left/out!"]


def test_inside_a_repository_its_name_is_told_from_the_folder_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    with without_rights() as folder:
        git(folder, "init", "-q")
        inner = folder / "proposals"
        (inner / "closed").mkdir(parents=True)
        write(inner, y="")
        (inner / "closed").chmod(0)
        give_up_rights()
        try:
            assert names(folder, "proposals") == ["proposals/closed!", "proposals/y.yaml"]
        finally:
            (inner / "closed").chmod(0o755)


def test_reading_such_a_folder_says_that_it_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(Unreadable) as caught:
        read_source(str(tmp_path))
    assert caught.value.diagnostics[0].message == "this folder may not be read"
