"""The guide for teams shows settings that can be read, and names every key, format and status that there is."""

import re
from pathlib import Path

from spectrum_cli.cli.check import FindingsFormat
from spectrum_cli.files.settings import _KEYS, read_settings
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.catalogue import catalogue

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "check.md").read_text(encoding="utf-8")


def first_cells(after: str) -> list[str]:
    """Return the words in code in the first column of the table that begins after some words."""
    rows = TEXT.partition(after)[2].partition("\n\n")[0].splitlines()[2:]
    return [row.split("`")[1] for row in rows]


def test_the_settings_that_are_shown_can_be_read_and_hold_every_key(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "spectrum.toml").write_text(block, encoding="utf-8")
    settings = read_settings(tmp_path / "spectrum.toml", [rule.code for rule in catalogue()])
    for field, _ in _KEYS.values():
        assert getattr(settings, field) != getattr(Settings(), field), field


def test_the_table_of_settings_names_every_key_with_its_default() -> None:
    assert first_cells("<!-- settings: begin -->\n\n") == list(_KEYS)
    assert f"| `minimum-weeks` | `{Settings().minimum_weeks}` |" in TEXT
    assert f"| `feedback-weeks` | `{Settings().feedback_weeks}` |" in TEXT
    assert f'| `rules` | `"{Settings().rules}"` |' in TEXT
    assert f'| `fail-on` | `"{Settings().fail_on}"` |' in TEXT


def test_the_tables_name_every_format_and_every_exit_status() -> None:
    assert first_cells("## Formats\n\n") == list(FindingsFormat)
    assert first_cells("## Exit status\n\n") == ["0", "1", "2"]
