"""From a decision to the pack that a facilitator brings to a session."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectrum_cli import __version__
from spectrum_cli.engine.agenda import Plan, fit
from spectrum_cli.model.assessment import Advice, Assessment
from spectrum_cli.model.decision import fixed_of, text_of, texts_of
from spectrum_cli.model.pack import (
    Agenda,
    Bringing,
    Card,
    CheckItem,
    Chore,
    Fact,
    Method,
    Note,
    Pack,
    Picture,
    Sheet,
    Step,
)
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.model.texts import Texts
from spectrum_cli.render import words
from spectrum_cli.render.pictures.contributions import openness_svg
from spectrum_cli.render.pictures.national_local import national_local_svg
from spectrum_cli.render.pictures.parts import parts_svg
from spectrum_cli.render.pictures.poster import spectrum_poster
from spectrum_cli.render.pictures.spectrum import spectrum_svg

GROUP_SIZE = 6
BLANK_CARDS = 2
_MOST_SHOWN = 12


class NoTypeYet(Exception):
    """The file says nothing about how open the decision is, so there is nothing to prepare a session for."""


@dataclass(frozen=True, slots=True)
class Session:
    """How long the session is, in minutes, for how many people (None: as the file says), and on which paper."""

    minutes: int = 90
    participants: int | None = None
    paper: str = "a4"
    cards_a_page: int = 4


def make_pack(advice: Advice, session: Session, texts: Texts, *, part: str = "") -> Pack:
    """Return the pack for the whole decision, or for one of its parts.

    Raises:
        NoTypeYet: no question about openness is answered.
        ValueError: the session is too short or too long.
    """
    found = advice.scope(part).assessment
    kind = found.type
    if kind is None:
        raise NoTypeYet
    room = _Room(advice, found, kind, session, texts)
    return Pack(
        title=found.title or advice.title,
        part_of=texts("workshop.part_of", title=advice.title) if part else "",
        type=kind,
        types=advice.types,
        possible_types=found.possible_types,
        fit=texts("workshop.cover.fits" if found.certain else "workshop.cover.fits_so_far", type=kind.name),
        possible=""
        if found.certain
        else texts("workshop.cover.possible", types=words.names(found.possible_types, "or")),
        warnings=room.warnings(),
        open_aspects=room.open_aspects(),
        open_note=room.open_note(),
        fixed=fixed_of(found.answers),
        own_promise=found.plan.promise,
        facts=room.facts(),
        agenda=room.agenda(),
        cards=room.cards(),
        cards_a_page=session.cards_a_page,
        inputs=room.inputs(),
        bringing=room.bringing(),
        checklist=room.checklist(),
        readiness=room.readiness(),
        methods=room.methods(),
        planned_methods=texts("workshop.methods.planned", methods=words.joined(list(found.plan.methods)))
        if found.plan.methods
        else "",
        feedback=room.feedback(),
        quality=room.quality(),
        notes=room.notes(),
        pictures=room.pictures(),
        paper=session.paper,
        acknowledgement=advice.acknowledgement,
        made_by=texts("workshop.made_by", version=__version__, file=advice.file, rules=words.rules_used(advice)),
        texts=texts,
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """What all sheets of one pack are made from."""

    advice: Advice
    found: Assessment
    kind: ParticipationType
    session: Session
    texts: Texts

    @property
    def people_here(self) -> int | None:
        """How many people the session is for: as told, or as the file says."""
        told = self.session.participants
        return told if told is not None else self._number("people.taking_part")

    def warnings(self) -> tuple[str, ...]:
        plan = self.found.plan
        if plan.type is None:
            return ()
        idents = {"over-promise": "over_promise", "not-shown": "not_shown", "below": "below"}
        if plan.verdict not in idents:
            return ()
        ident = f"workshop.cover.{idents[plan.verdict]}"
        return (self.texts(ident, planned=plan.type.name, type=self.kind.name),)

    def open_aspects(self) -> tuple[str, ...]:
        return tuple(self.texts(f"workshop.aspects.{aspect}.open") for aspect in self._aspects() if aspect != "nothing")

    def open_note(self) -> str:
        aspects = self._aspects()
        if not aspects:
            return self.texts("workshop.cover.open_unknown")
        return self.texts("workshop.cover.open_none") if aspects == ("nothing",) else ""

    def facts(self) -> tuple[Fact, ...]:
        cover = "workshop.cover"
        found: list[tuple[str, str]] = [
            ("owner", text_of(self.found.answers, "owner")),
            ("decided_by", text_of(self.found.answers, "decided_by")),
            *((name, text_of(self.found.answers, f"dates.{name}")) for name in ("opens", "closes")),
            ("decision", text_of(self.found.answers, "dates.decision")),
            ("feedback", text_of(self.found.answers, "dates.feedback")),
        ]
        facts = [Fact(self.texts(f"{cover}.{name}"), value) for name, value in found if value]
        people = [
            self.texts(f"{cover}.{name}", count=f"{count:,}")
            for name, count in (
                ("affected", self._number("people.affected")),
                ("taking_part", self._number("people.taking_part")),
                ("here", self.session.participants),
            )
            if count is not None
        ]
        groups = texts_of(self.found.answers, "people.groups")
        if groups:
            people.append(self.texts(f"{cover}.groups", groups=words.joined(list(groups))))
        return (*facts, *(Fact(self.texts(f"{cover}.people"), text) for text in people))

    def agenda(self) -> Agenda:
        agenda, steps = "workshop.agenda", self.texts.all(f"workshop.agenda.{self.kind.id}")
        slots = fit([Plan(step["least"], step["share"], step["keep"]) for step in steps], self.session.minutes)
        timed = []
        for slot in slots:
            if slot.step is None:
                title, what, who = (self.texts(f"{agenda}.{name}") for name in ("break", "break_what", "break_who"))
                timed.append(Step(slot.start, slot.minutes, title, what, who, is_break=True))
                continue
            step = steps[slot.step]
            title = self.texts(f"{agenda}.continued", title=step["title"]) if slot.goes_on else step["title"]
            timed.append(Step(slot.start, slot.minutes, title, step["what"], self._role(step["who"])))
        before = [
            Chore(self.texts("workshop.before", count=item["minutes"]), item["what"], self._role(item["who"]))
            for item in self.texts.all(f"{agenda}.before")
        ]
        after = [Chore("", item["what"], self._role(item["who"])) for item in self.texts.all(f"{agenda}.after")]
        return Agenda(self.session.minutes, tuple(timed), tuple(before), tuple(after), self._grouping())

    def _grouping(self) -> tuple[str, ...]:
        count = self.people_here
        if count is None or count < 1:
            return ()
        groups = -(-count // GROUP_SIZE)
        if groups == 1:
            return (self.texts("workshop.agenda.one_group", count=count),)
        least, more = divmod(count, groups)
        size = str(least) if not more else f"{least} or {least + 1}"
        told = [self.texts("workshop.agenda.groups", count=f"{count:,}", groups=f"{groups:,}", size=size)]
        if groups > 2:
            told.append(self.texts("workshop.agenda.many", count=f"{count:,}"))
        return tuple(told)

    def cards(self) -> tuple[Card, ...]:
        cards = "workshop.cards"
        told: list[tuple[str, str]] = [("key", self.kind.key_question)]
        told += [("talk", text) for text in self.texts.all(f"{cards}.{self.kind.id}")]
        told += [("open", self.texts(f"workshop.aspects.{aspect}.ask")) for aspect in self._aspects()]
        told += [("unanswered", item.criterion.question) for item in self.found.contributions if item.points is None]
        spare = -(len(told) + BLANK_CARDS) % self.session.cards_a_page
        told += [("own", "")] * (BLANK_CARDS + spare)
        return tuple(
            Card(number, kind, self.texts(f"{cards}.{kind}"), text) for number, (kind, text) in enumerate(told, start=1)
        )

    def inputs(self) -> tuple[Fact, ...]:
        told = (
            ("system", self.kind.input_system),
            ("people", self.kind.input_people),
            ("who", self.kind.who),
            ("relationship", self.kind.relationship),
        )
        return tuple(Fact(self.texts(f"workshop.inputs.{name}"), text) for name, text in told)

    def bringing(self) -> tuple[Bringing, ...]:
        return tuple(
            Bringing(state.prerequisite.title, state.owner, state.by)
            for state in self.found.readiness.prerequisites
            if state.owner or state.by
        )

    def checklist(self) -> tuple[CheckItem, ...]:
        return tuple(
            CheckItem(
                state.prerequisite.title,
                state.prerequisite.because,
                state.state,
                self.texts(f"workshop.checklist.states.{state.state}"),
                state.owner,
                state.by,
                state.evidence,
            )
            for state in self.found.readiness.prerequisites
        )

    def readiness(self) -> str:
        ready = self.found.readiness
        if not ready.prerequisites:
            return self.texts("workshop.checklist.none", type=self.kind.name)
        if ready.state == "ready" or ready.supported_type is None:
            return self.texts("workshop.checklist.ready")
        ident = "not_ready" if ready.state == "not-ready" else "not_shown"
        return self.texts(f"workshop.checklist.{ident}", type=ready.supported_type.name)

    def methods(self) -> tuple[Method, ...]:
        return tuple(self._method(item) for item in self.texts.all(f"workshop.methods.{self.kind.id}"))

    def _method(self, item: Mapping[str, Any]) -> Method:
        least, most, here = item["least"], item.get("most"), self.people_here
        name = "workshop.methods.from" if most is None else "workshop.methods.range"
        fits_here = None if here is None else least <= here and (most is None or here <= most)
        return Method(item["name"], self.texts(name, least=least, most=most), item["fits"], item["not_when"], fits_here)

    def feedback(self) -> Sheet:
        sheet, day = "workshop.feedback", text_of(self.found.answers, "dates.feedback")
        asked = self.kind.order >= 2
        return Sheet(
            self.texts(f"{sheet}.heading"),
            self.texts(f"{sheet}.intro" if asked else f"{sheet}.inform"),
            tuple(self.texts(f"{sheet}.{name}") for name in ("said", "did", "why_not")),
            self._rows(sheet),
            self.texts(f"{sheet}.due", date=day) if day else self.texts(f"{sheet}.due_unknown"),
        )

    def quality(self) -> Sheet | None:
        if self.kind.id != "co-produce":
            return None
        sheet = "workshop.quality"
        columns = ("indicator", "ask", "independent", "when", "answer", "change")
        return Sheet(
            self.texts(f"{sheet}.heading"),
            self.texts(f"{sheet}.intro"),
            tuple(self.texts(f"{sheet}.{name}") for name in columns),
            self._rows(sheet),
        )

    def notes(self) -> tuple[Note, ...]:
        notes = "workshop.notes"
        told = [Note(self.kind.name, (self.texts(f"{notes}.words.{self.kind.id}"),))]
        told += [
            Note(self.texts(f"{notes}.{name}.title"), self.texts.all(f"{notes}.{name}.text"))
            for name in ("promise", "power", "missing")
        ]
        watch = []
        if self._value("need.unequal_effect") is True:
            watch.append(self.texts(f"{notes}.unequal"))
        if self._value("need.contested") == "high":
            watch.append(self.texts(f"{notes}.contested"))
        watch += [f"{outcome.rule.title}. {outcome.rule.because}" for outcome in self.found.notes]
        if watch:
            told.append(Note(self.texts(f"{notes}.from_file"), tuple(watch[:_MOST_SHOWN])))
        return tuple(told)

    def pictures(self) -> tuple[Picture, ...]:
        advice, found, texts = self.advice, self.found, self.texts
        title, thanks = found.title or advice.title, advice.acknowledgement
        told = [
            (
                "spectrum",
                texts("workshop.posters.spectrum"),
                spectrum_svg(advice.types, found, thanks, title),
                spectrum_poster(advice.types, found, thanks, title),
            )
        ]
        place = national_local_svg(advice.types, found, thanks, title)
        if place is not None:
            large = national_local_svg(advice.types, found, thanks, title, uid="place-poster", poster=True) or ""
            told.append(("place", texts("workshop.posters.place"), place, large))
        parts = parts_svg(advice) if advice.parts and found is advice.whole.assessment else None
        if parts is not None:
            told.append(("parts", texts("workshop.posters.parts"), parts, ""))
        told.append(
            ("openness", texts("workshop.posters.openness"), openness_svg(advice.types, found, thanks, title), "")
        )
        return tuple(Picture(ident, name, _description(svg), svg, poster) for ident, name, svg, poster in told)

    def _aspects(self) -> tuple[str, ...]:
        return texts_of(self.found.answers, "openness.open_to_change")

    def _value(self, key: str) -> Any:
        answer = self.found.answers.get(key)
        return answer.value if answer is not None else None

    def _number(self, key: str) -> int | None:
        value = self._value(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def _role(self, role: str) -> str:
        return self.texts(f"workshop.agenda.roles.{role}")

    def _rows(self, sheet: str) -> int:
        return int(self.texts.group(sheet)["rows"])


def _description(svg: str) -> str:
    """Return the words that a picture says of itself, for formats that take them apart from the picture."""
    from html import unescape

    start = svg.index("<desc")
    return unescape(svg[svg.index(">", start) + 1 : svg.index("</desc>", start)])
