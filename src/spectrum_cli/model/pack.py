"""The workshop pack as data: what its sheets say, before any format gives them a look.

Texts are ready to be shown. Those that come from the decision file are the author's own and not yet made safe for a
format.
"""

from dataclasses import dataclass
from typing import NamedTuple

from spectrum_cli.model.decision import Fixed
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.model.texts import Texts


class Step(NamedTuple):
    """A step of the session. ``start`` and ``minutes`` count from the beginning of the session."""

    start: int
    minutes: int
    title: str
    what: str
    who: str
    is_break: bool = False

    @property
    def clock(self) -> str:
        """The start as hours and minutes since the beginning, such as ``0:45``."""
        return f"{self.start // 60}:{self.start % 60:02}"


class Chore(NamedTuple):
    """Something to do before or after the session; ``when`` is empty or says how long before."""

    when: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The steps of a session, which add up to its minutes exactly, and what is to be done around it."""

    minutes: int
    steps: tuple[Step, ...]
    before: tuple[Chore, ...]
    after: tuple[Chore, ...]
    grouping: tuple[str, ...]


class Card(NamedTuple):
    """A card to cut out. ``kind`` is ``key``, ``talk``, ``open``, ``unanswered`` or ``own``; ``label`` is shown."""

    number: int
    kind: str
    label: str
    text: str


class Bringing(NamedTuple):
    """What is brought for which somebody or a day is named. One of the two may be empty."""

    what: str
    who: str
    by: str


class CheckItem(NamedTuple):
    """A prerequisite of the type with its state: ``met``, ``planned``, ``missing`` or ``unknown``."""

    what: str
    why: str
    state: str
    state_word: str
    owner: str
    by: str
    evidence: str


class Method(NamedTuple):
    """A method with the numbers it is for. ``fits_here`` is None where the numbers are not stated."""

    name: str
    numbers: str
    fits: str
    not_when: str
    fits_here: bool | None


class Note(NamedTuple):
    """A note for the facilitator: a heading and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


class Sheet(NamedTuple):
    """A form to fill in by hand: its columns, and how many empty rows it has."""

    title: str
    intro: str
    columns: tuple[str, ...]
    rows: int
    due: str = ""


class Fact(NamedTuple):
    """A label and what the file says."""

    label: str
    value: str


class Picture(NamedTuple):
    """A drawing as SVG text with its words; ``poster`` is the same for a large sheet, landscape."""

    id: str
    title: str
    description: str
    svg: str
    poster: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that a facilitator brings to one session.

    ``types`` are all six in order. ``fit`` says how sure the type is; ``warnings`` are about a plan that does not fit.
    ``open_note`` stands where nothing is open, or where the file does not say. ``quality`` is there for CO-PRODUCE
    only.
    """

    title: str
    part_of: str
    type: ParticipationType
    types: tuple[ParticipationType, ...]
    possible_types: tuple[ParticipationType, ...]
    fit: str
    possible: str
    warnings: tuple[str, ...]
    open_aspects: tuple[str, ...]
    open_note: str
    fixed: tuple[Fixed, ...]
    own_promise: str
    facts: tuple[Fact, ...]
    agenda: Agenda
    cards: tuple[Card, ...]
    cards_a_page: int
    inputs: tuple[Fact, ...]
    bringing: tuple[Bringing, ...]
    checklist: tuple[CheckItem, ...]
    readiness: str
    methods: tuple[Method, ...]
    planned_methods: str
    feedback: Sheet
    quality: Sheet | None
    notes: tuple[Note, ...]
    pictures: tuple[Picture, ...]
    paper: str
    acknowledgement: str
    made_by: str
    texts: Texts
