"""From paths to advice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.reading import STDIN, shown_name
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.assessment import Advice
from spectrum_cli.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class AdvisedFile:
    """What came of one file: advice, or the diagnostics that say why there is none."""

    file: str
    advice: Advice | None
    diagnostics: tuple[Diagnostic, ...]


def prepare_rules(name_or_folder: str) -> PreparedRules:
    """Load a rule base and make it ready.

    Raises:
        NoRuleBase: the rule base is not there or not valid.
    """
    return prepare(load_rule_base(name_or_folder))


def advise_file(path: str, rules: PreparedRules, *, with_moves: bool = True) -> AdvisedFile:
    """Read one decision file and advise on it."""
    reading = read_decision_file(path)
    advice = advise(reading.decision, rules, with_moves=with_moves) if reading.decision is not None else None
    return AdvisedFile(shown_name(path), advice, reading.diagnostics)


def advise_files(paths: Iterable[str], rules: PreparedRules) -> Iterator[AdvisedFile]:
    """Advise on each file in turn."""
    for path in paths:
        yield advise_file(path, rules)


def expand(arguments: Iterable[str]) -> list[str]:
    """Return the files that the arguments name.

    A quoted pattern such as ``'plans/*.yaml'`` works the same in every shell; a file whose own name holds
    brackets or stars is taken as it is.
    """
    paths: list[str] = []
    for argument in arguments:
        found = sorted(iglob(argument, recursive=True)) if _is_pattern(argument) else []
        paths.extend(found or [argument])
    return paths


def _is_pattern(argument: str) -> bool:
    if argument == STDIN or not has_magic(argument):
        return False
    try:
        return not Path(argument).exists()
    except (OSError, ValueError):
        return False
