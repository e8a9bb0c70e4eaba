"""What git knows of earlier texts, and why it does not."""

import os
from pathlib import Path

import pytest

from spectrum_cli.files.git import NoHistory, changed_since, named_text, text_at
from tests.workflows.decisions import commit, git, write


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path, a="1", b="1", c="1", d="1")
    write(tmp_path / "p", e="1")
    commit(tmp_path)
    return tmp_path


def changed(folder: Path, revision: str = "HEAD", *others: Path) -> list[str]:
    found = changed_since(revision, [str(folder), *map(str, others)])
    return sorted(os.path.relpath(path, folder) for path in found)


def test_changed_staged_new_and_untracked_files_differ_and_deleted_and_ignored_ones_do_not(repository: Path) -> None:
    assert changed(repository) == []
    write(repository, a="2", b="2", new="1", untracked="1", ignored="1")
    (repository / ".gitignore").write_text("ignored.yaml\n")
    (repository / "c.yaml").unlink()
    git(repository, "add", "b.yaml", "new.yaml")
    expected = [".gitignore", "a.yaml", "b.yaml", "new.yaml", "untracked.yaml"]
    assert changed(repository) == expected
    assert changed(repository / "p") == [f"../{name}" for name in expected]
    commit(repository)
    assert changed(repository) == []
    assert changed(repository, "HEAD~1") == expected


def test_a_renamed_file_is_a_changed_one(repository: Path) -> None:
    git(repository, "mv", "a.yaml", "z.yaml")
    git(repository, "config", "diff.renames", "true")
    assert changed(repository) == ["z.yaml"]


@pytest.mark.parametrize("name", ["two words.yaml", "two\nlines.yaml", "-dash.yaml", "é.yaml", "caf\udce9.yaml", '".y'])
def test_names_come_out_whole(name: str, repository: Path) -> None:
    (repository / name).write_text("old")
    commit(repository)
    (repository / name).write_text("new")
    assert changed(repository) == [name]
    assert text_at("HEAD", str(repository / name)) == b"old"


def test_several_repositories_are_looked_at(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = write(tmp_path_factory.mktemp("other"), a="1")
    commit(other)
    write(other, a="2")
    write(repository, a="2")
    assert changed(repository, "HEAD", other) == [os.path.relpath(other / "a.yaml", repository), "a.yaml"]


@pytest.mark.parametrize(
    ("revision", "reason"),
    [
        ("nonsense", "bad revision 'nonsense'"),
        ("--output=x", "'--output=x' is no revision"),
        ("-", "'-' is no revision"),
        ("HEAD..HEAD", "'HEAD..HEAD' is a range; give the one revision to compare the files with"),
        ("main...", "'main...' is a range"),
    ],
)
def test_a_revision_that_cannot_be_used_is_refused_with_the_reason(
    revision: str, reason: str, repository: Path
) -> None:
    with pytest.raises(NoHistory) as caught:
        changed(repository, revision)
    assert str(caught.value).startswith(reason)
    assert not (repository / "x").exists()


def test_outside_of_a_repository_and_without_git_the_reason_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoHistory, match="not a git repository"):
        changed_since("HEAD", [str(tmp_path)])
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NoHistory, match="git is not installed"):
        changed_since("HEAD", [str(tmp_path)])


def test_a_text_at_a_revision_is_its_bytes_or_none(repository: Path) -> None:
    write(repository / "p", e="2", new="1")
    assert text_at("HEAD", str(repository / "p/e.yaml")) == b"1"
    assert text_at("HEAD", str(repository / "p/new.yaml")) is None
    assert text_at("nonsense", str(repository / "a.yaml")) is None


@pytest.mark.parametrize("name", ["HEAD:p", "HEAD:./p"])
def test_a_folder_is_called_one(repository: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    with pytest.raises(NoHistory, match=r"'(\./)?p' is a folder in 'HEAD'"):
        named_text(name)


def test_what_a_hook_is_told_does_not_lead_astray(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, a="2")
    write(repository / "p", e="2")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / "none"))
    assert changed(repository / "p") == ["../a.yaml", "e.yaml"]
    assert text_at("HEAD", str(repository / "p/e.yaml")) == b"1"
