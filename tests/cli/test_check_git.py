"""``--since`` checks what has changed, and finds offers that were narrowed after participation had opened."""

from pathlib import Path

import pytest

from tests.cli.command import Ran
from tests.workflows import inside
from tests.workflows.decisions import CLEAN, OVER, commit, git, write

OPENED = CLEAN.replace("dates: {", "dates: {opens: 2020-01-01, ")
NOT_YET = CLEAN.replace("dates: {", "dates: {opens: 2999-01-01, ")
PARTS = "parts: [{id: colour, title: Which colour, openness: {stage: options}}]\n"


def check(*arguments: str | Path, cwd: Path, select: str = "SP371", **variables: str) -> Ran:
    return inside.check("--select", select, *arguments, cwd=cwd, **variables)


def found(ran: Ran) -> list[str]:
    return [line.partition(", after")[0] for line in ran.out.splitlines()[:-1]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path / "p", a=OPENED + PARTS, b=OPENED, c=OVER, later=NOT_YET)
    commit(tmp_path)
    return tmp_path


def test_only_changed_and_untracked_files_are_checked(repository: Path) -> None:
    assert check("--since", "HEAD", cwd=repository).out == "No file was checked.\n"
    write(repository / "p", b=OPENED + "# changed\n", new=OVER)
    ran = check("--since", "HEAD", cwd=repository, select="SP3")
    assert [line.partition(":")[0] for line in found(ran)] == ["p/new.yaml"]
    assert (ran.code, "2 files checked" in ran.out) == (1, True)
    inside = check("--since", "HEAD", "new.yaml", "c.yaml", cwd=repository / "p", select="SP3")
    assert [line.partition(":")[0] for line in found(inside)] == ["new.yaml"]


def test_the_repository_is_that_of_the_files_wherever_one_is(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(repository / "p", b=OVER)
    for path in (repository, repository / "p" / "b.yaml", f"{repository}/p/*.yaml"):
        ran = check("--since", "HEAD", path, cwd=elsewhere, select="SP3")
        assert [line.partition(":")[0] for line in found(ran)] == [f"{repository}/p/b.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("stage: proposal", "stage: made", "the stage went from proposal to made"),
        ("open_to_change: [whether]", "open_to_change: [method]", "whether is not open to change any more"),
        ("type: consult", "type: inform", "the planned type went from consult to inform"),
        ("{stage: options}", "{stage: made}", "part 'colour': the stage went from options to made"),
    ],
)
@pytest.mark.parametrize("how", ["changed", "staged", "committed"])
def test_a_narrowed_offer_is_found_after_opening(how: str, old: str, new: str, told: str, repository: Path) -> None:
    write(repository / "p", a=(OPENED + PARTS).replace(old, new))
    if how == "staged":
        git(repository, "add", "--all")
    if how == "committed":
        commit(repository)
    ran = check("--since", "main~1" if how == "committed" else "HEAD", cwd=repository)
    assert ran.code == 1
    (line,) = found(ran)
    assert line.startswith("p/a.yaml:")
    assert line.endswith(f"error SP371 narrowed-after-opening {told}")


def test_before_opening_and_when_widened_nothing_is_said(repository: Path) -> None:
    write(repository / "p", later=NOT_YET.replace("stage: proposal", "stage: made"))
    write(repository / "p", b=OPENED.replace("stage: proposal", "stage: aim").replace("type: consult", "type: engage"))
    ran = check("--since", "HEAD", cwd=repository)
    assert (ran.code, found(ran)) == (0, [])
    assert "2 files checked" in ran.out


def test_a_narrowed_offer_can_be_answered_for_and_is_no_unused_comment_later(repository: Path) -> None:
    line = "  stage: made  # spectrum: ignore[SP371] the panel was told on 3 May"
    write(repository / "p", b=OPENED.replace("  stage: proposal", line))
    ran = check("--since", "HEAD", "p/b.yaml", cwd=repository, select="SP37,SP39")
    assert (ran.code, found(ran)) == (0, [])
    assert "1 finding suppressed" in ran.out
    commit(repository)
    assert found(check("p/b.yaml", cwd=repository, select="SP37,SP39")) == []


@pytest.mark.parametrize("old", ["title: [\n", "", "caf\xe9", None])
def test_an_earlier_text_that_cannot_be_read_does_no_harm(old: str | None, tmp_path: Path) -> None:
    write(tmp_path)
    if old is not None:
        (tmp_path / "a.yaml").write_bytes(old.encode("latin-1"))
    commit(tmp_path)
    write(tmp_path, a=OPENED.replace("stage: proposal", "stage: made"))
    ran = check("--since", "HEAD", cwd=tmp_path)
    assert (ran.code, found(ran), ran.err) == (0, [], "")
    assert "1 file checked" in ran.out


def test_renamed_files_and_a_file_that_has_become_unreadable_do_no_harm(repository: Path) -> None:
    git(repository, "mv", "p/a.yaml", "p/z.yaml")
    write(repository / "p", b="spectrum: 1\ntitle: [\n")
    ran = check("--since", "HEAD", cwd=repository)
    assert (ran.code, ran.err) == (2, "")
    assert "1 file checked, 1 could not be read" in ran.out


@pytest.mark.parametrize(
    ("revision", "reason"),
    [
        ("nonsense", "bad revision 'nonsense'"),
        ("--output=x", "'--output=x' is no revision"),
        ("main..HEAD", "'main..HEAD' is a range; give the one revision to compare the files with"),
    ],
)
def test_a_revision_that_cannot_be_used_ends_with_2_and_the_reason(
    revision: str, reason: str, repository: Path
) -> None:
    ran = check("--since", revision, cwd=repository)
    assert ran == (2, "", f"spectrum: --since {revision}: {reason}\n")
    assert not (repository / "x").exists()


def test_outside_of_a_repository_and_without_git_it_ends_with_2_and_the_reason(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    ran = check("--since", "HEAD", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("spectrum: --since HEAD: not a git repository")
    assert check("--since", "HEAD", cwd=tmp_path, PATH="").err == "spectrum: --since HEAD: git is not installed\n"


def test_a_named_file_that_is_not_there_is_said_also_with_since(repository: Path) -> None:
    ran = check("--since", "HEAD", "none.yaml", "p", cwd=repository)
    assert (ran.code, ran.out.startswith("none.yaml:1:1: error SP101 ")) == (2, True)
