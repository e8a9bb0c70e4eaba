"""``spectrum check``: which files it reads, what it shows of them, and how it ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import COMMAND, PLAN, Ran, environment, spectrum
from tests.workflows import inside
from tests.workflows.decisions import BROKEN, CLEAN, OVER, OVER_PLACE, commit, git, write

EMPTY = "No file was checked. Exit status 2: there is no decision file here (--allow-empty if that is right).\n"


def check(*arguments: str | Path, cwd: Path, stdin: bytes | None = None, **variables: str) -> Ran:
    if stdin is None:
        return inside.check("--no-cache", *arguments, cwd=cwd, **variables)
    return spectrum("check", "-f", "concise", "--no-cache", *arguments, cwd=cwd, stdin=stdin)


def over(*paths: str | Path) -> list[str]:
    """Return the places of the one finding in each of some files."""
    return [f"{path}{OVER_PLACE}" for path in paths]


def places(ran: Ran) -> list[str]:
    return [line[: line.index("SP") + 6] for line in ran.out.splitlines()[:-1]]


# Files


@pytest.mark.parametrize("argument", ["a.yaml", ".", "./", "a.*", "[a].yaml", "*.yaml", "**/a.yaml", "./a.yaml"])
def test_a_file_a_folder_and_a_pattern_in_quotation_marks_are_checked(argument: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    ran = check(argument, cwd=tmp_path)
    assert (ran.code, places(ran), ran.err) == (1, over("a.yaml"), "")


def test_without_a_path_the_folder_is_checked_in_which_one_is(tmp_path: Path) -> None:
    write(tmp_path / "proposals", a=OVER)
    assert places(check(cwd=tmp_path)) == over("proposals/a.yaml")


def test_standard_input_is_checked_under_its_name(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    ran = check("-", "a.yaml", cwd=tmp_path, stdin=OVER.encode())
    assert (ran.code, places(ran)) == (1, over("<stdin>"))


def test_a_file_that_is_called_like_standard_input_can_be_checked(tmp_path: Path) -> None:
    (tmp_path / "-").write_text(OVER)
    assert places(check("./-", cwd=tmp_path)) == over("./-")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
@pytest.mark.parametrize("source", ["list.txt", "-"])
def test_files_can_be_listed_in_a_file_or_on_standard_input(source: str, end: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER, b=OVER, c=OVER)
    listed = f"b.yaml{end}two words.yaml{end}{end}".encode()
    (tmp_path / "two words.yaml").write_text(OVER)
    (tmp_path / "list.txt").write_bytes(listed)
    assert places(check("--files-from", source, cwd=tmp_path, stdin=listed)) == over("b.yaml", "two words.yaml")


def test_a_list_parted_by_nul_may_hold_any_name(tmp_path: Path) -> None:
    names = ["two\nlines.yaml", "-dash.yaml", " .yaml"]
    for name in names:
        (tmp_path / name).write_text(PLAN)
    listed = "".join(f"{name}\0" for name in names).encode()
    ran = check("--files-from", "-", cwd=tmp_path, stdin=listed)
    assert (ran.code, ran.out.splitlines()[-1].endswith("3 files checked.")) == (0, True)


def test_an_empty_list_of_files_is_not_the_whole_folder(tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    assert check("--files-from", "-", cwd=tmp_path, stdin=b"") == (2, EMPTY, "")
    assert check("--files-from", "-", "--allow-empty", cwd=tmp_path, stdin=b"\n").code == 0


def test_a_list_that_is_not_there_ends_with_2_and_a_sentence(tmp_path: Path) -> None:
    ran = check("--files-from", "none.txt", cwd=tmp_path)
    assert ran == (2, "", "spectrum: --files-from none.txt: no such file or directory\n")
    closed = subprocess.run(
        ["sh", "-c", 'exec "$0" check --files-from - <&-', COMMAND],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (2, "spectrum: --files-from -: there is no standard input\n")


@pytest.mark.parametrize("path", ["none.yaml", "none/", "none*.yaml", "a.yaml/b.yaml", "n" * 300, ""])
def test_a_path_under_which_there_is_nothing_ends_with_2_and_the_others_are_checked(path: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    ran = check(path, "a.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert f"{path}:1:1: error SP101 " in ran.out
    assert over("a.yaml")[0] in ran.out
    assert ran.err == ""


def test_several_problems_in_one_file_are_all_shown_in_the_order_of_the_lines(tmp_path: Path) -> None:
    write(tmp_path, a=BROKEN, b=OVER + "time: {weeks: 1}\n", c=CLEAN)
    ran = check(".", cwd=tmp_path)
    assert ran.code == 2
    found = places(ran)
    assert found[:3] == ["a.yaml:2:8: error SP204 ", "a.yaml:3:19: error SP202 ", *over("b.yaml")]
    assert len([place for place in found if place.startswith("b.yaml")]) > 1
    assert "2 files checked, 1 could not be read" in ran.out


def test_markdown_proposals_are_checked_and_other_markdown_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\n{OVER}---\n# A proposal\n")
    (tmp_path / "b.MARKDOWN").write_text(f"---\r\n{OVER}---\r\n".replace("\n", "\r\n").replace("\r\r", "\r"))
    (tmp_path / "README.md").write_text(f"# How to write one\n\n```yaml\n{OVER}```\n")
    (tmp_path / "page.md").write_text(f"---\nlayout: page\n---\n```yaml\n{OVER}```\n")
    ran = check(".", cwd=tmp_path)
    assert places(ran) == ["a.md:14:14: error SP301 ", "b.MARKDOWN:14:14: error SP301 "]
    assert "2 files checked, 2 left out" in ran.out


def test_other_files_in_a_folder_are_left_out_and_counted_but_read_when_named(tmp_path: Path) -> None:
    write(tmp_path, compose="services:\n  spectrum:\n    image: a\n  openness: b\n", a=CLEAN, list="- 1\n", none="")
    (tmp_path / "notes.txt").write_text(OVER)
    ran = check(".", cwd=tmp_path)
    assert (ran.code, ran.out) == (
        0,
        "No findings. 1 file checked, 3 left out because there is no decision in them.\n",
    )
    ran = check("compose.yaml", cwd=tmp_path)
    assert (ran.code, places(ran)[0]) == (2, "compose.yaml:1:1: error SP201 ")
    assert check("notes.txt", cwd=tmp_path).code == 1


@pytest.mark.parametrize(
    "text",
    [
        "spectrum: 1\n",
        "# a comment\n\n---\nspectrum: 1\n",
        "title: a\nopenness: {stage: aim}\n",
        '{\n  "spectrum": 1,\n  "title": "a"\n}\n',
        "{spectrum: 1, title: a}\n",
        "  title: a\n  spectrum: 1\n",
        "\ufeffspectrum: 1\ntitle: a\n",
        "'spectrum': 1\r\ntitle: a\r\n",
        "title: a\nopenness : \n",
        "spectrum: [\n",
    ],
)
def test_a_file_in_a_folder_is_a_decision_if_it_has_one_of_the_keys_however_it_is_written(
    text: str, tmp_path: Path
) -> None:
    write(tmp_path, a=text)
    assert "left out" not in check(".", cwd=tmp_path).out


def test_a_decision_in_a_wrong_encoding_is_not_left_out_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(CLEAN.encode("utf-16"))
    (tmp_path / "b.yaml").write_bytes(CLEAN.replace("benches", "b\xe9nches").encode("latin-1"))
    ran = check(".", cwd=tmp_path)
    assert (ran.code, [place[-6:-1] for place in places(ran)]) == (2, ["SP102", "SP102"])


def test_a_large_file_of_blank_lines_is_left_out_quickly(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN, blank="\n" * 1_000_000, blanks=" \n" * 500_000)
    assert "2 left out" in check(".", cwd=tmp_path).out


def test_a_folder_without_a_decision_file_ends_with_2_and_says_so(tmp_path: Path) -> None:
    assert check(".", cwd=tmp_path) == (2, EMPTY, "")
    write(tmp_path, other="key: value\n")
    ran = check(".", cwd=tmp_path)
    assert (ran.code, "there is no decision file here" in ran.out) == (2, True)
    assert check(".", "--allow-empty", cwd=tmp_path).code == 0


def test_the_same_file_is_checked_once_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path / "p", a=OVER)
    ran = check("p/a.yaml", "./p//a.yaml", tmp_path / "p/a.yaml", "p", "p/*.yaml", "p/../p/a.yaml", cwd=tmp_path)
    assert places(ran) == over("p/a.yaml")
    assert "1 file checked" in ran.out


def test_the_order_is_that_of_the_names_and_not_of_the_arguments(tmp_path: Path) -> None:
    write(tmp_path, b=OVER, a=OVER, C=OVER)
    write(tmp_path / "a", z=OVER)
    expected = over("C.yaml", "a.yaml", "a/z.yaml", "b.yaml")
    assert places(check(".", cwd=tmp_path)) == expected
    assert places(check("b.yaml", "a", "a.yaml", "C.yaml", cwd=tmp_path)) == expected


NAMES = [
    "two words.yaml",
    "two\nlines.yaml",
    "-dash.yaml",
    "--help.yaml",
    "[bold]a[red].yaml",
    "100%s.yaml",
    "a;b&c'd\".yaml",
    "é👩‍🦽.yaml",
    "\x1b[2J.yaml",
    "*.yaml",
    "#1, 2: 3.yaml",
]


def test_a_file_may_have_any_name_and_the_name_comes_out_whole(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text(OVER)
    for arguments in ([], ["--", *NAMES]):
        ran = spectrum("check", "-f", "json", *arguments, cwd=tmp_path)
        assert sorted(item["file"] for item in json.loads(ran.out)["findings"]) == sorted(NAMES)
    for format in ("text", "concise", "github", "azure"):
        ran = spectrum("check", "-f", format, cwd=tmp_path)
        assert (ran.code, ran.err, "\x1b" in ran.out) == (1, "", False)


def test_non_utf8_file_name_is_shown_with_a_replacement_character_in_every_format(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.yaml"))
    path.write_text(OVER)
    assert places(check(".", cwd=tmp_path)) == over("caf\ufffd.yaml")
    for format in ("text", "json", "github", "gitlab", "sarif", "junit", "azure"):
        ran = spectrum("check", "-f", format, "-o", "out", ".", cwd=tmp_path)
        assert (ran.code, ran.err) == (1, "")
        text = (tmp_path / "out").read_text(encoding="utf-8")
        assert any(name in text for name in ("caf\ufffd.yaml", "caf\\ufffd.yaml", "caf%EF%BF%BD.yaml"))
    path.write_text(CLEAN.replace("plan:", "place: {implements: none.yaml}\nplan:"))
    assert "SP351" in check(".", cwd=tmp_path).out


# Links


def test_a_link_to_a_file_is_read_and_one_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", a=OVER)
    folder = write(tmp_path / "p")
    (folder / "link.yaml").symlink_to("../elsewhere/a.yaml")
    (folder / "deep.yaml").symlink_to("../elsewhere")
    (folder / "deep").symlink_to("../elsewhere")
    for argument in ("p", "p/**/*.yaml"):
        assert places(check(argument, cwd=tmp_path)) == over("p/link.yaml")
    assert places(check("p/deep", cwd=tmp_path)) == over("p/deep/a.yaml")


def test_links_in_a_circle_are_not_followed_round(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", a=OVER)
    write(folder / "q", b=OVER)
    for name in ("back", "again", "more"):
        (folder / "q" / name).symlink_to("..")
    for argument in ("p", "p/**/*.yaml", "p/**", "**/*.yaml"):
        assert places(check(argument, cwd=tmp_path)) == over("p/a.yaml", "p/q/b.yaml")


def test_a_link_that_leads_nowhere_or_to_itself_is_said(tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "none.yaml").symlink_to("nowhere.yaml")
    ran = check(".", cwd=tmp_path)
    assert ran.code == 2
    assert [place[-7:-1] for place in places(ran)] == [" SP301", " SP101", " SP101"]


# What git leaves out


@pytest.mark.parametrize("repository", [True, False])
def test_what_a_gitignore_leaves_out_is_not_checked(repository: bool, tmp_path: Path) -> None:
    for folder in ("", "build", "deep", "deep/old"):
        write(tmp_path / folder, a=OVER, draft=OVER, kept=OVER)
    (tmp_path / ".gitignore").write_text("build/\ndraft.yaml\n!deep/draft.yaml\n")
    (tmp_path / "deep" / ".gitignore").write_text("old/*\n!old/kept.yaml\n/a.yaml\n")
    if repository:
        git(tmp_path, "init", "-q")
    expected = over("a.yaml", "deep/draft.yaml", "deep/kept.yaml", "deep/old/kept.yaml", "kept.yaml")
    assert places(check(".", cwd=tmp_path)) == expected
    assert places(check("build", cwd=tmp_path)) == over("build/a.yaml", "build/draft.yaml", "build/kept.yaml")
    assert places(check("draft.yaml", cwd=tmp_path)) == over("draft.yaml")


def test_files_that_git_knows_are_checked_where_they_are_still_there(tmp_path: Path) -> None:
    write(tmp_path, a=OVER, b=OVER, ignored=OVER)
    commit(tmp_path)
    (tmp_path / ".gitignore").write_text("ignored.yaml\n")
    (tmp_path / "b.yaml").unlink()
    write(tmp_path, c=OVER)
    ran = check(".", cwd=tmp_path)
    assert (ran.code, places(ran)) == (1, over("a.yaml", "c.yaml", "ignored.yaml"))
    assert "3 files checked. Exit" in ran.out


@pytest.mark.parametrize("outer", [True, False])
def test_a_repository_inside_a_folder_is_checked_too(outer: bool, tmp_path: Path) -> None:
    if outer:
        git(tmp_path, "init", "-q")
    inner = write(tmp_path / "inner", a=OVER, ignored=OVER)
    (inner / ".gitignore").write_text("ignored.yaml\n")
    commit(inner)
    assert places(check(".", cwd=tmp_path)) == over("inner/a.yaml")


def test_a_hook_of_git_sees_the_same_files(tmp_path: Path) -> None:
    write(tmp_path / "p", a=OVER)
    commit(tmp_path)
    told = {"GIT_DIR": ".git", "GIT_INDEX_FILE": str(tmp_path / ".git/index"), "GIT_PREFIX": ""}
    assert places(check("p", cwd=tmp_path, **told)) == over("p/a.yaml")


def test_without_git_every_file_counts_but_for_hidden_folders(tmp_path: Path) -> None:
    for folder in ("", "p", ".hidden"):
        write(tmp_path / folder, a=OVER)
    assert places(check(".", cwd=tmp_path, PATH="/nonexistent")) == over("a.yaml", "p/a.yaml")


# Found by other programs


def test_found_treats_named_files_like_those_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, a=OVER, other="key: value\n", old=OVER)
    (tmp_path / "spectrum.toml").write_text('exclude = ["old.yaml"]\n')
    ran = check("--found", "a.yaml", "other.yaml", "old.yaml", cwd=tmp_path)
    assert (ran.code, places(ran)) == (1, over("a.yaml"))
    assert "1 left out" in ran.out


# Files that go away


def test_file_gone_during_the_run_is_no_trouble(tmp_path: Path) -> None:
    for wait in ("0", "0.1", "0.2"):
        folder = write(tmp_path / "p", **{f"n{number}": CLEAN for number in range(300)})
        script = '( sleep "$1"; rm -f p/*.yaml ) & "$0" check -f concise p; code=$?; wait; exit $code'
        done = subprocess.run(
            ["bash", "-c", script, COMMAND, wait],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 2)
        assert done.stderr == ""
        assert "SP101" not in done.stdout
        assert not list(folder.iterdir())
