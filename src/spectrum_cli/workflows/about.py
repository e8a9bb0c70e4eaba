"""What ``spectrum about`` tells."""

from dataclasses import dataclass

from spectrum_cli import __version__
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.yaml_loaders import HAS_LIBYAML
from spectrum_cli.model.decision_format import FORMAT_VERSION
from spectrum_cli.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class About:
    """The versions that matter for repeating an advice."""

    version: str
    format_version: int
    parser: str
    rule_base: RuleBase


def collect_about() -> About:
    """Return the versions of the program, the format and the rule base."""
    parser = "libyaml" if HAS_LIBYAML else "PyYAML's own (libyaml is not there; reading is slower)"
    return About(__version__, FORMAT_VERSION, parser, load_rule_base())
