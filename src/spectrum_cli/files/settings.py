"""Finds and reads a team's settings: ``spectrum.toml``, or ``[tool.spectrum]`` in ``pyproject.toml``."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spectrum_cli.files.reading import shown_name
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.settings import FAIL_ON, Settings

OWN_FILE = "spectrum.toml"
PROJECT_FILE = "pyproject.toml"
_CODE = re.compile(r"SP\d{0,3}\Z")
_OUR_TABLE = re.compile(r"""^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?spectrum\b""", re.MULTILINE)


class BadSettings(Exception):
    """The settings cannot be used. It carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def find_settings(start: Path) -> Path | None:
    """Return the nearest settings file at or above a path.

    A ``pyproject.toml`` counts only if it has a table for this tool; in one folder ``spectrum.toml`` comes first.
    """
    folder = start if os.path.isdir(start) else start.parent
    for place in (folder, *folder.parents):
        own = place / OWN_FILE
        if os.path.isfile(own):
            return own
        project = place / PROJECT_FILE
        if os.path.isfile(project) and _speaks_of_us(project):
            return project
    return None


def _speaks_of_us(project: Path) -> bool:
    import tomllib

    try:
        text = project.read_text(encoding="utf-8", errors="replace")
        return "spectrum" in text and "spectrum" in _table(tomllib.loads(text), "tool")
    except OSError:
        return False
    except tomllib.TOMLDecodeError:
        return _OUR_TABLE.search(text) is not None


def _table(data: Any, key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def read_settings(path: Path, codes: Sequence[str] = ()) -> Settings:
    """Read a settings file: ``[tool.spectrum]`` in a ``pyproject.toml``, all of any other file.

    ``codes`` are those that there are; without them, any that looks like one will do.

    Raises:
        BadSettings: it is not TOML, or has unknown keys or values; every fault is named at its line.
    """
    import tomllib

    name = shown_name(str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadSettings(_fault(name, None, f"the settings cannot be read: {reason}", "")) from None
    except UnicodeDecodeError:
        raise BadSettings(_fault(name, None, "the settings cannot be read: they are not UTF-8", "")) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        span = Span(int(found[1]), int(found[2]), int(found[1]), int(found[2]) + 1) if found else None
        line = text.split("\n")[span.line - 1] if span else ""
        what = re.sub(r" \(at .*", "", str(error)).strip()
        message = f"this is not valid TOML: {what[:1].lower()}{what[1:]}"
        raise BadSettings(_fault(name, span, message, "", line)) from None
    if path.name != PROJECT_FILE:
        return _Reader(name, text, codes).settings(data)
    ours = _OUR_TABLE.search(text)
    first = text.count("\n", 0, ours.start()) if ours else 0
    return _Reader(name, text, codes, first).settings(_table(data, "tool").get("spectrum", {}))


class _Reader:
    def __init__(self, name: str, text: str, codes: Sequence[str] = (), first: int = 0) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.codes_there_are = codes
        self.first = first
        self.faults: list[Diagnostic] = []

    def settings(self, table: Any) -> Settings:
        if not isinstance(table, dict):
            raise BadSettings(_fault(self.name, None, "the settings are a table of keys", ""))
        values: dict[str, Any] = {}
        for key, value in table.items():
            take = _KEYS.get(key)
            if take is None:
                self.fault(key, f"unknown key '{key}'", _near(key, _KEYS))
                continue
            field, read = take
            taken = read(self, key, value)
            if taken is not None:
                values[field] = taken
        if self.faults:
            raise BadSettings(*self.faults)
        return Settings(**values)

    def fault(self, key: str, message: str, hint: str = "") -> None:
        """Report at the line where the key is written: TOML's values do not know their place."""
        pattern = re.compile(rf"""(?:^|[\s\[{{.,])["']?({re.escape(key)})["']?\s*[=\].]""")
        for number, line in enumerate(self.lines[self.first :], start=self.first + 1):
            found = None if line.lstrip().startswith("#") else pattern.search(line)
            if found:
                span = Span(number, found.start(1) + 1, number, found.end(1) + 1)
                self.faults.append(_fault(self.name, span, message, hint, line))
                return
        self.faults.append(_fault(self.name, None, message, hint))

    def text(self, key: str, value: Any) -> str | None:
        if isinstance(value, str) and value:
            return value
        self.fault(key, f"{key} is a text", f'Write: {key} = "..."')
        return None

    def texts(self, key: str, value: Any) -> tuple[str, ...] | None:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault(key, f"{key} is a list of texts", f'Write: {key} = ["..."]')
        return None

    def codes(self, key: str, value: Any) -> tuple[str, ...] | None:
        found = self.texts(key, value)
        for code in found or ():
            self.code(key, code)
        return found

    def code(self, key: str, code: str) -> bool:
        if _CODE.match(code) and (
            not self.codes_there_are or any(one.startswith(code) for one in self.codes_there_are)
        ):
            return True
        near = _near(code.upper(), self.codes_there_are) if self.codes_there_are else ""
        meant = near if near.startswith("Did") else "Codes look like SP301; their beginning, such as SP3, means all."
        self.fault(key, f"there is no code '{code}'", meant)
        return False

    def weeks(self, key: str, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 520:
            return value
        self.fault(key, f"{key} is a whole number of weeks, 0 to 520")
        return None

    def fail_on(self, key: str, value: Any) -> str | None:
        if value in FAIL_ON:
            return str(value)
        self.fault(key, f"{key} is one of {', '.join(FAIL_ON)}", _near(str(value), FAIL_ON))
        return None

    def severity(self, key: str, value: Any) -> Mapping[str, Severity] | None:
        if not isinstance(value, dict):
            self.fault(key, f"{key} is a table", f'Write: {key} = {{SP304 = "warning"}}')
            return None
        found: dict[str, Severity] = {}
        for code, level in value.items():
            if self.code(key, code):
                if level in list(Severity):
                    found[code] = Severity(level)
                else:
                    self.fault(code, f"'{level}' is no severity", f"One of: {', '.join(Severity)}.")
        return found

    def per_file_ignores(self, key: str, value: Any) -> Mapping[str, tuple[str, ...]] | None:
        if not isinstance(value, dict):
            self.fault(key, f"{key} is a table", f'Write: {key} = {{"old/*.yaml" = ["SP325"]}}')
            return None
        found = {pattern: self.codes(pattern, codes) for pattern, codes in value.items()}
        return {pattern: codes for pattern, codes in found.items() if codes is not None}


_KEYS: dict[str, tuple[str, Callable[[_Reader, str, Any], Any]]] = {
    "rules": ("rules", _Reader.text),
    "include": ("include", _Reader.texts),
    "exclude": ("exclude", _Reader.texts),
    "select": ("select", _Reader.codes),
    "ignore": ("ignore", _Reader.codes),
    "severity": ("severity", _Reader.severity),
    "per-file-ignores": ("per_file_ignores", _Reader.per_file_ignores),
    "minimum-weeks": ("minimum_weeks", _Reader.weeks),
    "feedback-weeks": ("feedback_weeks", _Reader.weeks),
    "fail-on": ("fail_on", _Reader.fail_on),
}


def _near(name: str, known: Any) -> str:
    import difflib

    near = difflib.get_close_matches(name.replace("_", "-"), list(known), 1, 0.6)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."


def _fault(name: str, span: Span | None, message: str, hint: str, line: str = "") -> Diagnostic:
    return Diagnostic("SP121", Severity.ERROR, message, name, span, line, hint)
