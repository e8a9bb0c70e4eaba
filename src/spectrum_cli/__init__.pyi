from spectrum_cli.api import AdviceResult as AdviceResult
from spectrum_cli.api import BadSettings as BadSettings
from spectrum_cli.api import CheckedFile as CheckedFile
from spectrum_cli.api import Diagnostic as Diagnostic
from spectrum_cli.api import MissingExtra as MissingExtra
from spectrum_cli.api import NoRuleBase as NoRuleBase
from spectrum_cli.api import Row as Row
from spectrum_cli.api import RuleBase as RuleBase
from spectrum_cli.api import UnreadableDecision as UnreadableDecision
from spectrum_cli.api import WhatIfResult as WhatIfResult
from spectrum_cli.api import advise as advise
from spectrum_cli.api import check_files as check_files
from spectrum_cli.api import load_rule_base as load_rule_base
from spectrum_cli.api import portfolio as portfolio
from spectrum_cli.api import what_if as what_if

__version__: str
