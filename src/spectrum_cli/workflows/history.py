"""From the past of a repository to what became of each decision, one decision after the other."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from glob import has_magic

from spectrum_cli import __version__
from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.engine.compare import OPEN, PLANNED, difference
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.discovery import SUFFIXES, Chooser, matcher
from spectrum_cli.files.git import NoHistory
from spectrum_cli.files.git_history import (
    Commit,
    FilePast,
    Repository,
    Texts,
    Version,
    beginning_of,
    commits_after,
    read_past,
    repository_of,
    texts_of,
)
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, Unreadable, decode, shown_name
from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.comparison import Direction, OfferChange, ScopeDifference
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.history import Beginning, Change, ChangeKind, Dated, DecisionPast, HistoryTotals, Standing
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.portfolio import OVER_PROMISE
from spectrum_cli.model.rulebase import RulesUsed
from spectrum_cli.workflows.check import looks_like_a_decision
from spectrum_cli.workflows.check_run import settled
from spectrum_cli.workflows.examination import assessed_scopes

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_KEPT = "git does not have this text any more"
_NO_DECISION = "it is no decision file any more"


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """What is asked for. ``paths`` are files, folders and patterns, there or not; none means this folder.

    ``since`` is an ISO day or a revision: only what was committed from that day on, or after it, is told.
    """

    paths: Sequence[str]
    today: str
    since: str = ""
    rules: str = ""
    config: str = ""


@dataclass(frozen=True, slots=True)
class RepositoryPast:
    """One repository: its commits, the files whose past is wanted, and the commits that are told, by their place.

    ``beginning`` is there where a part of the history was left behind when the repository was cloned.
    """

    repository: Repository
    commits: Sequence[Commit]
    files: Sequence[tuple[FilePast, bool]]
    told: Sequence[bool]
    beginning: Beginning | None


@dataclass(frozen=True, slots=True)
class HistoryRun:
    """A run that is ready to begin. ``since`` is the ISO day with which what is told begins, or empty."""

    prepared: PreparedRules
    info: RunInfo
    today: str
    since: str
    repositories: Sequence[RepositoryPast]

    @property
    def rules(self) -> RulesUsed:
        """The rules that every version is advised by."""
        return self.prepared.rule_base.used

    @property
    def acknowledgement(self) -> str:
        """Whom the rules are owed to."""
        return self.prepared.rule_base.acknowledgement

    @property
    def versions(self) -> int:
        """How many texts there are to look at."""
        return sum(len(file.versions) for past in self.repositories for file, _ in past.files)

    @property
    def beginnings(self) -> list[Beginning]:
        """Where shallow clones begin."""
        return [past.beginning for past in self.repositories if past.beginning is not None]


def prepare_history(request: HistoryRequest) -> HistoryRun:
    """List the past of all files that may be decisions. No text is read yet.

    Raises:
        BadSettings: the settings cannot be used.
        NoRuleBase: the rule base cannot be used.
        NoHistory: a path is in no repository, or git does not know what is asked for.
    """
    paths = [*request.paths] or ["."]
    settings, root = settled(paths, request.config, {"rules": request.rules or None})
    base = load_rule_base(settings.rules)
    chooser = Chooser(settings, root)
    repositories = [
        _repository_past(repository, wanted, chooser, request.since)
        for repository, wanted in _by_repository(paths).items()
    ]
    days = [
        commit.day
        for past in repositories
        for commit, told in zip(past.commits, past.told, strict=True)
        if told and request.since
    ]
    since = request.since if _is_day(request.since) else min(days, default=request.today if request.since else "")
    info = RunInfo(__version__, base.id, base.version, base.hash, request.today)
    return HistoryRun(prepare(base), info, request.today, since, repositories)


def carry_out_history(
    run: HistoryRun, takers: Sequence[Callable[[Sequence[Change]], object]], step: Callable[[int], object]
) -> HistoryTotals:
    """Tell the past of each decision, hand its changes to each taker as they come, and return the sum.

    ``step`` is called after each file with the number of its texts.
    """
    totals = HistoryTotals(run.today)
    for repository in run.repositories:
        for past in _pasts(repository, run.prepared, step):
            totals.add((past,))
            for take in takers:
                take(past.changes)
    return totals


# Which files


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One argument: as it was given, its path from the top of its repository, and which names it fits."""

    argument: str
    path: str
    is_folder: bool
    fits: Callable[[str], bool]


def _by_repository(paths: Iterable[str]) -> dict[Repository, list[_Wanted]]:
    """Return what is wanted from each repository, with one question to git for each."""
    known: dict[str, Repository] = {}
    found: dict[Repository, list[_Wanted]] = {}
    for path in paths:
        folder, rest = _nearest_folder(path)
        edge = _edge(folder)
        if edge not in known:
            known[edge] = repository_of(folder)
        repository = known[edge]
        found.setdefault(repository, []).append(_wanted(path, os.path.join(folder, rest), repository.top))
    return found


def _nearest_folder(path: str) -> tuple[str, str]:
    """Return the real place of the last folder on a path that is there, and the rest of the path."""
    folder, rest = os.path.abspath(path), ""
    while not os.path.isdir(folder):
        folder, name = os.path.split(folder)
        rest = os.path.join(name, rest) if rest else name
    return os.path.realpath(folder), rest


def _edge(folder: str) -> str:
    """Return the first folder upwards that a repository begins in, or the folder itself."""
    place = folder
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return folder
        place = above
    return place


def _wanted(path: str, place: str, top: str) -> _Wanted:
    relative = os.path.relpath(place, os.path.realpath(top))
    if relative == ".":
        return _Wanted(path, "", is_folder=True, fits=lambda _name: True)
    is_folder = os.path.isdir(place)
    matches = matcher([f"/{relative}"]) if has_magic(path) and not os.path.lexists(place) else None
    if matches is not None:
        return _Wanted(path, relative, is_folder=True, fits=lambda name: name == relative or matches(name))
    return _Wanted(path, relative, is_folder, lambda name: name == relative or name.startswith(f"{relative}/"))


def _repository_past(repository: Repository, wanted: Sequence[_Wanted], chooser: Chooser, since: str) -> RepositoryPast:
    """List a repository. A file counts if one of its names is wanted, and the settings leave in its last one."""
    after = commits_after(since, repository.top) if since and not _is_day(since) else None
    commits, pasts = read_past(repository.top, [item.path for item in wanted if not item.is_folder])
    files = []
    missed = {item.argument for item in wanted if not item.is_folder}
    for past in pasts:
        names = past.names
        fitting = [item for item in wanted if any(map(item.fits, names))]
        if not fitting:
            continue
        missed.difference_update(item.argument for item in fitting)
        named = any(item.path in names for item in fitting if not item.is_folder)
        place = _from_here(repository.top, past.name)
        if named or (past.name.lower().endswith(SUFFIXES) and chooser(place)):
            files.append((past, named or chooser.includes(place)))
    if missed:
        raise NoHistory(f"git knows nothing of {one_line(shown_name(min(missed)))}")
    files.sort(key=lambda item: (os.fsencode(item[0].name), item[0].versions[0].commit))
    told = [commit.name in after if after is not None else commit.day >= since for commit in commits]
    beginning = beginning_of(repository.top) if repository.shallow else None
    return RepositoryPast(repository, commits, files, told, beginning)


def _from_here(top: str, path: str) -> str:
    """Return a path of a repository as seen from here where it lies below, else in full."""
    place = os.path.join(top, path)
    relative = os.path.relpath(place, os.path.realpath("."))
    return place if relative == ".." or relative.startswith(f"..{os.sep}") else relative


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        raise NoHistory(f"there is no day {text}") from None
    return True


# What became of one


def _pasts(past: RepositoryPast, rules: PreparedRules, step: Callable[[int], object]) -> Iterator[DecisionPast]:
    with texts_of(past.repository.top) as texts:
        for file, named in past.files:
            found = _Teller(past, file, rules, texts, named=named).tell()
            if found is not None:
                yield found
            step(len(file.versions))


class _Teller:
    """Tells the past of one decision, version by version."""

    def __init__(self, past: RepositoryPast, file: FilePast, rules: PreparedRules, texts: Texts, *, named: bool):
        self._past, self._file, self._rules, self._texts, self._named = past, file, rules, texts, named
        self._name = self._shown(file.name)
        self._last: Decision | None = None  # that could be read
        self._types: tuple[str | None, str | None] = (None, None)
        self._state: ChangeKind | None = None  # UNREADABLE or DELETED, or None where it stands
        self._begun = False
        self._changes: list[Change] = []
        self._standings: list[Dated] = []

    def tell(self) -> DecisionPast | None:
        """Return what became of it, or None if it never was a decision."""
        versions = self._file.versions
        before, read = ("", False), 0
        for version in versions[self._start() :]:
            text = (version.blob, _is_markdown(version.path) and bool(version.blob))
            if text == before:
                continue
            before = text
            self._take(version)
            read += bool(version.blob) and self._begun
        gone_before = self._state is ChangeKind.DELETED and not self._changes
        if not self._begun or gone_before:
            return None
        return DecisionPast(self._name, read, tuple(self._changes), tuple(self._standings))

    def _start(self) -> int:
        """Return the place of the last version before those that are told that can be read, to compare them with."""
        told = self._past.told
        versions = self._file.versions
        first = next((place for place, item in enumerate(versions) if told[item.commit]), len(versions))
        for place in range(first - 1, -1, -1):
            if versions[place].blob and isinstance(self._read(versions[place]), Decision):
                return place
        return 0

    def _take(self, version: Version) -> None:
        if not version.blob:
            if self._begun and self._state is not ChangeKind.DELETED:
                self._state = ChangeKind.DELETED
                self._stand(version, None)
                self._say(version, (ChangeKind.DELETED,), after=(None, None))
                self._types = (None, None)
            return
        found = self._read(version)
        if isinstance(found, Decision):
            self._take_decision(version, found)
        elif found is not None or self._begun:
            self._begun = True
            self._stand(version, Standing(None, over_promise=False, readable=False))
            if self._state is not ChangeKind.UNREADABLE:
                self._state = ChangeKind.UNREADABLE
                self._say(version, (ChangeKind.UNREADABLE,), after=(None, None), details=(found or _NO_DECISION,))

    def _take_decision(self, version: Version, now: Decision) -> None:
        again = self._again()
        self._begun = True
        if self._last is None:
            scopes = [(item.part, item.assessment) for item in assessed_scopes(now, self._rules)]
            self._stand(version, _standing([found for _, found in scopes]))
            for part, found in scopes:
                kinds = [again or ChangeKind.ADDED] if not part else []
                kinds += [ChangeKind.OVER_PROMISE] if _over(found) else []
                if kinds:
                    self._say(version, kinds, part, before=(None, None), after=_types(found))
            self._types = _types(scopes[0][1])
        else:
            differences = difference(self._last, now, self._rules, self._past.commits[version.commit].day)
            self._stand(version, _standing([item.after for item in differences if item.after is not None]))
            for item in differences:
                self._compare(version, item, again if not item.id else None)
            self._types = _types(differences[0].after)
        self._last, self._state = now, None

    def _again(self) -> ChangeKind | None:
        """Return in which way a decision is there that was not there before."""
        if not self._begun:
            return ChangeKind.ADDED
        if self._state is ChangeKind.DELETED:
            return ChangeKind.RETURNED
        return ChangeKind.READABLE if self._state is ChangeKind.UNREADABLE else None

    def _compare(self, version: Version, scope: ScopeDifference, again: ChangeKind | None) -> None:
        kinds = [again] if again is not None else []
        kinds += _kinds(scope)
        if not kinds:
            return
        late = ChangeKind.NARROWED_AFTER_OPENING in kinds
        self._say(
            version,
            kinds,
            scope.id,
            before=_types(scope.before),
            after=_types(scope.after),
            opened=scope.timing.opened if late else None,
            details=_details(scope.offer),
        )

    def _read(self, version: Version) -> Decision | str | None:
        """Return a version as a decision, or why it cannot be read, or None if it does not look like one."""
        markdown = _is_markdown(version.path)
        data = self._texts[version.blob]
        if data is None:
            return _NOT_KEPT
        if not self._named and not looks_like_a_decision(data, markdown=markdown):
            return None
        try:
            reading = read_decision(decode(self._shown(version.path), data, markdown=markdown))
        except Unreadable as error:
            return _fault(error.diagnostics)
        return reading.decision if reading.decision is not None else _fault(reading.diagnostics)

    def _shown(self, path: str) -> str:
        return shown_name(_from_here(self._past.repository.top, path)).replace(os.sep, "/")

    def _stand(self, version: Version, standing: Standing | None) -> None:
        self._standings.append(Dated(self._past.commits[version.commit].day, standing))

    def _say(
        self,
        version: Version,
        kinds: Sequence[ChangeKind],
        part: str = "",
        *,
        before: tuple[str | None, str | None] | None = None,
        after: tuple[str | None, str | None],
        opened: str | None = None,
        details: tuple[str, ...] = (),
    ) -> None:
        """Add a change, unless it came before those that are told or stands where a shallow clone begins."""
        commit = self._past.commits[version.commit]
        if not self._past.told[version.commit] or (commit.first and self._past.repository.shallow):
            return
        was = before if before is not None else self._types
        self._changes.append(
            Change(
                file=self._name,
                file_then=self._shown(version.path),
                part=part or None,
                day=commit.day,
                commit=commit.name,
                subject=one_line(commit.subject),
                kinds=tuple(kinds),
                opened=opened or None,
                advised_before=was[0],
                advised_after=after[0],
                planned_before=was[1],
                planned_after=after[1],
                details=details,
            )
        )


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(MARKDOWN_SUFFIXES)


def _fault(diagnostics: Sequence[Diagnostic]) -> str:
    first = diagnostics[0]
    where = f", line {first.span.line}" if first.span is not None else ""
    return one_line(f"{first.code}{where}: {first.message}")


def _types(found: Assessment | None) -> tuple[str | None, str | None]:
    """Return the type that fits and the planned one."""
    if found is None:
        return None, None
    return found.type.id if found.type else None, found.plan.type.id if found.plan.type else None


def _over(found: Assessment | None) -> bool:
    return found is not None and found.plan.verdict == OVER_PROMISE


def _standing(scopes: Sequence[Assessment]) -> Standing:
    return Standing(_types(scopes[0])[0], any(map(_over, scopes)))


def _kinds(scope: ScopeDifference) -> list[ChangeKind]:
    """Return what changed in a scope, by what the comparison of both texts says."""
    kinds = []
    if scope.before is None:
        kinds.append(ChangeKind.ADDED)
    elif scope.after is None:
        kinds.append(ChangeKind.DELETED)
    if scope.direction in (Direction.WIDENED, Direction.MIXED):
        kinds.append(ChangeKind.WIDENED)
    if scope.direction.narrows:
        kinds.append(ChangeKind.NARROWED)
        if narrowed_after_opening(scope):
            kinds.append(ChangeKind.NARROWED_AFTER_OPENING)
    if scope.before is None or scope.after is None:
        return [*kinds, ChangeKind.OVER_PROMISE] if _over(scope.after) else kinds
    if any(item.key == PLANNED and item.own and item.direction is not Direction.SAME for item in scope.offer):
        kinds.append(ChangeKind.PLANNED)
    if scope.before.type is not scope.after.type:
        kinds.append(ChangeKind.ADVISED)
    if _over(scope.before) != _over(scope.after):
        kinds.append(ChangeKind.OVER_PROMISE if _over(scope.after) else ChangeKind.MENDED)
    return kinds


def narrowed_after_opening(scope: ScopeDifference) -> bool:
    """Whether people are offered less than they were, once participation had opened.

    The same that :func:`~spectrum_cli.workflows.narrowing.narrowed` finds. A part that is new or gone is no finding.
    """
    both = scope.before is not None and scope.after is not None
    return both and scope.direction.narrows and bool(scope.timing.opened)


def _details(offer: Iterable[OfferChange]) -> tuple[str, ...]:
    """Say what is offered or not any more. The planned type has columns of its own."""
    told = []
    for item in offer:
        if not item.own or item.direction in (Direction.SAME, Direction.UNCLEAR) or item.key == PLANNED:
            continue
        if item.key == OPEN:
            told += [f"not open to change any more: {', '.join(item.lost)}"] if item.lost else []
            told += [f"newly open to change: {', '.join(item.gained)}"] if item.gained else []
        elif item.before is not None and item.after is not None:
            told.append(f"the stage went from {item.before.value} to {item.after.value}")
    return tuple(told)
