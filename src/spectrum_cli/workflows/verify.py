"""Proves a rule base, and holds every file that shows something against the reader, the assessment and the checks."""

import inspect
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from spectrum_cli.checks import CHECKS
from spectrum_cli.engine.assess import PreparedRules, assess, prepare
from spectrum_cli.engine.verify import prove
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.writing import CannotWrite, shown, write_whole
from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.checking import CheckContext, CheckModule, Scope
from spectrum_cli.model.decision import AnswerValue, Decision, Fixed
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, TOP_FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.settings import Settings
from spectrum_cli.model.verification import Fault, Place, Proof, Shown, Values, Verification, Witness
from spectrum_cli.workflows.carrying import follow

LATE = "9999-12-31"
"""The day on which checks are tried: a day that is past once is past on it too."""

_ITSELF = "decision.yaml"
_LARGER = "national-plan.yaml"
_LARGER_TEXT = "spectrum: 1\ntitle: A larger decision that another carries out\nplan:\n  type: co-produce\n"


def verify(name_or_folder: str) -> Verification:
    """Prove a rule base and make a decision file for everything that it can say.

    Raises:
        NoRuleBase: it is not there or not valid.
    """
    base = load_rule_base(name_or_folder)
    rules = prepare(base)
    proved = prove(rules)
    faults = list(proved.faults)
    witnesses = [_witness(item, rules) for item in proved.shown]
    unlike = [witness for witness in witnesses if not _shows(witness, rules)]
    faults += [_not_shown(witness) for witness in unlike]
    shown_checks, missing = _checks(rules, proved.shown)
    faults += missing
    proofs = [
        *proved.proofs,
        _checks_proof(shown_checks, missing),
        Proof(
            "witnesses",
            "Every file made to show something was read and assessed, and shows it.",
            len(witnesses) + len(shown_checks),
            "decision files",
            not unlike,
        ),
    ]
    return Verification(
        rule_base=base,
        proofs=tuple(proofs),
        witnesses=(*witnesses, *shown_checks),
        diagnostics=_located(faults, name_or_folder),
    )


def _located(faults: Iterable[Fault], name_or_folder: str) -> tuple[Diagnostic, ...]:
    """Return the faults with their lines. The files are parsed again for that, and only if there is a fault."""
    found = list(faults)
    if not found:
        return ()
    from spectrum_cli.files.rulebase_places import Places

    places = Places(name_or_folder)
    return tuple(sorted(map(places.diagnostic, found), key=lambda item: (item.file, item.sort_key)))


# Witnesses


def _witness(item: Shown, rules: PreparedRules) -> Witness:
    base = rules.rule_base
    comment = f"Shows, with the rule base {base.id} {base.version}: {item.kind} {item.id}. {item.shows}"
    text = decision_text(f"A file that shows the {item.kind} {item.id}", item.values, comment)
    return Witness(item.kind, item.id, item.shows, f"{item.kind}-{item.id}.yaml", text)


def _shows(witness: Witness, rules: PreparedRules) -> bool:
    """Whether a file, read and assessed like any other, shows what it was made for."""
    decision = read_decision(Source(witness.file, witness.text)).decision
    if decision is None:
        return False
    found = assess(decision.answers, rules)
    name = witness.id
    if witness.kind == "type":
        return found.certain and found.type is not None and found.type.id == name
    if witness.kind == "gate":
        return name in _deciding(found)
    if witness.kind == "estimate":
        unanswered = {item.criterion.key for item in found.contributions if item.points is None}
        return any(item.rule.id == name and item.rule.effect["counts"] in unanswered for item in found.estimates)
    held = {item.rule.id for item in (*found.need.floors, *found.notes) if item.holds}
    return witness.kind == "counter-example" or name in held


def _deciding(found: Assessment) -> set[str]:
    """Return the gates that hold the openness lowest."""
    lowest = min((TYPE_IDS.index(gate.rule.effect["holds_to"]) for gate in found.gates), default=-1)
    return {gate.rule.id for gate in found.gates if TYPE_IDS.index(gate.rule.effect["holds_to"]) == lowest}


def _not_shown(witness: Witness) -> Fault:
    folder = {"type": "types"}.get(witness.kind, f"{witness.kind}s")
    message = f"the file made to show the {witness.kind} {witness.id} does not show it"
    hint = "The proof and the assessment disagree. Please report this: it is a fault of the program."
    return Fault("SP911", message, Place(folder, witness.id, ("id",)), hint)


# Checks


def _checks(rules: PreparedRules, shown: Sequence[Shown]) -> tuple[list[Witness], list[Fault]]:
    """Find a file for the finding of each check.

    A check is a program, so that one is found proves that it can be reached, and that none is found proves nothing.
    """
    witnesses: list[Witness] = []
    missing: list[Fault] = []
    known = {rule.id for rule in rules.rule_base.rules}
    with TemporaryDirectory() as folder:
        trial = _Trial(rules, Path(folder))
        for module in CHECKS:
            rests_on = getattr(module, "RULE", None)
            if rests_on is not None and rests_on not in known:
                continue
            code, name = module.INFO.code, f"check-{module.INFO.code}-{module.INFO.slug}.yaml"
            text = next((text for text in _attempts(module, shown) if trial.finds(module, text)), None)
            if text is None:
                message = f"no file was found that gives {code} ({module.INFO.slug}) with these rules"
                hint = "Some were tried, so this is no proof. Look for what would lead to this finding."
                missing.append(Fault("SP911", message, Place("", "", ("id",)), hint, severity=Severity.WARNING))
                continue
            others = ((_LARGER, _LARGER_TEXT),) if _LARGER in text else ()
            witnesses.append(Witness("check", code, module.INFO.title, name, text.replace(_ITSELF, name), others))
    return witnesses, missing


def _checks_proof(shown_checks: list[Witness], missing: list[Fault]) -> Proof:
    others = len(CHECKS) - len(shown_checks) - len(missing)
    return Proof(
        "reach-checks",
        "Every finding of a check that looks at anything with these rules can be reached.",
        len(shown_checks) + len(missing),
        "checks",
        not missing,
        f"{len(shown_checks)} of {len(shown_checks) + len(missing)} shown"
        + (f"; {others} rest on rules that are not here" if others else ""),
    )


def _attempts(module: CheckModule, shown: Sequence[Shown]) -> Iterator[str]:
    """Yield the example in a check's docstring, then the same with the answers of other types, plans and floors."""
    title = f"A file that shows {module.INFO.code}"
    comment = f"Shows the finding {module.INFO.code}: {module.INFO.title}."
    example = f"# {comment}\nspectrum: 1\ntitle: {title}\n{_example(module)}"
    yield example
    decision = read_decision(Source(_ITSELF, example)).decision
    values = {key: answer.value for key, answer in decision.answers.items() if key != "title"} if decision else {}
    other = {key: value for key, value in values.items() if not key.startswith("openness.")}
    more: list[Values] = [{}, *({"plan.type": name} for name in TYPE_IDS)]
    more += [item.values for item in shown if item.kind == "floor"]
    for kind in (item.values for item in shown if item.kind == "type"):
        for extra in more:
            yield decision_text(title, {**other, **kind, **extra}, comment)


def _example(module: CheckModule) -> str:
    """Return the YAML in the example of a check's docstring: what is set in deepest."""
    body = inspect.cleandoc(module.__doc__ or "").partition("\nExample:\n")[2].partition("\nInstead:\n")[0]
    lines = [line.removeprefix(" " * 8) for line in body.splitlines() if line.startswith(" " * 8)]
    return "".join(f"{line}\n" for line in lines)


class _Trial:
    """Looks at files with the checks, in a folder that is lent for the moment."""

    def __init__(self, rules: PreparedRules, folder: Path) -> None:
        self.rules = rules
        self.path = folder / _ITSELF
        (folder / _LARGER).write_text(_LARGER_TEXT, encoding="utf-8")

    def finds(self, module: CheckModule, text: str) -> bool:
        """Whether a check has a finding in a text."""
        source = Source(str(self.path), text)
        decision = read_decision(source).decision
        if decision is None:
            return False
        self.path.write_text(text, encoding="utf-8")
        return any(item.code == module.INFO.code for item in module.check(self._context(decision, source)))

    def _context(self, decision: Decision, source: Source) -> CheckContext:
        found = assess(decision.answers, self.rules)
        return CheckContext(
            decision=decision,
            scopes=[Scope("", decision.answers, decision.answers, found)],
            types=self.rules.rule_base.types,
            support=self.rules.rule_base.support,
            settings=Settings(),
            today=LATE,
            line=source.line,
            carries_out=follow(decision, str(self.path), self.rules),
        )


# Writing


def decision_text(title: str, values: Values, comment: str) -> str:
    """Return a decision file that states these answers and nothing else."""
    out = [f"# {comment}", "spectrum: 1", f"title: {_quoted(title)}"]
    out += [
        f"{field.name}: {_written(field.key, values[field.key])}"
        for field in TOP_FIELDS[1:]
        if values.get(field.key) is not None
    ]
    both_days = {"dates.opens", "dates.closes"} <= {key for key, value in values.items() if value is not None}
    for section in SECTIONS:
        stated = [field for field in section.fields if values.get(field.key) is not None]
        lines = [f"  {field.name}: {_written(field.key, values[field.key])}" for field in stated]
        if section.name == "time" and both_days and "time.weeks" in values and values["time.weeks"] is None:
            lines.append("  weeks: unknown")  # else they would follow from the days
        if lines:
            out += [f"{section.name}:", *lines]
    return "\n".join(out) + "\n"


def _written(key: str, value: AnswerValue) -> str:
    free = FIELDS[key].kind in (Kind.TEXT, Kind.TEXTS)
    if isinstance(value, tuple):
        return f"[{', '.join(_item(item, free=free) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if free and isinstance(value, str) else str(value)


def _item(item: str | Fixed, *, free: bool) -> str:
    if isinstance(item, Fixed):
        return f"{{what: {_quoted(item.what)}{f', why: {_quoted(item.why)}' if item.why else ''}}}"
    return _quoted(item) if free else item


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write_witnesses(found: Verification, folder: str, *, force: bool) -> int:
    """Write every witness to a folder and return how many files that makes.

    Raises:
        CannotWrite: the folder cannot be made, a file is there already and ``force`` is false, or the system refused.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot make the folder {shown(place)}: {(error.strerror or str(error)).lower()}") from None
    files: Mapping[str, str] = {
        name: text for witness in found.witnesses for name, text in ((witness.file, witness.text), *witness.others)
    }
    for name, text in files.items():
        write_whole(place / name, text, replace=force)
    return len(files)
