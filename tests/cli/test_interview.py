"""``spectrum interview`` as people meet it: in a pipe, on a terminal, interrupted, and with odd input."""

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.cli.command import BROKEN, COMMAND, Ran, environment, spectrum

PLAN = "# Ours\nspectrum: 1\ntitle: Benches # said Ada\n\nopenness:\n  stage: options   # since May\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN)
    return tmp_path


def interview(desk: Path, lines: str, *arguments: str, **variables: str) -> Ran:
    return spectrum("interview", *arguments, stdin=lines.encode(), cwd=desk, **variables)


@contextmanager
def in_a_pipe(desk: Path) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]]:
    """Give the command while it waits for lines, where they go in, and what it shows."""
    with subprocess.Popen(
        [COMMAND, "interview", "plan.yaml"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=desk,
        env=environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process, process.stdin, process.stdout


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, desk: Path, *arguments: str, **variables: str) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [COMMAND, "interview", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=desk,
            start_new_session=True,
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # makes it the terminal of the session
            env=environment(**{"TERM": "xterm-256color", **variables}),
        )
        os.close(theirs)
        self.shown = ""

    def until(self, words: str) -> str:
        """Read up to some words, and return what stood before them."""
        end = time.monotonic() + 30
        while words not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.ours], [], [], 1)[0]:
                try:
                    piece = os.read(self.ours, 65536)
                except OSError:
                    piece = b""
                assert piece, self.shown
                self.shown += piece.decode()
        before, _, self.shown = self.shown.partition(words)
        return before + words

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def end(self) -> int:
        status = self.process.wait(timeout=30)
        os.close(self.ours)
        return status

    def close(self) -> int:
        """Close the window."""
        os.close(self.ours)
        return self.process.wait(timeout=30)


# Pipes


def test_answers_come_from_a_pipe_and_the_file_keeps_all_else(desk: Path) -> None:
    ran = interview(desk, "1\n2\nq\n", "plan.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "Question 1. " in ran.out
    assert "Saved in plan.yaml." in ran.out
    assert "spectrum advise plan.yaml" in ran.out
    assert "spectrum workshop plan.yaml" in ran.out
    assert ran.out.endswith("© peoplehub, used with acknowledgement\n")
    after = (desk / "plan.yaml").read_text()
    added = [line for line in after.splitlines() if line not in PLAN.splitlines()]
    assert added
    assert [line for line in after.splitlines() if line not in added] == PLAN.splitlines()


def test_every_prompt_stands_on_a_line_of_its_own_in_a_pipe(desk: Path) -> None:
    out = interview(desk, "9\n1\n", "plan.yaml").out
    prompts = [line for line in out.splitlines() if "(or " in line]
    assert len(prompts) == 3
    assert all(line.endswith(" h q):") for line in prompts)


def test_the_end_of_the_input_saves_and_is_no_failure(desk: Path) -> None:
    ran = interview(desk, "1\n", "plan.yaml")
    assert ran.code == 0
    assert "The input has ended." in ran.out
    assert (desk / "plan.yaml").read_text() != PLAN


def test_without_an_answer_nothing_is_written(desk: Path) -> None:
    before = (desk / "plan.yaml").stat()
    ran = interview(desk, "?\nh\nfoo\nq\n", "plan.yaml")
    assert ran.code == 0
    assert "No answer was changed" in ran.out
    after = (desk / "plan.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert interview(desk, "", "new.yaml").code == 0
    assert not (desk / "new.yaml").exists()


def test_a_new_file_is_made_and_can_be_advised_on(desk: Path) -> None:
    ran = interview(desk, "Move the clinic\nAda\n2\n3\n\n", "new.yaml")
    assert ran.code == 0
    assert "The type is certain now: EDUCATE." in ran.out
    assert spectrum("advise", "--quiet", "new.yaml", cwd=desk).out == "new.yaml: EDUCATE (certain)\n"
    assert interview(desk, "A plan\n", "new.md").code == 0
    assert (desk / "new.md").read_text().startswith("---\n# A decision file.")
    assert spectrum("check", "--fail-on", "error", "new.md", cwd=desk).code == 0


def test_without_a_file_a_name_is_proposed_and_no_other_file_is_replaced_unasked(desk: Path) -> None:
    assert interview(desk, "Benches\n\nq\n\n").code == 0
    first = (desk / "benches.yaml").read_text()
    ran = interview(desk, "Benches\nAda\nq\n\n2\n\n1\n")
    assert "There is a file benches.yaml already." in ran.out
    assert "Saved in benches.yaml." in ran.out
    assert (desk / "benches.yaml").read_text() == first.replace("# summary", 'owner: "Ada"\n# summary', 1) or (
        'owner: "Ada"' in (desk / "benches.yaml").read_text()
    )
    ran = interview(desk, "Benches\nBo\nq\n\n2\nb2\n")
    assert "Saved in b2.yaml." in ran.out
    ran = interview(desk, "Benches\nCy\n")
    assert "saved your answers in benches-2.yaml" in ran.out
    assert 'owner: "Cy"' in (desk / "benches-2.yaml").read_text()
    assert 'owner: "Ada"' in (desk / "benches.yaml").read_text()


def test_input_that_is_no_answer_ends_with_the_input_or_when_it_never_ends(desk: Path) -> None:
    ran = spectrum("interview", "plan.yaml", stdin=os.urandom(20_000), cwd=desk)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    ran = interview(desk, "no\n" * 3_000, "plan.yaml")
    assert ran.code == 2
    assert "Too many lines in a row were no answer." in ran.out
    ran = spectrum("interview", "plan.yaml", stdin=b"\xff\xfe\n\0\n" + b"x" * 3_000_000, cwd=desk)
    assert ran.code == 0
    assert "Traceback" not in ran.err


def test_a_title_of_any_signs_is_kept_and_harms_nothing(desk: Path) -> None:
    title = "\"'<script>{{ x }} \\ # $HOME `ls` é 👩‍🦽 \u202e \x1b[2J"
    ran = interview(desk, f"{title}\n\n", "new.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert spectrum("advise", "--quiet", "new.yaml", cwd=desk).code == 0
    assert "<script>{{ x }} \\ # $HOME `ls` é" in spectrum("advise", "new.yaml", cwd=desk, COLUMNS="200").out


# What is refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-",), "standard input"),
        (("nowhere/plan.yaml",), "there is no folder"),
        (("plan",), "needs an ending"),
        ((".",), "SP101"),
        (("broken.yaml",), "broken.yaml:3:19: SP202"),
        (("--language", "xx"), "there are no texts in 'xx'"),
        (("--rules", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_begin_says_why(arguments: tuple[str, ...], words: str, desk: Path) -> None:
    (desk / "broken.yaml").write_text(BROKEN)
    ran = interview(desk, "1\n", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""
    assert (desk / "broken.yaml").read_text() == BROKEN


def test_a_warning_is_shown_and_stops_nothing(desk: Path) -> None:
    (desk / "plan.yaml").write_text("spectrum: 1\ntitle: Ward #4\n")
    ran = interview(desk, "1\nq\n", "plan.yaml")
    assert ran.code == 0
    assert "SP111" in ran.err


# Streams


def test_only_ascii_is_drawn_where_nothing_else_can_be_shown(desk: Path) -> None:
    ran = interview(desk, "1\n?\nh\n", "plan.yaml", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert ran.out.isascii()
    assert '"Benches"' in ran.out


def test_a_reader_who_has_gone_loses_no_answer(desk: Path) -> None:
    with in_a_pipe(desk) as (process, lines, shown):
        lines.write(b"1\n")
        lines.flush()
        while b"(before:" not in shown.readline():
            pass
        shown.close()
        lines.write(b"1\n" * 3)
        lines.close()
        assert process.wait(timeout=30) == 141
    assert (desk / "plan.yaml").read_text() != PLAN


def test_a_file_that_someone_else_changes_meanwhile_is_left_alone(desk: Path) -> None:
    with in_a_pipe(desk) as (process, _, shown):
        while b"Question 1" not in shown.readline():
            pass
        (desk / "plan.yaml").write_text(PLAN + "# mine\n")
        out, _ = process.communicate(b"1\nq\n", timeout=30)
    assert process.returncode == 0
    assert "saved your answers in plan-2.yaml" in " ".join(out.decode().split())
    assert (desk / "plan.yaml").read_text() == PLAN + "# mine\n"
    assert "stage: options   # since May" in (desk / "plan-2.yaml").read_text()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interruption_saves_says_so_and_is_130(name: str, desk: Path) -> None:
    with in_a_pipe(desk) as (process, lines, shown):
        lines.write(b"1\n")
        lines.flush()
        while b"(before:" not in shown.readline():
            pass
        process.send_signal(getattr(signal, name))
        out = shown.read().decode()
        lines.close()
        assert process.wait(timeout=30) == 130
    assert "You stopped." in out
    assert "Saved in plan.yaml." in out
    assert (desk / "plan.yaml").read_text() != PLAN


# A terminal


def test_a_terminal_is_written_to_line_by_line_and_its_cursor_is_never_moved(desk: Path) -> None:
    terminal = Terminal(desk, "new.yaml")
    said = terminal.until("h q): ")
    terminal.type("Benches\n")
    said += terminal.until("h q): ")
    terminal.type("\n")
    said += terminal.until("h q): ")
    terminal.type("2\n")
    said += terminal.until("h q): ")
    terminal.type("q\n")
    said += terminal.until("workshop new.yaml")
    assert terminal.end() == 0
    assert "\x1b" not in said
    assert "\b" not in said
    assert "\r" not in said.replace("\r\n", "")
    assert max(map(len, said.replace("\r\n", "\n").split("\n"))) <= 80


@pytest.mark.parametrize(
    ("sign", "status", "words"), [("\x03", 130, "You stopped."), ("\x04", 0, "The input has ended.")]
)
def test_control_c_and_control_d_on_a_terminal_save(sign: str, status: int, words: str, desk: Path) -> None:
    terminal = Terminal(desk, "plan.yaml")
    terminal.until("h q): ")
    terminal.type("1\n")
    terminal.until("h q): ")
    terminal.type(sign)
    assert words in terminal.until("workshop plan.yaml")
    assert terminal.end() == status
    assert (desk / "plan.yaml").read_text() != PLAN


def test_a_closed_window_loses_no_answer(desk: Path) -> None:
    terminal = Terminal(desk, "plan.yaml")
    terminal.until("h q): ")
    terminal.type("1\n")
    terminal.until("h q): ")
    terminal.close()
    assert (desk / "plan.yaml").read_text() != PLAN
