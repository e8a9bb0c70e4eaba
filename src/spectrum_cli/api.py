"""Everything that ``from spectrum_cli import ...`` offers. ``docs/api.md`` is made from the docstrings here.

Stable under semantic versioning: a name, a parameter or an attribute of this module goes or changes its meaning only
with a new major version. Nothing here keeps a state that one call could leave to the next, so that any number of
threads may call anything at the same time.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from spectrum_cli.engine.advice import advice_of
from spectrum_cli.engine.advice import advise as advise_on
from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.decision_file import Reading, read_decision, read_decision_file
from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.files.reading import Unreadable, decode
from spectrum_cli.files.rulebase import NoRuleBase
from spectrum_cli.files.rulebase import load_rule_base as load
from spectrum_cli.files.settings import BadSettings
from spectrum_cli.files.table_rows import RowReader
from spectrum_cli.files.tables import laid_flat
from spectrum_cli.model.assessment import Advice, Assessment, ScopeAdvice
from spectrum_cli.model.decision import Answers, AnswerValue
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.portfolio import Row
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.workflows.whatif import AskedWhatIf, CannotAsk, ask_about

__all__ = [
    "AdviceResult",
    "BadSettings",
    "CheckedFile",
    "Diagnostic",
    "MissingExtra",
    "NoRuleBase",
    "Row",
    "RuleBase",
    "UnreadableDecision",
    "WhatIfResult",
    "advise",
    "check_files",
    "load_rule_base",
    "portfolio",
    "what_if",
]

DecisionLike = str | os.PathLike[str] | Mapping[str, object]


class UnreadableDecision(ValueError):
    """A decision could not be read.

    Attributes:
        diagnostics: every fault that was found, each with code, message, place and hint.

    >>> try:
    ...     advise("spectrum: 1\\ntitle: Benches\\nopenness: {stage: maid}\\n")
    ... except UnreadableDecision as error:
    ...     for fault in error.diagnostics:
    ...         print(fault.code, fault.span.line, fault.message)
    SP202 3 unknown answer 'maid' for stage
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        first = self.diagnostics[0]
        super().__init__(f"{first.file}: {first.code} {first.message}")

    def __reduce__(self) -> tuple[type["UnreadableDecision"], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


@dataclass(frozen=True, slots=True, repr=False)
class AdviceResult:
    """The advice on a decision, or on one part of it. In a notebook it shows itself with its picture.

    ``warnings`` are diagnostics about the file that did not keep it from being read.

    >>> found = advise("examples/diabetes-clinic.yaml")
    >>> found
    <AdviceResult 'Move the diabetes clinic to the new health centre': CONSULT>
    >>> found.type, found.certain, found.openness
    ('consult', True, 39.5)
    >>> [part.id for part in found.parts]
    ['patient-transport']
    """

    _advice: Advice
    _part: str = ""
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def _found(self) -> Assessment:
        return self._advice.scope(self._part).assessment

    @property
    def file(self) -> str:
        """The name of the file, or what the decision was given as."""
        return self._advice.file

    @property
    def id(self) -> str:
        """The id of the part; empty for the whole decision."""
        return self._part

    @property
    def title(self) -> str:
        """What is to be decided."""
        return self._found.title

    @property
    def type(self) -> str | None:
        """The participation type that fits, such as ``co-design``; None where no question is answered."""
        return self._found.type.id if self._found.type is not None else None

    @property
    def certain(self) -> bool:
        """Whether no missing answer could change the type."""
        return self._found.certain

    @property
    def possible_types(self) -> tuple[str, ...]:
        """The types that are still possible, the least open first."""
        return tuple(kind.id for kind in self._found.possible_types)

    @property
    def openness(self) -> float | None:
        """The room left for influence, 0 to 100. The scale is ours."""
        return self._found.openness.value

    @property
    def held_by(self) -> tuple[str, ...]:
        """The ids of the gates that hold, the one that holds the openness down the most first."""
        return tuple(gate.rule.id for gate in self._found.gates)

    @property
    def planned(self) -> str | None:
        """The type that is planned."""
        return self._found.plan.type.id if self._found.plan.type is not None else None

    @property
    def verdict(self) -> str:
        """The plan against the answers: ``none``, ``over-promise``, ``not-shown``, ``matches`` or ``below``."""
        return self._found.plan.verdict

    @property
    def needed(self) -> str | None:
        """The type that the decision asks for at least."""
        return self._found.need.floor.id if self._found.need.floor is not None else None

    @property
    def gap(self) -> int:
        """By how many types the need stands above the type that fits."""
        return self._found.need.gap

    @property
    def readiness(self) -> str:
        """For the type that fits: ``ready``, ``planned``, ``not-ready`` or ``unknown``."""
        return self._found.readiness.state

    @property
    def support(self) -> dict[str, str]:
        """What the type needs, each with ``met``, ``planned``, ``missing`` or ``unknown``."""
        return {item.prerequisite.key: item.state for item in self._found.readiness.prerequisites}

    @property
    def next_question(self) -> str | None:
        """The key of the missing answer that would narrow the possible types most."""
        return self._found.next_question.criterion.key if self._found.next_question is not None else None

    @property
    def parts(self) -> tuple["AdviceResult", ...]:
        """The advice on each part of the decision."""
        if self._part:
            return ()
        return tuple(AdviceResult(self._advice, part.assessment.id) for part in self._advice.parts)

    @property
    def rule_base(self) -> tuple[str, str, str]:
        """The id, version and hash of the rule base that the advice rests on."""
        return self._advice.rule_base_id, self._advice.rule_base_version, self._advice.rule_base_hash

    @property
    def acknowledgement(self) -> str:
        """To be shown wherever the advice is."""
        return self._advice.acknowledgement

    def to_dict(self) -> dict[str, Any]:
        """Return the whole advice with its reasons as plain data: what ``spectrum advise --format json`` writes."""
        from spectrum_cli.render.json_format import render_json

        data: dict[str, Any] = json.loads(render_json(self._advice, part=self._part, diagnostics=self.warnings))
        return data

    def to_text(self, width: int | None = 80) -> str:
        """Return the advice as ``spectrum advise`` shows it, wrapped at a width, or not at all for None."""
        from spectrum_cli.render.page import Page
        from spectrum_cli.render.terminal import render_terminal

        page = Page(width)
        render_terminal(self._advice, page, part=self._part)
        return page.text()

    def to_markdown(self) -> str:
        """Return the advice as Markdown."""
        from spectrum_cli.render.markdown import render_markdown

        return render_markdown(self._advice, part=self._part)

    def to_html(self) -> str:
        """Return the advice as a page of its own."""
        from spectrum_cli.render.html import render_html

        return render_html(self._advice, part=self._part)

    def to_svg(self) -> str:
        """Return the picture of the spectrum with this decision in it."""
        from spectrum_cli.render.svg import render_svg

        return render_svg(self._advice, part=self._part)

    def _repr_html_(self) -> str:
        from spectrum_cli.render.notebook import advice_fragment

        return advice_fragment(self._advice, part=self._part)

    def __repr__(self) -> str:
        from spectrum_cli.render.whatif import advice_line

        return f"<AdviceResult {self.title[:60]!r}: {advice_line(self._found)}>"


@dataclass(frozen=True, slots=True, repr=False)
class WhatIfResult:
    """What would change an advice. In a notebook it shows itself with the picture of what was tried.

    >>> found = what_if("examples/library-move.yaml", {"openness.stage": "options"})
    >>> found.before, found.after
    ('educate', 'educate')
    >>> found.ways("consult")[0]
    {'openness.open_to_change': ('whether',), 'openness.use_of_input': 'considered'}
    """

    _asked: AskedWhatIf
    _advice: Advice = field(repr=False)

    @property
    def before(self) -> str | None:
        """The type that fits the decision as it is."""
        return self._asked.before.type.id if self._asked.before.type is not None else None

    @property
    def after(self) -> str | None:
        """The type that fits with the answers that were tried."""
        found = self._asked.result.assessment
        return found.type.id if found.type is not None else None

    @property
    def tried(self) -> dict[str, AnswerValue]:
        """The answers that were tried."""
        return dict(self._asked.tried)

    @property
    def advice(self) -> AdviceResult:
        """The advice with the answers that were tried."""
        return AdviceResult(self._advice)

    def ways(self, to: str) -> list[dict[str, AnswerValue]]:
        """Return the smallest sets of changed answers that make a type certain, from where ``tried`` leads.

        Raises:
            KeyError: there is no such type, or it fits already.
        """
        targets = {target.type.id: target for target in self._asked.result.targets}
        return [{change.criterion.key: change.after for change in entry.changes} for entry in targets[to].sets]

    def missing_support(self, to: str) -> tuple[str, ...]:
        """Return what a type needs that is neither met nor planned.

        Raises:
            KeyError: there is no such type, or it fits already.
        """
        targets = {target.type.id: target for target in self._asked.result.targets}
        return tuple(item.key for item in targets[to].support_missing)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: what ``spectrum whatif --format json`` writes."""
        from spectrum_cli.render.whatif import whatif_json

        data: dict[str, Any] = json.loads(whatif_json(self._asked))
        return data

    def to_markdown(self) -> str:
        """Return everything as Markdown."""
        from spectrum_cli.render.whatif import whatif_markdown

        return whatif_markdown(self._asked)

    def _repr_html_(self) -> str:
        from spectrum_cli.render.notebook import what_if_fragment

        return what_if_fragment(self._asked, self._advice)

    def __repr__(self) -> str:
        return f"<WhatIfResult {self._asked.title[:60]!r}: {self.before} before, {self.after} after>"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What the checks found in one file. ``readable`` is False where it could not be read; the findings say why."""

    file: str
    readable: bool
    findings: tuple[Diagnostic, ...]


def load_rule_base(name_or_folder: str = "practice") -> RuleBase:
    """Return a rule base: ``peoplehub``, ``practice``, ``uk``, or a folder of your own.

    Raises:
        NoRuleBase: it is not there or not valid; its ``diagnostics`` say where.

    >>> base = load_rule_base()
    >>> base.id, [kind.id for kind in base.types][:3]
    ('practice', ['inform', 'educate', 'consult'])
    """
    return load(name_or_folder)


def advise(decision: DecisionLike, *, rules: str | RuleBase = "practice") -> AdviceResult:
    """Say how open a decision is and which participation type fits it.

    Args:
        decision: a path; or YAML, which is a text with a line break in it; or a mapping, nested as in YAML or with
            dotted keys. A mapping needs no ``spectrum: 1``.
        rules: a rule base, or its name or folder. To load it once is quicker for many decisions.

    Raises:
        UnreadableDecision: with every fault that was found.
        NoRuleBase: the rule base cannot be used.

    >>> found = advise({"title": "Where the benches go", "openness": {"stage": "proposal"}})
    >>> found.type, found.possible_types
    ('consult', ('inform', 'educate', 'consult'))
    >>> found.next_question
    'openness.exchange'
    """
    reading = _read(decision)
    if reading.decision is None:
        raise UnreadableDecision(reading.diagnostics)
    return AdviceResult(advise_on(reading.decision, _prepared(rules)), "", reading.diagnostics)


def what_if(
    decision: DecisionLike,
    changes: Mapping[str, object] | None = None,
    *,
    part: str = "",
    to: str = "",
    rules: str | RuleBase = "practice",
) -> WhatIfResult:
    """Say what would change the advice on a decision.

    Args:
        decision: as for :func:`advise`.
        changes: answers to try instead of those that are given, with dotted keys or nested as in YAML.
        part: the id of a part, to ask about it alone.
        to: a type, to search only for ways to it; that is quicker.
        rules: as for :func:`advise`.

    Raises:
        UnreadableDecision: the decision or a change cannot be read.
        KeyError: there is no such part or type.
        NoRuleBase: the rule base cannot be used.

    >>> what_if("examples/village-surgery.yaml", to="engage").ways("engage")[0]
    {'openness.stage': 'options', 'openness.open_to_change': ('whether', 'options')}
    """
    prepared = _prepared(rules)
    if to and to not in {kind.id for kind in prepared.rule_base.types}:
        raise KeyError(to)
    reading = _read(decision)
    if reading.decision is None:
        raise UnreadableDecision(reading.diagnostics)
    try:
        asked = ask_about(reading.decision, prepared, _changed(changes or {}), part=part, to=to)
    except CannotAsk:
        raise KeyError(part) from None
    whole = ScopeAdvice(asked.result.assessment)
    return WhatIfResult(asked, advice_of(asked.file, asked.title, prepared.rule_base, whole))


def check_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    rules: str | None = None,
    today: date | None = None,
    processes: int = 1,
) -> Iterator[CheckedFile]:
    """Look for over-promises and other faults in files and folders, as ``spectrum check`` does.

    Args:
        paths: files, folders and patterns.
        rules: the name or folder of a rule base; None leaves it to the settings that are found.
        today: the day that review dates are compared with; None is today.
        processes: how many processes share the work. In a program that is started as a script, use more than one
            only below ``if __name__ == "__main__":``.

    Raises:
        BadSettings: the settings that are found cannot be used.
        NoRuleBase: the rule base cannot be used.

    >>> from datetime import date
    >>> for file in check_files(["examples/library-move.yaml"], today=date(2026, 11, 25)):
    ...     print(file.file, [finding.code for finding in file.findings if finding.severity == "error"])
    examples/library-move.yaml ['SP341', 'SP301', 'SP302']
    """
    from spectrum_cli.workflows.check import CHECKED, NOT_READ, check_files
    from spectrum_cli.workflows.check_run import Request, prepare_run

    names = [os.fspath(path) for path in paths]
    day = (today or date.today()).isoformat()
    run = prepare_run(Request(names, overrides={"rules": rules}, keep_results=False, today=day))
    results = check_files(run.targets, run.job, processes=processes)
    return (
        CheckedFile(result.name, result.status == CHECKED, result.findings)
        for result in results
        if result.status in (CHECKED, NOT_READ)
    )


def portfolio(
    paths: Iterable[str | os.PathLike[str]],
    *,
    rules: str | None = None,
    today: date | None = None,
    ignore_columns: Iterable[str] = (),
    processes: int = 1,
) -> Iterator[Row]:
    """Read many decisions and yield a row for each and for each of their parts; see :doc:`portfolio`.

    Memory does not grow with their number. What cannot be read is a row too, with the status ``faulty``.

    Args:
        paths: files, folders, patterns, tables (CSV, JSON Lines, Parquet) and URLs.
        rules: as for :func:`check_files`.
        today: as for :func:`check_files`.
        ignore_columns: columns of tables that are to be left alone.
        processes: as for :func:`check_files`.

    Raises:
        BadSettings: the settings that are found cannot be used.
        NoRuleBase: the rule base cannot be used.
        MissingExtra: a package that a path needs is not installed.

    >>> rows = portfolio(["examples/"])
    >>> sorted(row.title for row in rows if row.over_promise)[0]
    'A care pathway, and the leaflet about it'
    """
    from spectrum_cli.workflows.portfolio_run import PortfolioRequest, prepare_portfolio

    request = PortfolioRequest(
        [os.fspath(path) for path in paths],
        (today or date.today()).isoformat(),
        rules=rules or "",
        ignore_columns=tuple(ignore_columns),
        processes=processes,
    )
    return (row for rows in prepare_portfolio(request).rows() for row in rows)


def _prepared(rules: str | RuleBase) -> PreparedRules:
    base = rules if isinstance(rules, RuleBase) else load(rules)
    return _prepare(_Same(base))


class _Same:
    """A rule base by what it holds, for remembering it made ready."""

    __slots__ = ("base",)

    def __init__(self, base: RuleBase) -> None:
        self.base = base

    def __hash__(self) -> int:
        return hash(self.base.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.base == other.base


@lru_cache(maxsize=8)
def _prepare(same: _Same) -> PreparedRules:
    return prepare(same.base)


def _read(decision: DecisionLike) -> Reading:
    if isinstance(decision, Mapping):
        reading = _read_mapping(decision)
        return Reading(reading.decision, reading.diagnostics, None)
    if isinstance(decision, str) and "\n" in decision:
        try:
            return read_decision(decode("<text>", decision.encode("utf-8", "surrogatepass")))
        except Unreadable as error:
            return Reading(None, tuple(error.diagnostics), None)
    return read_decision_file(os.fspath(decision))


def _read_mapping(given: Mapping[str, object]) -> Any:
    return RowReader().read("<mapping>", laid_flat({str(key): value for key, value in given.items()}))


def _changed(changes: Mapping[str, object]) -> Answers:
    """Return answers to try. An answer of None is tried as unknown."""
    if not changes:
        return {}
    stated = {key: "unknown" if value is None else value for key, value in changes.items()}
    reading = _read_mapping({"title": "A question", **stated})
    if reading.decision is None:
        raise UnreadableDecision(reading.diagnostics)
    return {key: answer for key, answer in reading.decision.answers.items() if key in changes or key != "title"}
