"""``place.implements`` is followed from file to file, and whatever stands in the way is said."""

from pathlib import Path

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.model.checking import Carried
from spectrum_cli.workflows.carrying import follow
from tests.workflows.decisions import BROKEN, CLEAN, write


def carrying(path: str) -> str:
    return f"{CLEAN}place: {{implements: {path!r}}}\n"


def followed(folder: Path, rules: PreparedRules, name: str = "a.yaml") -> Carried | None:
    decision = read_decision_file(str(folder / name)).decision
    assert decision is not None
    return follow(decision, str(folder / name), rules)


def circle(carried: Carried | None) -> list[str]:
    assert carried is not None
    assert (carried.problem == "circle") is bool(carried.circle)
    return [Path(path).name for path in carried.circle]


def test_a_file_that_carries_out_none_names_none(tmp_path: Path, practice: PreparedRules) -> None:
    assert followed(write(tmp_path, a=CLEAN), practice) is None
    assert followed(write(tmp_path, a=CLEAN + "place: {implements: unknown}\n"), practice) is None


@pytest.mark.parametrize("path", ["b.yaml", "./b.yaml", "p/../b.yaml", "two words/b.yaml", "p/q.d/../../b.yaml", "/"])
def test_the_other_decision_is_found_from_the_folder_of_the_file(
    path: str, tmp_path: Path, practice: PreparedRules
) -> None:
    folder = write(tmp_path / "a folder", b=CLEAN)
    write(folder / "two words", b=CLEAN)
    write(folder, a=carrying(f"{folder}/b.yaml" if path == "/" else path))
    carried = followed(folder, practice)
    assert carried is not None
    assert (carried.problem, carried.title) == ("", "Where the benches go")
    assert carried.type is not None
    assert carried.planned is not None
    assert (carried.type.id, carried.planned.id) == ("consult", "consult")


def test_a_markdown_proposal_can_be_carried_out(tmp_path: Path, practice: PreparedRules) -> None:
    (tmp_path / "b.md").write_text(f"---\n{CLEAN}---\n# Benches\n")
    carried = followed(write(tmp_path, a=carrying("b.md")), practice)
    assert carried is not None
    assert carried.problem == ""


@pytest.mark.parametrize("path", ["none.yaml", "none/b.yaml", ".", "https://example.org/b.yaml", "n" * 300, "a.yaml/b"])
def test_a_file_that_is_not_there_is_missing(path: str, tmp_path: Path, practice: PreparedRules) -> None:
    assert followed(write(tmp_path, a=carrying(path)), practice) == Carried(path, "missing")


@pytest.mark.parametrize("text", [BROKEN, "", "title: [", "- a\n"])
def test_a_file_that_cannot_be_read_is_unreadable(text: str, tmp_path: Path, practice: PreparedRules) -> None:
    assert followed(write(tmp_path, a=carrying("b.yaml"), b=text), practice) == Carried("b.yaml", "unreadable")


def test_a_circle_is_found_whatever_its_size(tmp_path: Path, practice: PreparedRules) -> None:
    write(tmp_path, a=carrying("a.yaml"))
    assert circle(followed(tmp_path, practice)) == ["a.yaml", "a.yaml"]
    write(tmp_path, a=carrying("b.yaml"), b=carrying("./a.yaml"))
    assert circle(followed(tmp_path, practice)) == ["a.yaml", "b.yaml", "a.yaml"]
    write(tmp_path / "p", c=carrying("../a.yaml"))
    write(tmp_path, b=carrying("p/c.yaml"))
    assert circle(followed(tmp_path, practice)) == ["a.yaml", "b.yaml", "c.yaml", "a.yaml"]
    assert circle(followed(tmp_path, practice, "p/c.yaml")) == ["c.yaml", "a.yaml", "b.yaml", "c.yaml"]


def test_a_circle_behind_the_next_file_is_found_and_one_through_a_link_too(
    tmp_path: Path, practice: PreparedRules
) -> None:
    write(tmp_path, a=carrying("b.yaml"), b=carrying("c.yaml"), c=carrying("b.yaml"))
    assert circle(followed(tmp_path, practice)) == ["a.yaml", "b.yaml", "c.yaml", "b.yaml"]
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    write(tmp_path, a=carrying("link.yaml"))
    assert circle(followed(tmp_path, practice)) == ["a.yaml", "link.yaml"]


def test_a_chain_is_no_circle_also_if_it_ends_in_nothing(tmp_path: Path, practice: PreparedRules) -> None:
    write(tmp_path, **{f"n{number}": carrying(f"n{number + 1}.yaml") for number in range(60)})
    for end in (CLEAN, BROKEN, carrying("none.yaml")):
        write(tmp_path, n3=end)
        carried = followed(tmp_path, practice, "n0.yaml")
        assert carried is not None
        assert carried.problem == ""
    write(tmp_path, n3=carrying("n4.yaml"))
    assert circle(followed(tmp_path, practice, "n0.yaml")) == []
