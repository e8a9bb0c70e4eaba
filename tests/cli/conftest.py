"""Files that the command-line tests read."""

from pathlib import Path

import pytest

from tests.cli.command import BROKEN, PLAN


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a file without a fault."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a file with one fault, on line 3."""
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN)
    return path
