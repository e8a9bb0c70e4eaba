"""``python -m spectrum_cli`` and the ``spectrum`` command: the one place where nothing may go wrong loudly."""

import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from spectrum_cli.cli import exits

_COMPLETION = "_SPECTRUM_COMPLETE"


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. No traceback reaches a user.

    ``--version`` alone is answered without building the command line, because tools ask for it often.
    """
    if sys.stdout is None or sys.stderr is None:  # closed by the caller: there is nobody to talk to
        return exits.COULD_NOT_RUN
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if arguments == ["--version"]:
        from spectrum_cli import __version__

        return _guarded(lambda: _say(f"spectrum {__version__}\n"))
    return _guarded(lambda: _run_app(arguments))


def _say(text: str) -> int:
    sys.stdout.write(text)
    return exits.CLEAN


def _run_app(arguments: list[str]) -> int:
    from spectrum_cli.cli.app import build, called

    app = build(None if _COMPLETION in os.environ else called(arguments))
    if _COMPLETION in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # imported there, not listed

        completion_init()
    stdout = sys.stdout
    try:
        result = app(args=arguments, prog_name="spectrum", windows_expand_args=False)
    except SystemExit:
        if sys.stdout is not stdout:  # typer wraps the stream of a reader who has gone, and says 1
            sys.stdout = stdout
            raise BrokenPipeError from None
        raise
    return result if isinstance(result, int) else exits.CLEAN


def _guarded(action: Callable[[], int]) -> int:
    """Turn whatever can end a command into an exit code and at most a sentence."""
    try:
        try:
            code = action()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else exits.CLEAN
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _complain("interrupted", exits.INTERRUPTED)
    except BrokenPipeError:
        _silence(sys.stdout)
        return exits.PIPE_CLOSED
    except OSError as error:
        _silence(sys.stdout)
        return _complain(f"the output could not be written: {(error.strerror or str(error)).lower()}")
    except Exception as error:
        return _explain(error)
    return code


def _explain(error: Exception) -> int:
    from spectrum_cli.cli.output import PipeClosed, show_diagnostics
    from spectrum_cli.files.rulebase import NoRuleBase
    from spectrum_cli.files.writing import CannotWrite

    if isinstance(error, PipeClosed):
        _silence(sys.stdout)
        return exits.PIPE_CLOSED
    if isinstance(error, NoRuleBase):
        show_diagnostics(error.diagnostics)
        return exits.COULD_NOT_RUN
    if isinstance(error, CannotWrite):
        return _complain(str(error))
    if os.environ.get("SPECTRUM_DEBUG"):
        raise error
    return _complain(
        f"something went wrong inside spectrum ({type(error).__name__}). Please report it; "
        "SPECTRUM_DEBUG=1 shows where."
    )


def _complain(message: str, code: int = exits.COULD_NOT_RUN) -> int:
    try:
        sys.stderr.write(f"spectrum: {message}\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)
    return code


def _silence(stream: TextIO) -> None:
    """Point a broken stream at nothing, so that the interpreter does not complain about it at the end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    main()
