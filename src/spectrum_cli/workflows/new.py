"""A new decision file from the template."""

from pathlib import Path

from spectrum_cli.files.reading import MARKDOWN_SUFFIXES
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.writing import CannotWrite, write_whole
from spectrum_cli.render.template import render_template


def make_template(file: str, title: str) -> None:
    """Write the template to a path that is not there yet.

    Raises:
        CannotWrite: the path exists, its folder does not, or the system refused.
    """
    path = Path(file)
    if not path.suffix:
        raise CannotWrite(f"{file} needs an ending: .yaml, or .md for a Markdown file with front matter")
    text = render_template(load_rule_base(), title, markdown=file.lower().endswith(MARKDOWN_SUFFIXES))
    write_whole(path, text)
