"""Finds and reads a team's settings: ``spectrum.toml``, or ``[tool.spectrum]`` in ``pyproject.toml``."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from spectrum_cli.files.reading import shown_name
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.settings import FAIL_ON, Settings

OWN_FILE = "spectrum.toml"
PROJECT_FILE = "pyproject.toml"
_CODE = re.compile(r"SP\d{0,3}\Z")


class BadSettings(Exception):
    """The settings cannot be used. It carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def find_settings(start: Path) -> Path | None:
    """Return the nearest settings file at or above a path.

    A ``pyproject.toml`` counts only if it has a table for this tool; in one folder ``spectrum.toml`` comes first.
    """
    folder = start if start.is_dir() else start.parent
    for place in (folder, *folder.parents):
        own = place / OWN_FILE
        if own.is_file():
            return own
        project = place / PROJECT_FILE
        try:
            if project.is_file() and "tool.spectrum" in project.read_text(encoding="utf-8", errors="replace"):
                return project
        except OSError:
            continue
    return None


def read_settings(path: Path) -> Settings:
    """Read a settings file.

    Raises:
        BadSettings: it is not TOML, or has unknown keys or values; every fault is named at its line.
    """
    import tomllib

    name = shown_name(str(path))
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(_fault(name, None, f"the settings cannot be read: {error}", "")) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        span = Span(int(found[1]), int(found[2]), int(found[1]), int(found[2]) + 1) if found else None
        what = re.sub(r" \(at .*", "", str(error)).strip()
        raise BadSettings(_fault(name, span, f"this is not valid TOML: {what[:1].lower()}{what[1:]}", "")) from None
    table = data if path.name == OWN_FILE else data.get("tool", {}).get("spectrum", {})
    return _Reader(name, text).settings(table)


class _Reader:
    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.splitlines()
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
        pattern = re.compile(rf"""^\s*(?:\[[^\]]*)?["']?{re.escape(key)}["']?\s*[=\]]""")
        for number, line in enumerate(self.lines, start=1):
            if pattern.search(line):
                column = line.index(key) + 1
                span = Span(number, column, number, column + len(key))
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
        if _CODE.match(code):
            return True
        self.fault(
            key, f"'{code}' is no code", "Codes look like SP301; their beginning, such as SP3, means all of them."
        )
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
