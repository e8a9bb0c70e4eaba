"""A format that cannot be made here says what to install, in one line."""

import pytest

from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.workflows import pack_files
from spectrum_cli.workflows.pack_files import FORMATS, require


def test_formats_that_are_installed_are_fine() -> None:
    require(list(FORMATS))


def test_what_is_missing_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_files, "find_spec", lambda name: None if name in ("typst", "docx") else object())
    with pytest.raises(MissingExtra) as caught:
        require(["html", "docx", "pdf", "csv"])
    assert str(caught.value) == "docx, pdf cannot be made here. Install: pip install 'spectrum-cli[docx,pdf]'"
    require(["html", "csv"])
