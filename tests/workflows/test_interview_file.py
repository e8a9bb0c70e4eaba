"""Opening and saving the file of an interview: nothing is overwritten and nothing gets lost."""

import os
from pathlib import Path

import pytest

from spectrum_cli.files.decision_edit import DecisionText, decision_text, set_answer
from spectrum_cli.files.writing import CannotWrite
from spectrum_cli.workflows.interview_file import CannotInterview, Saved, Taken, open_file, save

PLAN = b"spectrum: 1\r\ntitle: Benches # said Ada\r\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "plan.yaml"
    found.write_bytes(PLAN)
    return found


def changed() -> DecisionText:
    return set_answer(decision_text("plan.yaml", PLAN), "openness.stage", "aim")


NEW = PLAN + b"openness:\r\n  stage: aim\r\n"


def test_a_file_is_gone_on_with_to_the_byte(path: Path) -> None:
    opened = open_file(str(path))
    assert opened.text is not None
    assert opened.data == PLAN == opened.text.whole.encode()
    assert save(changed(), path, opened.data, replace=False, beside=False) == Saved(path)
    assert path.read_bytes() == NEW


def test_a_file_that_changed_meanwhile_is_left_alone(path: Path) -> None:
    opened = open_file(str(path))
    path.write_bytes(b"someone else\n")
    (path.parent / "plan-2.yaml").write_bytes(b"theirs too\n")
    done = save(changed(), path, opened.data, replace=True, beside=False)
    assert done == Saved(path.parent / "plan-3.yaml", path)
    assert path.read_bytes() == b"someone else\n"
    assert (path.parent / "plan-2.yaml").read_bytes() == b"theirs too\n"
    assert done.path.read_bytes() == NEW


def test_a_file_that_went_away_meanwhile_is_written_again(path: Path) -> None:
    path.unlink()
    assert save(changed(), path, PLAN, replace=False, beside=False) == Saved(path)
    assert path.read_bytes() == NEW


def test_a_new_file_takes_no_other_ones_place_unless_told_to(path: Path) -> None:
    with pytest.raises(Taken):
        save(changed(), path, None, replace=False, beside=False)
    assert path.read_bytes() == PLAN
    assert save(changed(), path, None, replace=False, beside=True) == Saved(path.parent / "plan-2.yaml", path)
    assert path.read_bytes() == PLAN
    assert save(changed(), path, None, replace=True, beside=False) == Saved(path)
    assert path.read_bytes() == NEW


def test_a_link_is_written_through(path: Path) -> None:
    link = path.parent / "link.yaml"
    link.symlink_to(path)
    opened = open_file(str(link))
    save(changed(), link, opened.data, replace=False, beside=False)
    assert link.is_symlink()
    assert path.read_bytes() == NEW


def test_what_cannot_be_saved_is_said_with_nothing_left_behind(path: Path) -> None:
    with pytest.raises(CannotWrite):
        save(changed(), path.parent / "nowhere" / "plan.yaml", None, replace=False, beside=True)
    assert [item.name for item in path.parent.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("-", "standard input"),
        ("plan", "needs an ending"),
        ("plan.txt", "needs an ending"),
        ("nowhere/plan.yaml", "there is no folder"),
        ("a\0b.yaml", "can be no file"),
        ("x" * 5000 + ".yaml", "can be no file"),
    ],
)
def test_a_file_that_could_not_be_saved_is_refused_before_any_question(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotInterview, match=words):
        open_file(name)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotInterview) as caught:
        open_file(str(tmp_path))
    assert [item.code for item in caught.value.diagnostics] == ["SP101"]
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(CannotInterview, match="no ordinary file"):
        open_file(str(pipe))


def test_a_file_with_faults_is_refused_with_all_of_them_and_an_unfinished_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("spectrum: 1\ntitle: T\nopenness: {stage: maid, agenda: sistem}\n")
    with pytest.raises(CannotInterview) as caught:
        open_file(str(path))
    assert [item.code for item in caught.value.diagnostics] == ["SP202", "SP202"]
    path.write_text("spectrum: 1\ntitle: T\nopenness:\nplan: unknown\n")
    assert open_file(str(path)).text is not None
