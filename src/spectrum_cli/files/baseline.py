"""A baseline: the findings that a team knows of, by their fingerprints, so that only new ones are shown."""

import json
from collections.abc import Iterable
from pathlib import Path

from spectrum_cli.files.reading import shown_name
from spectrum_cli.files.settings import BadSettings
from spectrum_cli.files.writing import write_whole
from spectrum_cli.model.diagnostic import Diagnostic, Severity

BASELINE_FORMAT = 1


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints in a baseline file.

    Raises:
        BadSettings: the file is not there or is no baseline.
    """
    name = shown_name(str(path))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != BASELINE_FORMAT:
            raise ValueError("another format")
        return frozenset(str(item["fingerprint"]) for item in data["findings"])
    except FileNotFoundError:
        hint = f"Make it once with: spectrum check --write-baseline {name} PATHS"
        raise BadSettings(_fault(name, "there is no baseline here", hint)) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise BadSettings(_fault(name, "this is no baseline", "Make it anew with --write-baseline.")) from None


def write_baseline(path: Path, findings: Iterable[tuple[str, str, str]]) -> None:
    """Write a baseline from fingerprints with their file and code, one finding a line so that reviews can read it.

    Raises:
        CannotWrite: the system refused.
    """
    rows = sorted({(file, code, mark) for mark, file, code in findings})
    lines = ",\n".join(
        "    " + json.dumps({"file": file, "code": code, "fingerprint": mark}, ensure_ascii=False)
        for file, code, mark in rows
    )
    body = f"[\n{lines}\n  ]" if lines else "[]"
    write_whole(path, f'{{\n  "format": {BASELINE_FORMAT},\n  "findings": {body}\n}}\n', replace=True)


def _fault(name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic("SP121", Severity.ERROR, message, name, hint=hint)
