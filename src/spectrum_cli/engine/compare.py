"""Compares answers: two texts of one decision, or several people's answers to it. Pure, like all of the engine."""

from collections.abc import Iterable, Mapping, Sequence

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.model.comparison import (
    AnswerChange,
    DayChange,
    Direction,
    Disagreement,
    OfferChange,
    ScopeComparison,
    ScopeDifference,
    Swap,
    Timing,
    View,
)
from spectrum_cli.model.decision import Answer, Answers, AnswerValue, Decision, Part, text_of, texts_of
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.rulebase import ParticipationType

STAGE, OPEN, PLANNED, PROMISE = "openness.stage", "openness.open_to_change", "plan.type", "plan.promise"
DAYS = ("dates.opens", "dates.closes", "dates.decision", "dates.feedback")
_ORDERS: Mapping[str, Sequence[str]] = {STAGE: FIELDS[STAGE].answers, PLANNED: TYPE_IDS}
_IN_WORDS = (Kind.TEXT, Kind.TEXTS, Kind.FIXED)
_NOT_COMPARED = ("notes",)


# Two texts of one decision


def difference(old: Decision, new: Decision, rules: PreparedRules, today: str) -> tuple[ScopeDifference, ...]:
    """Return how a decision differs from an earlier text of it: the whole first, then each part.

    Parts come in the order of the new text, then those that are gone. ``today`` is an ISO day.
    """
    whole = ScopeDifference(
        "",
        new.title,
        assess(old.answers, rules, title=old.title),
        assess(new.answers, rules, title=new.title),
        changed_answers(old.answers, new.answers),
        offer_changes(old.answers, new.answers),
        timing(old.answers, new.answers, today),
    )
    earlier = {part.id: part for part in old.parts}
    later = {part.id: part for part in new.parts}
    idents = [*later, *(ident for ident in earlier if ident not in later)]
    parts = [_part(old, earlier.get(ident), new, later.get(ident), rules, today) for ident in idents]
    return (whole, *parts)


def _part(
    old: Decision, earlier: Part | None, new: Decision, later: Part | None, rules: PreparedRules, today: str
) -> ScopeDifference:
    own = _own_keys(earlier, later)
    before = old.part_answers(earlier) if earlier is not None else old.answers
    after = new.part_answers(later) if later is not None else new.answers
    known = later or earlier
    assert known is not None
    if earlier is None or later is None:
        answers = changed_answers(earlier.answers if earlier else {}, later.answers if later else {})
    else:
        answers = tuple(item for item in changed_answers(before, after) if item.key in own)
    return ScopeDifference(
        known.id,
        known.title,
        assess(before, rules, ident=known.id, title=earlier.title) if earlier is not None else None,
        assess(after, rules, ident=known.id, title=later.title) if later is not None else None,
        answers,
        tuple(item._replace(own=item.key in own) for item in offer_changes(before, after)),
        timing(before, after, today),
    )


def _own_keys(*parts: Part | None) -> set[str]:
    """Return the keys that a part states itself in any text, the details of a support item included."""
    own = {key for part in parts if part is not None for key in part.answers}
    items = {".".join(key.split(".")[:2]) for key in own if key.startswith("support.")}
    return own | items | {f"{item}.{detail}" for item in items for detail in ("owner", "by", "evidence")}


def changed_answers(before: Answers, after: Answers) -> tuple[AnswerChange, ...]:
    """Return the keys whose answers say something else. Not stated and unknown are the same."""
    old, new = _said(before), _said(after)
    keys = sorted({*old, *new}, key=_place)
    return tuple(
        AnswerChange(key, old.get(key), new.get(key)) for key in keys if not _alike(old.get(key), new.get(key))
    )


def offer_changes(before: Answers, after: Answers) -> tuple[OfferChange, ...]:
    """Return what became of each piece of the offer: stage, what is open, planned type, promise in words.

    An answer that only one text states has no direction, because unknown is not less.
    """
    found = []
    for key in (STAGE, OPEN, PLANNED, PROMISE):
        old, new = _stated(before, key), _stated(after, key)
        if old is None or new is None or _alike(old, new):
            direction = Direction.SAME if _alike(old, new) else Direction.UNCLEAR
            found.append(OfferChange(key, old, new, direction))
        elif key == OPEN:
            found.append(_opened(old, new))
        elif key in _ORDERS:
            order = _ORDERS[key]
            less = order.index(str(new.value)) < order.index(str(old.value))
            found.append(OfferChange(key, old, new, Direction.NARROWED if less else Direction.WIDENED))
        else:
            found.append(OfferChange(key, old, new, Direction.UNCLEAR))
    return tuple(found)


def _opened(old: Answer, new: Answer) -> OfferChange:
    """Compare what is open to change. ``nothing`` is no item: it is the word for an empty list."""
    earlier, later = _items(old), _items(new)
    lost = tuple(item for item in earlier if item not in later)
    gained = tuple(item for item in later if item not in earlier)
    direction = Direction.MIXED if lost and gained else Direction.NARROWED if lost else Direction.WIDENED
    return OfferChange(OPEN, old, new, direction, lost, gained)


def _items(answer: Answer) -> tuple[str, ...]:
    value = answer.value if isinstance(answer.value, tuple) else ()
    return tuple(dict.fromkeys(str(item) for item in value if item != "nothing"))


def timing(before: Answers, after: Answers, today: str) -> Timing:
    """Return how far participation is today, by the dates of both texts."""
    openings = [day for answers in (before, after) if (day := text_of(answers, DAYS[0]))]
    first = min(openings, default="")
    days = []
    for key in DAYS:
        day = text_of(after, key)
        days.append(DayChange(key, text_of(before, key), day, bool(day) and _reached(key, day, today)))
    return Timing(
        opened=first if first and first <= today else "",
        phase_before=_phase(before, today),
        phase_after=_phase(after, today),
        days=tuple(days),
        groups=texts_of(before, "people.groups"),
    )


def _phase(answers: Answers, today: str) -> str:
    reached = [key for key in DAYS if (day := text_of(answers, key)) and _reached(key, day, today)]
    if reached:
        return {DAYS[0]: "open", DAYS[1]: "closed", DAYS[2]: "decided", DAYS[3]: "fed-back"}[reached[-1]]
    return "not-open" if text_of(answers, DAYS[0]) else "not-stated"


def _reached(key: str, day: str, today: str) -> bool:
    """Whether what a date stands for has happened. On its last day, participation is still open."""
    return day < today if key == "dates.closes" else day <= today


# Several people


def compare_whole(decisions: Sequence[Decision], rules: PreparedRules) -> ScopeComparison:
    """Compare what several people say about the whole decision."""
    answers = [decision.answers for decision in decisions]
    return _compare("", decisions[0].title, range(len(decisions)), answers, None, rules)


def compare_parts(decisions: Sequence[Decision], rules: PreparedRules) -> tuple[ScopeComparison, ...]:
    """Compare each part that two or more people have, by what they state for the part itself."""
    found = []
    for ident, members in part_members(decisions).items():
        if len(members) < 2:
            continue
        parts = [next(part for part in decisions[place].parts if part.id == ident) for place in members]
        answers = [decisions[place].part_answers(part) for place, part in zip(members, parts, strict=True)]
        found.append(_compare(ident, parts[0].title, members, answers, _own_keys(*parts), rules))
    return tuple(found)


def part_members(decisions: Sequence[Decision]) -> dict[str, tuple[int, ...]]:
    """Return who has each part, by place."""
    members: dict[str, tuple[int, ...]] = {}
    for place, decision in enumerate(decisions):
        for part in decision.parts:
            members[part.id] = (*members.get(part.id, ()), place)
    return members


def _compare(
    ident: str,
    title: str,
    people: Iterable[int],
    answers: Sequence[Answers],
    only: set[str] | None,
    rules: PreparedRules,
) -> ScopeComparison:
    members = tuple(people)
    said = [_said(one) for one in answers]
    found = [assess(one, rules, ident=ident, title=title) for one in answers]
    disagreements: list[Disagreement] = []
    agreed: list[tuple[str, AnswerValue]] = []
    common: dict[str, Answer] = {}
    worded: list[str] = []
    for key in FIELDS:
        mentioned = [one[key] for one in said if key in one]
        if not mentioned or key in _NOT_COMPARED:
            continue
        alike = all(_alike(mentioned[0], answer) for answer in mentioned)
        shown = only is None or key in only
        if FIELDS[key].kind in _IN_WORDS:
            worded += [key] if shown and not alike else []
        elif alike and len(mentioned) == len(said):
            common[key] = mentioned[0]
            agreed += [(key, mentioned[0].value)] if shown else []
        elif shown:
            views = _views(key, members, said)
            swaps = _swaps(key, members, answers, [item.type for item in found], views, rules)
            disagreements.append(Disagreement(key, views, swaps, _possible_without(key, answers, rules)))
    return ScopeComparison(
        id=ident,
        title=title,
        people=members,
        assessments=tuple(found),
        disagreements=tuple(sorted(disagreements, key=lambda item: (not item.matters, not item.contradicts))),
        agreed=tuple(agreed),
        worded=tuple(worded),
        common=assess(common, rules, ident=ident, title=title),
    )


def _views(key: str, members: tuple[int, ...], said: Sequence[Answers]) -> tuple[View, ...]:
    """Return who says what: stated answers in the order of the format, then those who do not say."""
    views: list[View] = []
    for place, answers in zip(members, said, strict=True):
        answer = answers.get(key)
        value, line = (answer.value, answer.line) if answer is not None else (None, 0)
        for number, view in enumerate(views):
            if _same(view.value, value):
                views[number] = View(view.value, (*view.people, place), (*view.lines, line))
                break
        else:
            views.append(View(value, (place,), (line,)))
    order = {word: number for number, word in enumerate(FIELDS[key].answers)}

    def rank(view: View) -> tuple[bool, list[int], str]:
        values = view.value if isinstance(view.value, tuple) else (view.value,)
        places = sorted((_standing(value, order) for value in values), reverse=True)
        return view.value is None, places, str(view.value)

    return tuple(sorted(views, key=rank))


def _standing(value: object, order: Mapping[str, int]) -> int:
    """Return where an answer stands: a count by its size, a word by its place in the format."""
    return value if isinstance(value, int) else order.get(str(value), 0)


def _swaps(
    key: str,
    members: tuple[int, ...],
    answers: Sequence[Answers],
    types: Sequence[ParticipationType | None],
    views: tuple[View, ...],
    rules: PreparedRules,
) -> tuple[Swap, ...]:
    """Return what would change somebody's type if they took over one stated answer of others."""
    if key not in {*rules.grid.ranks, *(read for estimate in rules.estimates for read in estimate.keys)}:
        return ()
    found = []
    for place, own, kind in zip(members, answers, types, strict=True):
        for view in views:
            if view.value is None or place in view.people:
                continue
            after = assess({**own, key: Answer(view.value, 0, 0, 0, 0)}, rules).type
            if after is not kind:
                found.append(Swap(place, view.value, view.people, after))
    return tuple(found)


def _possible_without(key: str, answers: Sequence[Answers], rules: PreparedRules) -> tuple[ParticipationType, ...]:
    possible: set[int] = set()
    for one in answers:
        possible |= rules.grid.possible(rules.grid.levels({name: one[name] for name in one if name != key}))
    return tuple(rules.rule_base.types[order] for order in sorted(possible))


# What answers say


def _said(answers: Answers) -> dict[str, Answer]:
    """Return the answers that the author gives. Weeks that only follow from the dates are no answer of their own."""
    found = {key: answer for key, answer in answers.items() if answer.value is not None}
    weeks, opens = found.get("time.weeks"), found.get(DAYS[0])
    if weeks is not None and opens is not None and weeks.span == opens.span:
        del found["time.weeks"]
    return found


def _stated(answers: Answers, key: str) -> Answer | None:
    answer = answers.get(key)
    return answer if answer is not None and answer.value is not None else None


def _alike(one: Answer | None, other: Answer | None) -> bool:
    return _same(one.value if one is not None else None, other.value if other is not None else None)


def _same(one: AnswerValue, other: AnswerValue) -> bool:
    """Whether two values say the same. The order of a list says nothing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other


def _place(key: str) -> tuple[int, str]:
    """Return where a key stands in the format; the details of a support item stand with it."""
    stem = ".".join(key.split(".")[:2])
    return _PLACES.get(stem, len(_PLACES)), key


_PLACES = {key: number for number, key in enumerate(FIELDS)}
