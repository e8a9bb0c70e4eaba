"""From a pack to the files that hold it: everything is made before the first file is written."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.files.writing import CannotWrite, shown, write_whole
from spectrum_cli.model.pack import Pack

# Format: the file's name, the module and function that make it, the package it needs, and the extra that brings that.
FORMATS: dict[str, tuple[str, str, str, str]] = {
    "html": ("pack.html", "spectrum_cli.render.pack.html:render_html", "jinja2", "html"),
    "docx": ("pack.docx", "spectrum_cli.render.pack.docx:render_docx", "docx", "docx"),
    "pdf": ("pack.pdf", "spectrum_cli.render.pack.pdf:render_pdf", "typst", "pdf"),
    "pptx": ("pack.pptx", "spectrum_cli.render.pack.pptx:render_pptx", "pptx", "pptx"),
    "csv": ("cards.csv", "spectrum_cli.render.pack.cards_csv:render_csv", "", ""),
}


def require(formats: Sequence[str]) -> None:
    """Make sure that every format can be made.

    Raises:
        MissingExtra: with all extras that are missing.
    """
    missing = [FORMATS[name][3] for name in formats if FORMATS[name][2] and find_spec(FORMATS[name][2]) is None]
    if missing:
        extras = ",".join(dict.fromkeys(missing))
        raise MissingExtra(f"{', '.join(missing)} cannot be made here. Install: pip install 'spectrum-cli[{extras}]'")


def write_pack(
    pack: Pack,
    folder: Path,
    formats: Sequence[str],
    *,
    replace: bool,
    on_file: Callable[[str], object] = lambda _: None,
) -> list[Path]:
    """Write a pack into a folder, which is made where it is not there, and return the files in order.

    ``on_file`` is called with each format before it is made, for a progress line.

    Raises:
        CannotWrite: a file is there already and may not be replaced, or the system refused.
    """
    paths = {name: folder / FORMATS[name][0] for name in formats}
    for path in paths.values():
        if not replace and path.exists():
            raise CannotWrite(f"{shown(path)} exists already and was left as it is; nothing was written")
    made: dict[str, bytes] = {}
    for name in formats:
        on_file(name)
        module, _, function = FORMATS[name][1].partition(":")
        render: Callable[[Pack], bytes] = getattr(import_module(module), function)
        made[name] = render(pack)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot make the folder {shown(folder)}: {(error.strerror or str(error)).lower()}") from None
    for name, path in paths.items():
        write_whole(path, made[name], replace=replace)
    return list(paths.values())
