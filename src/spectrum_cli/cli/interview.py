"""``spectrum interview``: lines in, lines out. No cursor is moved and nothing is drawn again."""

import io
import shlex
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import RulesOption, SeedOnlyOption, rule_base_name

if TYPE_CHECKING:
    from spectrum_cli.workflows.interview import Interviewer, Line, State
    from spectrum_cli.workflows.interview_file import Opened

MAX_LINE = 20_000
MOST_IGNORED = 1_000_000
_STOPS = ("SIGTERM", "SIGHUP")  # a closed terminal window sends the second


def interview(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="The file to make or to go on with.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="NAME", help="Language of the questions.")] = "en",
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Ask one question at a time, and save the answers as a decision file.

    Example: spectrum interview plans/clinic.yaml
    """
    from spectrum_cli.cli.output import show_diagnostics, write_error
    from spectrum_cli.files.texts import NoLanguage, load_texts
    from spectrum_cli.model.plain_text import visible
    from spectrum_cli.workflows.advise import prepare_rules
    from spectrum_cli.workflows.interview import Interviewer
    from spectrum_cli.workflows.interview_file import CannotInterview, Opened, open_file

    prepared = prepare_rules(rule_base_name(rules, seed_only))
    try:
        texts = load_texts(language)
        opened = open_file(file) if file else Opened(None, None)
    except (NoLanguage, CannotInterview) as error:
        diagnostics = getattr(error, "diagnostics", ())
        if diagnostics:
            show_diagnostics(diagnostics)
        else:
            write_error(f"spectrum: {visible(str(error))}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    if opened.diagnostics:
        show_diagnostics(opened.diagnostics)
    interviewer = Interviewer(prepared, texts, file, resumed=opened.text is not None)
    raise typer.Exit(_Conversation(interviewer, opened).run())


class _Conversation:
    """One interview on the streams of this process, with the file that comes of it."""

    def __init__(self, interviewer: "Interviewer", opened: "Opened") -> None:
        self.interviewer = interviewer
        self.opened = opened
        self.state: State | None = None
        self.saved = False

    def run(self) -> int:
        """Ask until there is nothing left to ask, and return the exit status. What there is gets saved."""
        _listen(_interrupt, *_STOPS)
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # only possible before the first line is read
        try:
            return self.talk()
        except KeyboardInterrupt:
            return self.stop(self.interviewer.say("end.stopped"), exits.INTERRUPTED)
        except BaseException:
            self.save_quietly()
            raise

    def talk(self) -> int:
        from spectrum_cli.workflows.interview import PATIENCE

        turn = self.interviewer.begin(self.opened.text)
        self.state = turn.state
        self.show(turn.lines)
        while True:
            line = self.ask(self.interviewer.prompt(self.state))
            if line is None:
                return self.stop(self.interviewer.say("end.input"), exits.CLEAN)
            turn = self.interviewer.take(self.state, line)
            self.state = turn.state
            self.show(turn.lines)
            if self.state.wrong >= PATIENCE:
                return self.stop(self.interviewer.say("end.garbled"), exits.COULD_NOT_RUN)
            if self.state.ended and self.settle():
                return exits.CLEAN

    # Lines

    def show(self, lines: "Iterable[Line]") -> None:
        from spectrum_cli.cli.output import new_page, write_out

        page = new_page()
        for line in lines:
            if line.text:
                page.prose(line.text, indent=line.indent, hang=line.hang)
            else:
                page.raw()
        write_out(page.text())

    def say(self, *texts: str) -> None:
        from spectrum_cli.workflows.interview import Line

        self.show(Line(text) for text in texts)

    def ask(self, prompt: str) -> str | None:
        """Show a prompt and return the line that is typed; None at the end of the input."""
        from spectrum_cli.cli.output import new_page, write_out

        page = new_page()
        page.width = None
        page.prose(prompt)
        typed = sys.stdin is not None and sys.stdin.isatty()
        write_out(page.text().rstrip() + (" " if typed else "\n"))
        line = _read_line()
        if line is None and typed:
            write_out("\n")
        return line

    # The end

    def settle(self) -> bool:
        """Save at the end of the questions; False where that needs another answer."""
        from spectrum_cli.files.writing import CannotWrite
        from spectrum_cli.workflows.interview_file import Taken

        if self.state is None:
            return True
        try:
            self.say(*self.save(beside=self.state.beside))
        except Taken:
            turn = self.interviewer.taken(self.state, str(self.place()))
        except CannotWrite as error:
            turn = self.interviewer.refused(self.state, str(error))
        else:
            return True
        self.state = turn.state
        self.show(turn.lines)
        return False

    def stop(self, reason: str, code: int) -> int:
        """Save what there is without asking, and say so."""
        from spectrum_cli.cli.output import write_out
        from spectrum_cli.files.writing import CannotWrite

        _listen(signal.SIG_IGN, "SIGINT", *_STOPS)
        try:
            lines = self.save(beside=True)
        except CannotWrite as error:
            say = self.interviewer.say
            write_out("\n")
            self.say(reason, say("end.failed", reason=str(error)), say("end.shown"))
            write_out(self.state.text.whole if self.state is not None and self.state.text is not None else "")
            return exits.COULD_NOT_RUN
        if code == exits.INTERRUPTED:
            write_out("\n")
        self.say(reason, *lines)
        return code

    def save_quietly(self) -> None:
        """Save where nobody can be told any more, such as when the terminal has gone."""
        from spectrum_cli.files.writing import CannotWrite

        _listen(signal.SIG_IGN, "SIGINT", *_STOPS)
        try:
            self.save(beside=True)
        except CannotWrite:
            return

    def place(self) -> Path:
        """Return where to save: where the file is or shall be, or a name made from the title."""
        state = self.state
        name = (state.place if state is not None else "") or self.interviewer.file
        if not name and state is not None:
            name = self.interviewer.proposal(state)
        return Path(name).expanduser() if name.startswith("~") else Path(name)

    def save(self, *, beside: bool) -> list[str]:
        """Save, and return what to say about it."""
        from spectrum_cli.workflows.interview_file import save

        say, state, opened = self.interviewer.say, self.state, self.opened
        if state is None or state.text is None:
            return [say("end.nothing")]
        path = self.place()
        if self.saved or state.text == opened.text:
            return [say("end.unchanged", file=_named(path)), *self.next_steps(path)]
        read_as = opened.data if not state.place else None
        done = save(state.text, path, read_as, replace=state.replace, beside=beside)
        self.saved = True
        if done.instead_of is not None:
            changed = say("end.beside", file=_named(done.instead_of), other=_named(done.path))
            taken = say("end.taken", file=_named(done.instead_of), other=_named(done.path))
            said = taken if read_as is None else changed
        else:
            said = say("end.saved", file=_named(done.path))
        return [said, *self.next_steps(done.path)]

    def next_steps(self, path: Path) -> list[str]:
        say, file = self.interviewer.say, shlex.quote(_named(path))
        steps = [say("end.again", file=file), say("end.advise", file=file), say("end.workshop", file=file)]
        return [*steps, self.interviewer.rules.rule_base.acknowledgement]


def _listen(handler: "signal._HANDLER", *names: str) -> None:
    """Set what signals do, those of them that the system has."""
    for name in names:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _named(path: Path) -> str:
    from spectrum_cli.files.writing import shown

    return shown(path)


def _read_line() -> str | None:
    """Return one line of standard input without its end; None where there is no more, or no end of it."""
    if sys.stdin is None:
        return None
    try:
        line = sys.stdin.readline(MAX_LINE)
        rest, ignored = line, 0
        while len(rest) == MAX_LINE and not rest.endswith("\n"):
            rest = sys.stdin.readline(MAX_LINE)
            ignored += len(rest)
            if ignored > MOST_IGNORED:
                return None
    except (OSError, ValueError):
        return None
    return line.rstrip("\r\n") if line else None
