"""One run of ``spectrum check``: what is asked for, what is to be checked, and the sum at its end."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spectrum_cli.files.baseline import read_baseline, write_baseline
from spectrum_cli.files.discovery import CACHE_FOLDER, Target, discover, named_in
from spectrum_cli.files.git import changed_since
from spectrum_cli.files.reading import STDIN
from spectrum_cli.files.settings import find_settings, read_settings
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportFormat, Summary, fingerprinted
from spectrum_cli.model.settings import FAIL_ON, Settings
from spectrum_cli.workflows.check import CHECKED, LEFT_OUT, NOT_READ, Job, check_files, usable_processes

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
    start = Path(paths[0]) if paths and paths[0] != STDIN else Path()
    found = Path(request.config) if request.config else find_settings(Path(os.path.abspath(start)))
    settings = read_settings(found) if found is not None else Settings()
    settings = replace(settings, **{key: value for key, value in request.overrides.items() if value is not None})  # type: ignore[arg-type]
    root = found.parent if found is not None else Path.cwd()
    if found is not None and os.sep in settings.rules and not os.path.isabs(settings.rules):
        settings = replace(settings, rules=os.path.join(root, settings.rules))
    targets = discover(paths, settings, root, as_found=request.as_found)
    if request.since:
        changed = changed_since(request.since)
        targets = [target for target in targets if os.path.realpath(target.path) in changed]
    store = str(root / CACHE_FOLDER) if request.keep_results else ""
    job = Job(settings, request.today, root=str(root), since=request.since, store=store)
    known = read_baseline(Path(request.baseline)) if request.baseline else frozenset()
    return Run(request, settings, job, targets, known)


def carry_out(
    run: Run, reports: Sequence[tuple[ReportFormat, Callable[[str], object]]], on_file: Callable[[], object]
) -> Summary:
    """Check all files, write every report as the results come, and return the sum.

    ``on_file`` is called after each file, for a progress bar.
    """
    processes = run.request.processes or usable_processes()
    counts: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    codes: Counter[str] = Counter()
    suppressed = known = 0
    marks: list[tuple[str, str, str]] = []
    for report, write in reports:
        _pass_on(report.begin(), write)
    for result in check_files(run.targets, run.job, processes=processes):
        counts[result.status] += 1
        suppressed += result.suppressed
        findings: Sequence[Diagnostic] = result.findings
        if findings and run.request.write_baseline:
            marks.extend((mark, item.file, item.code) for item, mark in fingerprinted(findings))
        if findings and run.known:
            new = [item for item, mark in fingerprinted(findings) if mark not in run.known or item.code < "SP3"]
            known += len(findings) - len(new)
            findings = new
        for item in findings:
            severities[item.severity] += 1
            codes[item.code] += 1
        if result.status != LEFT_OUT:
            for report, write in reports:
                _pass_on(report.file(result.name, findings), write)
        on_file()
    if run.request.write_baseline:
        write_baseline(Path(run.request.write_baseline), marks)
    summary = _summary(run, counts, severities, codes, suppressed, known)
    for report, write in reports:
        _pass_on(report.end(summary), write)
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
