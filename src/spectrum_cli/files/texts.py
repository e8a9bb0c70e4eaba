"""Loads the texts of a language: one file a language in ``rules/texts``."""

import yaml

from spectrum_cli.files.rulebase import rules_folder
from spectrum_cli.model.texts import Texts

DEFAULT_LANGUAGE = "en"


class NoLanguage(Exception):
    """There are no texts in this language. The message names those that there are."""


def languages() -> tuple[str, ...]:
    """Return the names of the languages that texts are there for."""
    return tuple(sorted(path.stem for path in (rules_folder() / "texts").glob("*.yaml")))


def load_texts(language: str = DEFAULT_LANGUAGE) -> Texts:
    """Return the texts of a language.

    Raises:
        NoLanguage: there are none in it.
    """
    if language not in languages():
        raise NoLanguage(f"there are no texts in '{language}'; there are: {', '.join(languages())}")
    data = (rules_folder() / "texts" / f"{language}.yaml").read_bytes()
    items = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Texts(items["language"], items)
