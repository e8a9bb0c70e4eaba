"""One run of ``spectrum check``: what is asked for, what is to be checked, and the sum at its end."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spectrum_cli.files.baseline import read_baseline, write_baseline
from spectrum_cli.files.discovery import CACHE_FOLDER, Target, discover, named_in
from spectrum_cli.files.git import changed_since
from spectrum_cli.files.reading import STDIN
from spectrum_cli.files.rulebase import RULE_BASE_FILE, load_rule_base, shipped_layers
from spectrum_cli.files.settings import find_settings, read_settings
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportFormat, Summary, fingerprinted
from spectrum_cli.model.settings import FAIL_ON, Settings
from spectrum_cli.workflows.catalogue import catalogue
from spectrum_cli.workflows.check import CHECKED, LEFT_OUT, NOT_READ, Job, check_files
from spectrum_cli.workflows.processes import usable_processes

CLEAN, FOUND, COULD_NOT_RUN = 0, 1, 2
_RANK = {level: place for place, level in enumerate(FAIL_ON)}


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for. ``overrides`` replace single settings; None in it means: as settled."""

    paths: Sequence[str]
    files_from: str = ""
    as_found: bool = False
    config: str = ""
    overrides: dict[str, object] = field(default_factory=dict)
    since: str = ""
    baseline: str = ""
    write_baseline: str = ""
    allow_empty: bool = False
    keep_results: bool = True
    processes: int = 0
    today: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is ready to begin."""

    request: Request
    settings: Settings
    job: Job
    targets: Sequence[Target]
    known: frozenset[str]

    def reads(self, file: str) -> bool:
        """Whether a file is one of those that are checked, under any name."""
        name, place = os.path.basename(file), os.path.realpath(file)
        paths = (target.path for target in self.targets if os.path.basename(target.path) == name)
        return any(os.path.realpath(path) == place for path in paths)


def prepare_run(request: Request) -> Run:
    """Find the settings and the files of a run.

    Raises:
        BadSettings: the settings or the baseline cannot be used.
        NoHistory: git cannot say what changed.
        OSError: the list of files cannot be read.
    """
    paths = [*request.paths, *(named_in(request.files_from) if request.files_from else ())]
    if not paths and not request.files_from:
        paths = ["."]
    settings, root = settled(paths, request.config, request.overrides)
    targets = discover(paths, settings, root, as_found=request.as_found)
    if request.since:
        targets = _changed(targets, request.since, paths)
    store = str(root / CACHE_FOLDER) if request.keep_results else ""
    job = Job(settings, request.today, root=str(root), since=request.since, store=store)
    known = read_baseline(Path(request.baseline)) if request.baseline else frozenset()
    return Run(request, settings, job, targets, known)


def settled(paths: Sequence[str], config: str, overrides: Mapping[str, object]) -> tuple[Settings, Path]:
    """Return the settings that hold for some paths, and the folder that their patterns are relative to.

    Raises:
        BadSettings: the settings cannot be used.
    """
    start = Path(paths[0]) if paths and paths[0] != STDIN else Path()
    found = Path(config) if config else find_settings(Path(os.path.abspath(start)))
    settings, root = Settings(), Path.cwd()
    if found is not None:
        settings, root = read_settings(found, [rule.code for rule in catalogue()]), found.parent
        settings = replace(settings, rules=_rules_beside(root, settings.rules))
    settings = replace(settings, **{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    return settings, root


def _rules_beside(root: Path, rules: str) -> str:
    """Return the rule base that settings name: one that is shipped, or a folder seen from the settings file."""
    beside = os.path.join(root, rules)
    is_folder = os.sep in rules or (rules not in shipped_layers() and os.path.isfile(f"{beside}/{RULE_BASE_FILE}"))
    return beside if is_folder else rules


def _changed(targets: Sequence[Target], revision: str, paths: Iterable[str]) -> list[Target]:
    """Return the targets that differ from a revision, and those that are named and not there at all."""
    changed = changed_since(revision, {_folder_of(path) for path in paths} or {"."})
    return [
        target
        for target in targets
        if os.path.realpath(target.path) in changed or (target.named and not os.path.lexists(target.path))
    ]


def _folder_of(path: str) -> str:
    while path and not os.path.isdir(path):
        path = os.path.dirname(path)
    return path or "."


def carry_out(
    run: Run, reports: Sequence[tuple[ReportFormat, Callable[[str], object]]], on_file: Callable[[], object]
) -> Summary:
    """Check all files, write every report as the results come, and return the sum.

    ``on_file`` is called after each file, for a progress bar.
    """
    processes = run.request.processes or usable_processes()
    used = load_rule_base(run.settings.rules).used
    counts: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    codes: Counter[str] = Counter()
    suppressed = known = 0
    marks: list[tuple[str, str, str]] = []
    results = check_files(run.targets, run.job, processes=processes)
    for report, write in reports:
        _pass_on(report.begin(), write)
    for result in results:
        counts[result.status] += 1
        suppressed += result.suppressed
        findings: Sequence[Diagnostic] = result.findings
        if findings and run.request.write_baseline:
            marks.extend((mark, item.file, item.code) for item, mark in fingerprinted(findings) if item.code >= "SP3")
        if findings and run.known:
            new = [item for item, mark in fingerprinted(findings) if mark not in run.known or item.code < "SP3"]
            known += len(findings) - len(new)
            findings = new
        for item in findings:
            severities[item.severity] += 1
            codes[item.code] += 1
        if result.status in (CHECKED, NOT_READ):
            for report, write in reports:
                _pass_on(report.file(result.name, findings), write)
        on_file()
    summary = replace(_summary(run, counts, severities, codes, suppressed, known), rules=used)
    for report, write in reports:
        _pass_on(report.end(summary), write)
    if run.request.write_baseline:
        write_baseline(Path(run.request.write_baseline), marks)
    return summary


def _pass_on(text: str, write: Callable[[str], object]) -> None:
    if text:
        write(text)


def _summary(
    run: Run, counts: Counter[str], severities: Counter[Severity], codes: Counter[str], suppressed: int, known: int
) -> Summary:
    status, reason = CLEAN, ""
    if counts[NOT_READ]:
        status, reason = COULD_NOT_RUN, "not every file could be read"
    elif not counts[CHECKED] and not run.request.allow_empty and not run.request.since:
        status, reason = COULD_NOT_RUN, "there is no decision file here (--allow-empty if that is right)"
    elif not run.request.write_baseline:
        level = run.settings.fail_on
        counted = sum(count for severity, count in severities.items() if _RANK[severity] <= _RANK[level])
        if level != "never" and counted:
            status, reason = FOUND, f"findings of severity {level}" + (" or worse" if level != "error" else "")
    return Summary(
        checked=counts[CHECKED],
        left_out=counts[LEFT_OUT],
        not_read=counts[NOT_READ],
        by_severity=dict(severities),
        by_code=dict(sorted(codes.items())),
        suppressed=suppressed,
        baseline=known,
        exit_status=status,
        reason=reason,
    )
