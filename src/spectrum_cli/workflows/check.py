"""Checks many files: find, read, assess, check, and keep what was found for the next time.

Each file is the same pure piece of work, so that one process, several, or a kept result give the same findings.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from spectrum_cli import __version__
from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.discovery import Target, matcher
from spectrum_cli.files.git import text_at
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, Unreadable, decode, read_bytes, shown_name
from spectrum_cli.files.results import Kept, ResultStore, encode
from spectrum_cli.files.results import decode as decode_kept
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.document import Source
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.examination import NEVER, assessed_scopes, findings_in
from spectrum_cli.workflows.narrowing import NARROWED, narrowed
from spectrum_cli.workflows.processes import become_worker, in_order, keep_what_is_here
from spectrum_cli.workflows.suppression import suppress

SEVERAL_PROCESSES_FROM = 400
CHUNK = 100
CHECKED, LEFT_OUT, NOT_READ, GONE = "checked", "left out", "not read", "gone"

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?)(?:^(?:---|\.\.\.)[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)
_BEFORE_THE_FIRST_KEY = re.compile(rb"(?:[ \t]*(?:#.*|---.*|%.*)?\r?\n)*([ \t]*)(\{?)")
_OWN_KEY = rb"""["']?(?:spectrum|openness)["']?\s*:"""


class FileResult(NamedTuple):
    """What came of one file."""

    name: str
    status: str
    findings: tuple[Diagnostic, ...] = ()
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that decides what is found in a file, but for the file itself. It can be sent to other processes.

    ``root`` is the folder that patterns of paths are relative to; ``store`` the folder of kept results, or empty.
    ``folder`` is the one that relative names are seen from; empty is the current one.
    """

    settings: Settings
    today: str
    root: str = ""
    since: str = ""
    store: str = ""
    folder: str = ""

    @property
    def identity(self) -> bytes:
        """What a kept result depends on besides the file: program, rules and settings."""
        rules = load_rule_base(self.settings.rules).hash
        told = f"{__version__}|{_code_state()}|{rules}|{self.settings.minimum_weeks}|{self.settings.feedback_weeks}"
        return told.encode()


def _code_state() -> int:
    """Return a number that changes when a module of the program does, for those who work on a checkout."""
    newest = 0
    for where, _, names in os.walk(os.path.dirname(os.path.dirname(__file__))):
        for name in names:
            if name.endswith(".py"):
                newest = max(newest, os.stat(os.path.join(where, name)).st_mtime_ns)
    return newest


class Checker:
    """Checks files one after the other, with the rule base prepared once.

    A rule base that is given is used instead of the one that the settings name, which may lie on another machine.
    """

    def __init__(self, job: Job, rule_base: RuleBase | None = None) -> None:
        self.job = job
        self.rules: PreparedRules = prepare(rule_base or load_rule_base(job.settings.rules))
        self.store = ResultStore(Path(job.store)) if job.store else None
        self.identity = job.identity if self.store is not None else b""
        self.examined = 0
        chosen = job.settings
        self.chooses = bool(chosen.select or chosen.ignore or chosen.severity or chosen.per_file_ignores)
        self.ignores = [
            (matches, codes)
            for pattern, codes in job.settings.per_file_ignores.items()
            if (matches := matcher([pattern])) is not None
        ]

    def check(self, targets: Sequence[Target]) -> list[FileResult]:
        """Check some files; what is kept is looked up for all of them at once."""
        loaded = [(target, *self._load(target)) for target in targets]
        keys = [key for _, _, key, _ in loaded if key]
        known: Mapping[bytes, str] = self.store.get(keys) if self.store is not None and keys else {}
        results: list[FileResult] = []
        fresh: dict[bytes, str] = {}
        for target, data, key, failed in loaded:
            name = shown_name(target.path)
            kept = failed or self._kept(known.get(key), name)
            if kept is None:
                kept = self._examine(target, name, data)
                self.examined += 1
                if key and kept.until != NEVER:
                    fresh[key] = encode(kept)
            results.append(self.finished(target, name, data, kept))
        if self.store is not None and fresh:
            self.store.put(fresh)
        return results

    def _load(self, target: Target) -> tuple[bytes, bytes, Kept | None]:
        """Read a file. Returns its bytes, the key of its result (empty if none is to be kept) and any failure."""
        try:
            data = read_bytes(target.path)
        except Unreadable as error:
            return b"", b"", Kept(GONE) if target.gone else Kept(NOT_READ, tuple(error.diagnostics))
        if self.store is None:
            return data, b"", None
        kind = b"md" if target.path.lower().endswith(MARKDOWN_SUFFIXES) else b"yaml"
        told = blake2b(self.identity, digest_size=16)
        told.update(b"|%s|%d|" % (kind, target.named))
        told.update(data)
        return data, told.digest(), None

    def _kept(self, text: str | None, name: str) -> Kept | None:
        if text is None:
            return None
        try:
            kept = decode_kept(text, name)
        except ValueError:
            return None
        if kept.status not in (CHECKED, LEFT_OUT, NOT_READ) or (kept.until and kept.until < self.job.today):
            return None
        return kept

    def _examine(self, target: Target, name: str, data: bytes) -> Kept:
        markdown = target.path.lower().endswith(MARKDOWN_SUFFIXES)
        if not target.named and not looks_like_a_decision(data, markdown=markdown):
            return Kept(LEFT_OUT)
        try:
            source = decode(name, data, markdown=markdown)
        except Unreadable as error:
            return Kept(NOT_READ, tuple(error.diagnostics))
        reading = read_decision(source)
        if reading.decision is None:
            return Kept(NOT_READ, reading.diagnostics)
        found, until = self._findings(reading.decision, source, target.path)
        findings = sorted((*reading.diagnostics, *found), key=lambda item: item.sort_key)
        return Kept(CHECKED, tuple(findings), until)

    def _findings(self, decision: Decision, source: Source, path: str) -> tuple[list[Diagnostic], str]:
        scopes = assessed_scopes(decision, self.rules)
        return findings_in(decision, scopes, self.rules, self.job.settings, self.job.today, source.line, path)

    def finished(self, target: Target, name: str, data: bytes, kept: Kept, source: Source | None = None) -> FileResult:
        """Return a result after what depends on more than the file: history, suppressions and the team's choices."""
        findings: Sequence[Diagnostic] = kept.findings
        suppressed = 0
        if kept.status == CHECKED:
            if self.job.since:
                source = source or self._source(target, name, data)
                findings = [*findings, *self._narrowed(target, source)]
            if b"spectrum:" in data and b"ignore" in data:
                source = source or self._source(target, name, data)
                findings, suppressed = suppress(source, findings, () if self.job.since else (NARROWED.code,))
        if self.chooses:
            findings = [self._leveled(item) for item in findings if self._reported(item, name)]
        if len(findings) > 1:
            findings = sorted(findings, key=lambda item: item.sort_key)
        return FileResult(name, kept.status, tuple(findings), suppressed)

    def _source(self, target: Target, name: str, data: bytes) -> Source:
        return decode(name, data, markdown=target.path.lower().endswith(MARKDOWN_SUFFIXES))

    def _narrowed(self, target: Target, source: Source) -> list[Diagnostic]:
        earlier = text_at(self.job.since, target.path)
        now = read_decision(source).decision
        if earlier is None or now is None:
            return []
        try:
            before = read_decision(self._source(target, source.name, earlier)).decision
        except Unreadable:
            return []
        return list(narrowed(before, now, source, self.job.today)) if before is not None else []

    def _reported(self, item: Diagnostic, name: str) -> bool:
        if item.code < "SP3":
            return True
        if not self.job.settings.selects(item.code):
            return False
        if not self.ignores:
            return True
        place = os.path.join(self.job.folder, name)
        relative = os.path.relpath(place, self.job.root or ".").replace(os.sep, "/")
        return not any(
            matches(relative) and any(item.code.startswith(code) for code in codes) for matches, codes in self.ignores
        )

    def _leveled(self, item: Diagnostic) -> Diagnostic:
        levels = self.job.settings.severity
        if not levels or item.code < "SP3":
            return item
        level = next((levels[item.code[:size]] for size in (5, 4, 3) if item.code[:size] in levels), item.severity)
        return item if level is item.severity else item._replace(severity=level)


def looks_like_a_decision(data: bytes, *, markdown: bool) -> bool:
    """Whether a file found in a folder has one of the format's own keys, as deep as its first key stands.

    Deeper ones belong to something else, such as a service of that name; so does an example in a Markdown text.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 cannot be read, which must not pass in silence
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if markdown:
        front = _FRONT_MATTER.match(data)
        if front is None:
            return False
        data = front[1]
    first = _BEFORE_THE_FIRST_KEY.match(data)
    indent, brace = first.groups() if first else (b"", b"")
    before = rb"[{,\s]" if brace else rb"^" + indent
    return re.search(before + _OWN_KEY, data, re.MULTILINE) is not None


def check_files(targets: Sequence[Target], job: Job, *, processes: int) -> Iterator[FileResult]:
    """Check files and yield what was found, in the order of the files.

    Several processes take chunks in turn, unless most is kept. If one of them dies, what it had is done again here.

    Raises:
        NoRuleBase: at once, before anything is yielded.
    """
    checker = Checker(job)
    chunks = (targets[start : start + CHUNK] for start in range(0, len(targets), CHUNK))
    if processes < 2 or len(targets) < SEVERAL_PROCESSES_FROM:
        return _checked_here(checker, chunks)
    return _checked_together(checker, chunks, min(processes, -(-len(targets) // CHUNK)))


def _checked_here(checker: Checker, chunks: Iterable[Sequence[Target]]) -> Iterator[FileResult]:
    try:
        for chunk in chunks:
            yield from checker.check(chunk)
    finally:
        if checker.store is not None:
            checker.store.close()


def _checked_together(checker: Checker, ahead: Iterator[Sequence[Target]], processes: int) -> Iterator[FileResult]:
    if checker.store is not None:
        if checker.store.path.exists() and not checker.job.since:
            yield from _mostly_kept(checker, ahead)
        checker.store.make()
    try:
        yield from chain.from_iterable(in_order(ahead, _work, checker.check, processes, _start_worker, (checker.job,)))
    finally:
        if checker.store is not None:
            checker.store.close()


def _mostly_kept(checker: Checker, chunks: Iterator[Sequence[Target]]) -> Iterator[FileResult]:
    """Check here until most of a chunk had to be examined: to hand over what is kept takes longer than to read it."""
    for chunk in chunks:
        before = checker.examined
        yield from checker.check(chunk)
        if (checker.examined - before) * 2 > len(chunk):
            return


_worker: Checker | None = None


def _start_worker(job: Job) -> None:
    global _worker
    become_worker()
    _worker = Checker(job)
    keep_what_is_here()


def _work(chunk: Sequence[Target]) -> list[FileResult]:
    if _worker is None:
        raise RuntimeError("the process was not started as a worker")
    return _worker.check(chunk)
