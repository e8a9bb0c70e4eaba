"""The interview: one question at a time, as a machine without a disk, a clock or a terminal.

A state and a line that someone typed give a new state and the lines to show. Each state knows the one before it, so
that going back is exact. The decision is kept as its text all the way, so that what is saved is what was there,
with the answers in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from itertools import product
from typing import NamedTuple

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.openness import Grid, Levels
from spectrum_cli.files.decision_edit import CannotEdit, DecisionText, decision_text, set_answer
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES
from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.decision import Answers, AnswerValue, Decision
from spectrum_cli.model.decision_format import FIELDS, SUPPORT_STATES, Kind
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.rulebase import Criterion, Origin, ParticipationType, Prerequisite
from spectrum_cli.model.texts import Texts
from spectrum_cli.render.template import render_template

MAX_TEXT = 10_000
MAX_SHOWN = 60
YAML_SUFFIXES = (".yaml", ".yml")
PATIENCE = 1_000
"""After this many lines in a row that are no answer, nobody is there to answer."""


class Line(NamedTuple):
    """One line to show, and how far it and what follows of it when it is wrapped stand in."""

    text: str
    indent: int = 0
    hang: int = 0


class Ask(Enum):
    """What kind of answer a question wants."""

    TITLE = auto()
    TEXT = auto()
    DATE = auto()
    ONE = auto()
    SEVERAL = auto()
    GROUP = auto()
    REVIEW = auto()
    PLACE = auto()
    REPLACE = auto()


NUMBERED = (Ask.TITLE, Ask.TEXT, Ask.DATE, Ask.ONE, Ask.SEVERAL)


class Option(NamedTuple):
    """One answer that can be chosen: what the file will say, and what people read."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``key`` is that of the decision file, or the name of a group of questions."""

    ask: Ask
    key: str
    words: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where an interview stands.

    ``text`` is None until there is a title. ``unsure`` holds the keys that were left open in this sitting, ``agreed``
    and ``declined`` the groups of questions that were offered. ``wrong`` counts the lines in a row that were no
    answer. ``again`` marks a question that is asked once more. ``ended`` says that there is nothing left to ask;
    ``place`` is then where to save, if that was asked, ``replace`` whether another file may give way to it, and
    ``beside`` that another name is to be found rather than asked for.
    """

    text: DecisionText | None
    question: Question
    number: int = 1
    unsure: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    again: bool = False
    wrong: int = 0
    before: "State | None" = None
    place: str = ""
    replace: bool = False
    beside: bool = False
    ended: bool = False


class Turn(NamedTuple):
    """What comes of a line: the new state, and the lines to show before the next prompt."""

    state: State
    lines: tuple[Line, ...]


NEED, PLAN, SUPPORT = "need", "plan", "support"
GROUPS = (NEED, PLAN, SUPPORT)
GO_ON, LEAVE_OUT, ENOUGH, REPLACE_FILE, RENAME = "go-on", "leave-out", "enough", "replace", "rename"
BACK, UNSURE, WHY, HELP, QUIT = "b", "s", "?", "h", "q"


class Interviewer:
    """Asks about one decision with one rule base in one language. It holds nothing that changes."""

    def __init__(self, rules: PreparedRules, texts: Texts, file: str, *, resumed: bool) -> None:
        self.rules = rules
        self.texts = texts
        self.file = file
        self.resumed = resumed
        self.needs = tuple(
            sorted(
                (item for item in rules.rule_base.criteria if item.key not in rules.grid.ranks),
                key=lambda item: list(FIELDS).index(item.key),
            )
        )

    def say(self, ident: str, **blanks: object) -> str:
        """Return one of the texts of the interview."""
        return self.texts(f"interview.{ident}", **blanks)

    # Beginning and going on

    def begin(self, text: DecisionText | None) -> Turn:
        """Return the first question; a text is that of a file to go on with."""
        lines = []
        if text is None:
            lines.append(Line(self.say("start.new")))
        else:
            decision = self.decision(text)
            lines.append(Line(self.say("start.again", file=shown(self.file), title=shown(decision.title))))
            if decision.parts:
                lines.append(Line(self.say("start.parts", count=len(decision.parts))))
        lines += [
            Line(self.say("start.order")),
            Line(self.say("start.honest")),
            Line(self.say("start.keys")),
        ]
        if text is not None:
            lines.append(Line(self.say("start.elsewhere")))
        empty = State(text, Question(Ask.TITLE, "title", ""))
        state = replace(empty, question=self.upcoming(empty))
        if text is not None:
            lines.append(Line(""))
            found = self.assessment(text)
            if not found.certain:
                lines.append(Line(self.say("start.possible", types=self.any_of(found.possible_types))))
            if openness_question(self.rules.grid, self.decision(text).answers, frozenset()) is None:
                lines += self.settled(state)
        return Turn(state, (*lines, *self.asking(state)))

    def take(self, state: State, line: str) -> Turn:
        """Take one line that was typed."""
        said = line.strip()
        command = said.lower() if said.lower() in (BACK, UNSURE, WHY, HELP, QUIT) else ""
        if command == HELP:
            return Turn(state, tuple(Line(text, 2, 2) for text in self.texts.all("interview.help")))
        if command == WHY:
            return Turn(state, tuple(Line(text, 2, 2) for text in self.why(state)))
        if command == BACK:
            return self.back(state)
        if command == QUIT:
            return self.quit(state)
        if len(said) > MAX_TEXT:
            return self.wrong(state, self.say("wrong.text"))
        answered = {
            Ask.TITLE: self.take_title,
            Ask.TEXT: self.take_text,
            Ask.DATE: self.take_date,
            Ask.ONE: self.take_one,
            Ask.SEVERAL: self.take_several,
            Ask.GROUP: self.take_group,
            Ask.REVIEW: self.take_review,
            Ask.PLACE: self.take_place,
            Ask.REPLACE: self.take_replace,
        }[state.question.ask]
        return answered(state, "" if command == UNSURE else said, command == UNSURE)

    def wrong(self, state: State, text: str) -> Turn:
        """Ask again. Nothing has changed."""
        return Turn(replace(state, wrong=state.wrong + 1), (Line(text),))

    def back(self, state: State) -> Turn:
        if state.before is None:
            return self.wrong(state, self.say("wrong.first"))
        before = replace(state.before, wrong=0)
        return Turn(before, (Line(self.say("after.back")), *self.asking(before)))

    def quit(self, state: State) -> Turn:
        asked_where = state.question.ask in (Ask.PLACE, Ask.REPLACE)
        if state.text is None or self.file or asked_where:
            place = state.place or (self.proposal(state) if asked_where else "")
            return Turn(replace(state, ended=True, place=place, replace=False, beside=True), ())
        return self.go(state, replace(state, question=self.place_question()))

    def go(self, before: State, after: State, *lines: Line) -> Turn:
        """Step on to the question of the new state, which remembers the one before."""
        number = after.number + (is_numbered(after.question, before) and after.question != before.question)
        after = replace(after, before=before, wrong=0, number=number)
        return Turn(after, (*lines, *(() if after.ended else self.asking(after))))

    def answered(self, state: State, text: DecisionText, unsure: frozenset[str], *lines: Line) -> Turn:
        """Go on from an answer that has been written into the text."""
        after = replace(state, text=text, unsure=unsure, again=False)
        return self.go(state, replace(after, question=self.upcoming(after)), *lines)

    # What to ask next

    def upcoming(self, state: State) -> Question:
        """Return what is asked next: openness first, then what the decision asks for, the plan and the support."""
        if state.text is None:
            return Question(Ask.TITLE, "title", self.say("ask.title"))
        answers = self.decision(state.text).answers
        if not self.resumed and "owner" not in state.unsure and is_open(answers, "owner"):
            return self.question("owner")
        key = openness_question(self.rules.grid, answers, state.unsure)
        if key is not None:
            return self.question(key)
        for group in GROUPS:
            keys = self.open_keys(group, state)
            if not keys or group in state.declined:
                continue
            if group in state.agreed or group == PLAN:
                return self.question(keys[0])
            return self.group_question(group, state, len(keys))
        return Question(Ask.REVIEW, "review", self.say("review.heading"))

    def open_keys(self, group: str, state: State) -> tuple[str, ...]:
        """Return the questions of a group that have no answer and were not left open."""
        if state.text is None:
            return ()
        answers = self.decision(state.text).answers
        if group == NEED:
            keys = [item.key for item in self.needs]
        elif group == PLAN:
            keys = ["plan.type"]
        else:
            keys = [key for item in self.needed(state.text) for key in support_keys(item.key, answers)]
        return tuple(key for key in keys if key not in state.unsure and is_open(answers, key))

    def needed(self, text: DecisionText) -> tuple[Prerequisite, ...]:
        """Return what the type that fits needs in place."""
        return tuple(item.prerequisite for item in self.assessment(text).readiness.prerequisites)

    def question(self, key: str) -> Question:
        """Return the question about one key."""
        criterion = self.rules.rule_base.criterion(key)
        if criterion is not None:
            several = FIELDS[key].kind is Kind.CHOICES
            options = tuple(Option(item.value, item.text) for item in criterion.answers)
            return Question(Ask.SEVERAL if several else Ask.ONE, key, criterion.question, options)
        if key == "title":
            return Question(Ask.TITLE, key, self.say("ask.title"))
        if key == "owner":
            return Question(Ask.TEXT, key, self.say("ask.owner"))
        if key == "plan.type":
            return Question(Ask.ONE, key, self.say("ask.plan"), tuple(self.type_options()))
        title = lower_first(self.prerequisite(key).title)
        if key.endswith(".owner"):
            return Question(Ask.TEXT, key, self.say("ask.support_owner", title=title))
        if key.endswith(".by"):
            return Question(Ask.DATE, key, self.say("ask.support_by", title=title))
        return Question(Ask.ONE, key, self.say("ask.support", title=title), self.support_options())

    def group_question(self, group: str, state: State, count: int) -> Question:
        if group == NEED:
            words = self.say("ask.need_group", count=count)
        else:
            fits = self.assessment(state.text).type if state.text is not None else None
            words = self.say("ask.support_group", type=fits.name if fits else "", count=count)
        return Question(
            Ask.GROUP,
            group,
            words,
            (
                Option(GO_ON, self.say("answer.go_on")),
                Option(LEAVE_OUT, self.say("answer.leave_out")),
                Option(ENOUGH, self.say("answer.enough")),
            ),
        )

    def place_question(self) -> Question:
        return Question(Ask.PLACE, "place", self.say("ask.place"))

    def type_options(self) -> Iterator[Option]:
        for kind in self.rules.rule_base.types:
            yield Option(kind.id, self.say("ask.type", type=kind.name, question=kind.key_question))

    def support_options(self) -> tuple[Option, ...]:
        words = (self.say("answer.met"), self.say("answer.planned"), self.say("answer.missing"))
        return tuple(map(Option, SUPPORT_STATES, words))

    def prerequisite(self, key: str) -> Prerequisite:
        name = key.split(".")[1]
        return next(item for item in self.rules.rule_base.support if item.key == f"support.{name}")

    # Taking answers

    def take_title(self, state: State, said: str, _unsure: bool) -> Turn:
        title = one_line(said)
        if state.text is None:
            if not title:
                return self.wrong(state, self.say("wrong.empty"))
            template = render_template(self.rules.rule_base, title, markdown=self.markdown(self.file))
            text = decision_text(self.file, template.encode("utf-8"), markdown=self.markdown(self.file))
            return self.answered(state, text, state.unsure, self.noted(title))
        return self.write(state, title, self.noted(title)) if title else self.keep(state)

    def take_text(self, state: State, said: str, _unsure: bool) -> Turn:
        if not said:
            return self.leave_open(state)
        return self.write(state, one_line(said), self.noted(one_line(said)))

    def take_date(self, state: State, said: str, _unsure: bool) -> Turn:
        if not said:
            return self.leave_open(state)
        parts = said.split("-")
        if [part.isascii() and part.isdigit() for part in parts] != [True] * 3 or len(parts[0]) != 4:
            return self.wrong(state, self.say("wrong.date", said=shown(said)))
        try:
            day = date(int(parts[0]), int(parts[1][:3]), int(parts[2][:3])).isoformat()
        except ValueError:
            return self.wrong(state, self.say("wrong.no_day", said=shown(said)))
        return self.write(state, day, self.noted(day))

    def take_one(self, state: State, said: str, unsure: bool) -> Turn:
        if unsure:
            return self.leave_open(state)
        if not said and state.again:
            return self.keep(state)
        chosen = numbers(said, len(state.question.options))
        if chosen is None or len(chosen) != 1:
            return self.no_number(state, said)
        value = state.question.options[chosen[0]].value
        kind = FIELDS[state.question.key].kind
        return self.write(state, value == "true" if kind is Kind.FLAG else value)

    def take_several(self, state: State, said: str, unsure: bool) -> Turn:
        if unsure:
            return self.leave_open(state)
        if not said and state.again:
            return self.keep(state)
        options = state.question.options
        chosen = numbers(said, len(options))
        if chosen is None:
            if not said:
                return self.no_number(state, said)
            return self.wrong(state, self.say("wrong.several", count=len(options), said=shown(said)))
        values = tuple(options[index].value for index in sorted(chosen))
        if "nothing" in values and len(values) > 1:
            alone = next(option.words for option in options if option.value == "nothing")
            return self.wrong(state, self.say("wrong.alone", answer=alone.rstrip(".")))
        return self.write(state, values)

    def take_group(self, state: State, said: str, unsure: bool) -> Turn:
        group = state.question.key
        chosen = [1] if unsure else numbers(said, len(state.question.options))
        if chosen is None or len(chosen) != 1:
            return self.no_number(state, said)
        choice = state.question.options[chosen[0]].value
        if choice == GO_ON:
            after = replace(state, agreed=state.agreed | {group})
        else:
            out = {group} if choice == LEAVE_OUT else set(GROUPS)
            after = replace(state, declined=state.declined | out)
        return self.go(state, replace(after, question=self.upcoming(after)))

    def take_review(self, state: State, said: str, unsure: bool) -> Turn:
        keys = [key for key, _, _ in self.review_items(state)]
        if not said and not unsure:
            if self.file:
                return self.go(state, replace(state, ended=True))
            return self.go(state, replace(state, question=self.place_question()))
        chosen = numbers(said, len(keys))
        if chosen is None or len(chosen) != 1:
            return self.wrong(state, self.say("wrong.review", count=len(keys), said=shown(said)))
        key = keys[chosen[0]]
        known = state.text is not None and not is_open(self.decision(state.text).answers, key)
        return self.go(state, replace(state, question=self.question(key), again=known))

    def take_place(self, state: State, said: str, _unsure: bool) -> Turn:
        name = said or self.proposal(state)
        last = name.replace("\\", "/").rpartition("/")[2]
        if last and "." not in last[1:]:
            name, last = f"{name}.yaml", f"{last}.yaml"
        if not last.lower().endswith(YAML_SUFFIXES) or not name.isprintable():
            return self.wrong(state, self.say("wrong.name", said=shown(said)))
        return self.go(state, replace(state, place=name, ended=True, replace=False))

    def take_replace(self, state: State, said: str, unsure: bool) -> Turn:
        chosen = None if unsure else numbers(said, len(state.question.options))
        if chosen is None or len(chosen) != 1:
            return self.no_number(state, said)
        if state.question.options[chosen[0]].value == REPLACE_FILE:
            return self.go(state, replace(state, ended=True, replace=True))
        return self.go(state, replace(state, question=self.place_question()))

    def taken(self, state: State, name: str) -> Turn:
        """Ask what to do about a file that stands where a new one was to be saved."""
        question = Question(
            Ask.REPLACE,
            "replace",
            self.say("ask.replace", file=shown(name)),
            (Option(REPLACE_FILE, self.say("answer.replace")), Option(RENAME, self.say("answer.rename"))),
        )
        return self.go(state, replace(state, question=question, place=name, ended=False))

    def refused(self, state: State, reason: str) -> Turn:
        """Ask for another place, because the file could not be saved."""
        after = replace(state, question=self.place_question(), ended=False, place="", replace=False)
        return self.go(state, after, Line(self.say("end.failed", reason=reason)))

    def no_number(self, state: State, said: str) -> Turn:
        count = len(state.question.options)
        if not said:
            ask_several = state.question.ask in (Ask.ONE, Ask.SEVERAL)
            return self.wrong(
                state, self.say("wrong.nothing", count=count) if ask_several else self.say("wrong.unsure")
            )
        return self.wrong(state, self.say("wrong.choice", count=count, said=shown(said)))

    def write(self, state: State, value: AnswerValue, *lines: Line) -> Turn:
        """Write an answer into the text, and say what has become of the advice."""
        text, key = state.text, state.question.key
        if text is None:
            return self.wrong(state, self.say("wrong.empty"))
        try:
            changed = set_answer(text, key, value)
        except CannotEdit:
            return self.skipped(state, Line(self.say("wrong.edit")))
        return self.answered(
            state, changed, state.unsure - {key}, *lines, *self.outcome(state, changed, state.unsure - {key})
        )

    def leave_open(self, state: State) -> Turn:
        """Leave a question open; an answer that was there is taken back."""
        text, key = state.text, state.question.key
        if text is None:
            return self.wrong(state, self.say("wrong.empty"))
        unsure = state.unsure | {key}
        if is_open(self.decision(text).answers, key):
            return self.answered(state, text, unsure, *self.outcome(state, text, unsure))
        if state.again and state.question.ask in (Ask.TEXT, Ask.DATE):
            return self.keep(state)
        try:
            changed = set_answer(text, key, None)
        except CannotEdit:
            return self.skipped(state, Line(self.say("wrong.edit")))
        return self.answered(state, changed, unsure, *self.outcome(state, changed, unsure))

    def keep(self, state: State) -> Turn:
        after = replace(state, again=False)
        return self.go(state, replace(after, question=self.upcoming(after)))

    def skipped(self, state: State, line: Line) -> Turn:
        after = replace(state, unsure=state.unsure | {state.question.key}, again=False)
        return self.go(state, replace(after, question=self.upcoming(after)), line)

    # What has become of the advice

    def outcome(self, state: State, text: DecisionText, unsure: frozenset[str]) -> list[Line]:
        """Say in a line or two what an answer has changed."""
        key = state.question.key
        if state.text is None:
            return []
        before, found = self.assessment(state.text), self.assessment(text)
        if key in self.rules.grid.ranks:
            lines = [self.standing(found, before)]
            done = openness_question(self.rules.grid, found.answers, unsure) is None
            was_done = openness_question(self.rules.grid, before.answers, state.unsure) is None
            if done and not (was_done and found.certain and found.type is before.type):
                lines += self.settled(replace(state, text=text, unsure=unsure))
            return lines
        if key == "plan.type":
            return [Line(self.plan_line(found))]
        if key.startswith("support.") and FIELDS.get(key) is not None:
            return [Line(self.support_line(found))]
        if key.startswith("need."):
            return [Line(self.need_line(found))]
        return [] if not is_open(found.answers, key) else [Line(self.say("after.left_out"))]

    def standing(self, found: Assessment, before: Assessment) -> Line:
        """Say which types are still possible, and how many were before."""
        types = self.any_of(found.possible_types)
        if found.possible_types == before.possible_types:
            return Line(self.say("after.stays", type=types) if found.certain else self.say("after.same", types=types))
        if before.certain:
            return Line(self.say("after.widened", types=types, type=before.possible_types[0].name))
        return Line(self.say("after.narrowed", types=types, count=len(before.possible_types)))

    def settled(self, state: State) -> list[Line]:
        """Say that there is no more to ask about openness, and why."""
        if state.text is None:
            return []
        found = self.assessment(state.text)
        kind = found.type
        if not found.certain or kind is None:
            types = self.any_of(found.possible_types)
            first = (
                self.say("certain.still_open", types=types, type=kind.name)
                if kind is not None
                else self.say("certain.no_guess", types=types)
            )
            return [Line(first), *(Line(self.say("certain.find_out", title=title), 2, 2) for title in unknowns(found))]
        lines = [
            self.say("certain.type", type=kind.name),
            self.say("certain.rest") if unknowns(found) else self.say("certain.complete"),
        ]
        deciding = [gate for gate in found.gates if gate.rule.effect["holds_to"] == kind.id]
        lines += [
            self.say("certain.gate", title=lower_first(gate.rule.title.rstrip(".")), because=gate.rule.because)
            for gate in deciding
        ] or [self.say("certain.sum")]
        return [Line(text) for text in (*lines, self.say("certain.key_question", question=kind.key_question))]

    def plan_line(self, found: Assessment) -> str:
        plan = found.plan
        if plan.type is None:
            return self.say("after.plan_none")
        name = plan.type.name
        if plan.verdict == "over-promise":
            return self.say("after.plan_over", type=name, most=found.possible_types[-1].name)
        if plan.verdict == "matches":
            return self.say("after.plan_matches", type=name)
        if plan.verdict == "below":
            return self.say("after.plan_below", type=name)
        return self.say("after.plan_not_shown", type=name)

    def need_line(self, found: Assessment) -> str:
        if found.need.floor is None:
            return self.say("after.none_asked")
        floor = found.need.floor.name
        if found.type is None or not found.certain:
            return self.say("after.asked_alone", floor=floor)
        return self.say("after.asked", floor=floor, type=found.type.name)

    def support_line(self, found: Assessment) -> str:
        states = [item.state for item in found.readiness.prerequisites]
        return self.say(
            "after.support",
            met=states.count("met"),
            planned=states.count("planned"),
            missing=states.count("missing"),
            unknown=states.count("unknown"),
        )

    def any_of(self, types: tuple[ParticipationType, ...]) -> str:
        """Join the names of types with commas and a last ``or``."""
        *first, last = [kind.name for kind in types]
        return self.say("after.any_of", first=", ".join(first), last=last) if first else last

    def noted(self, answer: str) -> Line:
        return Line(self.say("after.noted", answer=shown(answer)))

    # What is shown

    def asking(self, state: State) -> tuple[Line, ...]:
        """Return the question with its numbered answers."""
        question = state.question
        if question.ask is Ask.REVIEW:
            return tuple(self.review_lines(state))
        words = question.words
        if is_numbered(question, state.before):
            words = self.say("ask.numbered", number=state.number, question=words)
        lines = [Line(""), Line(words)]
        if question.ask is Ask.SEVERAL:
            lines.append(Line(self.say("ask.several")))
        lines += [
            Line(self.say("ask.option", number=number, answer=option.words), 2, 3)
            for number, option in enumerate(question.options, start=1)
        ]
        if state.again and state.text is not None:
            value = self.said(question.key, self.decision(state.text).answers)
            lines.append(Line(self.say("ask.so_far", answer=value)))
        return tuple(lines)

    def prompt(self, state: State) -> str:
        """Return what stands before the place where someone types."""
        question, count = state.question, len(state.question.options)
        if question.ask is Ask.REVIEW:
            return self.say("prompt.review")
        if question.ask is Ask.PLACE:
            return self.say("prompt.place", file=self.proposal(state))
        if question.ask is Ask.SEVERAL:
            keep = self.say("prompt.several_or_keep", count=count)
            return keep if state.again else self.say("prompt.several", count=count)
        if question.ask in (Ask.TITLE, Ask.TEXT, Ask.DATE):
            if state.again:
                return self.say("prompt.text_or_keep")
            if question.ask is Ask.DATE:
                return self.say("prompt.date")
            return self.say("prompt.text") if question.ask is Ask.TITLE else self.say("prompt.text_or_skip")
        return self.say("prompt.one_or_keep", count=count) if state.again else self.say("prompt.one", count=count)

    def why(self, state: State) -> list[str]:
        """Return why something is asked: the rule's reason and its source."""
        key = state.question.key
        criterion = self.rules.rule_base.criterion(key)
        if criterion is not None:
            return self.why_of(criterion)
        own = {
            "title": self.say("why.title"),
            "owner": self.say("why.owner"),
            "plan.type": self.say("why.plan"),
            NEED: self.say("why.need_group"),
            SUPPORT: self.say("why.support_group"),
            "place": self.say("why.place"),
            "replace": self.say("why.place"),
            "review": self.say("why.review"),
        }
        if key in own:
            return [own[key]]
        if key.endswith(".owner"):
            return [self.say("why.support_owner")]
        if key.endswith(".by"):
            return [self.say("why.support_by")]
        return self.why_of(self.prerequisite(key))

    def why_of(self, rule: Criterion | Prerequisite) -> list[str]:
        return [
            self.say("why.because", because=rule.because),
            self.say("why.source", source=self.source(rule.source)),
            self.say("why.more", key=rule.key),
        ]

    def source(self, origin: Origin) -> str:
        """Name where a rule comes from in words for people."""
        if origin.document == "peoplehub":
            passages = {item.id: item.heading for item in self.rules.rule_base.passages}
            return self.say("why.seed", heading=passages.get(origin.passage, origin.passage))
        if origin.document == "practice" and not origin.reference:
            return self.say("why.practice", passage=origin.passage)
        if origin.document == "practice":
            return self.say("why.practice_more", passage=origin.passage, reference=origin.reference)
        if origin.document == "law":
            return self.say("why.law", passage=origin.passage, reference=origin.reference)
        return self.say("why.other", document=origin.document, passage=origin.passage)

    # The answers at the end

    def review_items(self, state: State) -> list[tuple[str, str, str]]:
        """Return key, title and answer of all that was asked or is stated, in the order of the questions."""
        if state.text is None:
            return []
        found, unsure = self.assessment(state.text), state.unsure
        base, answers = self.rules.rule_base, self.decision(state.text).answers
        items = [("title", self.say("review.title")), ("owner", self.say("review.owner"))]
        items += [(item.key, item.title) for item in self.rules.grid.criteria]
        rest = [(item.key, item.title) for item in self.needs]
        rest.append(("plan.type", self.say("review.plan")))
        needed = set(self.needed(state.text))
        for item in base.support:
            rest.append((item.key, item.title))
            if item in needed and answers_planned(answers, item.key):
                rest.append((f"{item.key}.owner", self.say("review.support_owner", title=item.title)))
                rest.append((f"{item.key}.by", self.say("review.support_by", title=item.title)))
        items += [(key, title) for key, title in rest if key in unsure or not is_open(answers, key)]
        needless = self.say("answer.needless") if found.certain else self.say("answer.open")
        shown_items = []
        for key, title in items:
            value = self.said(key, answers)
            if not value:
                value = self.say("answer.unsure") if key in unsure else needless
                if key == "owner" or key.endswith((".owner", ".by")):
                    value = self.say("answer.left_blank")
            shown_items.append((key, title, value))
        return shown_items

    def review_lines(self, state: State) -> Iterator[Line]:
        yield Line("")
        yield Line(state.question.words)
        for number, (_, title, value) in enumerate(self.review_items(state), start=1):
            yield Line(self.say("review.item", number=number, title=title, answer=value), 2, 4)
        if state.text is not None:
            yield from self.result(state.text)

    def result(self, text: DecisionText) -> Iterator[Line]:
        """Say the type with its key question, or which types are still possible."""
        found = self.assessment(text)
        if found.certain and found.type is not None:
            yield Line(self.say("review.type", type=found.type.name))
            yield Line(self.say("certain.key_question", question=found.type.key_question))
        else:
            yield Line(self.say("review.not_certain", types=self.any_of(found.possible_types)))
        if found.plan.type is not None:
            yield Line(self.plan_line(found))

    def said(self, key: str, answers: Answers) -> str:
        """Return an answer in the words in which it was offered; empty where it is open."""
        answer = answers.get(key)
        value = answer.value if answer is not None else None
        if value is None:
            return ""
        options = {option.value: option.words for option in self.question(key).options}
        values = value if isinstance(value, tuple) else (str(value).lower() if isinstance(value, bool) else value,)
        return " ".join(options.get(str(item), shown(str(item))) for item in values)

    # Reading the text

    def decision(self, text: DecisionText) -> Decision:
        """Return the decision in a text that is known to be without faults."""
        decision = text.read().decision
        if decision is None:
            raise CannotEdit("the text can no longer be read")
        return decision

    def assessment(self, text: DecisionText) -> Assessment:
        return assess(self.decision(text).answers, self.rules)

    def markdown(self, name: str) -> bool:
        return name.lower().endswith(MARKDOWN_SUFFIXES)

    def proposal(self, state: State) -> str:
        """Return a file name made from the title."""
        return file_name(self.decision(state.text).title) if state.text is not None else ""


def openness_question(grid: Grid, answers: Answers, unsure: frozenset[str]) -> str | None:
    """Return the question about openness that narrows the advice most, without those that were left open.

    Ties go as in the engine. None where no answer could change which types are possible.
    """
    levels = grid.levels(answers)
    free = [
        index
        for index, (level, criterion) in enumerate(zip(levels, grid.criteria, strict=True))
        if level is None and criterion.key not in unsure
    ]
    if not free or not _could_narrow(grid, levels, free):
        return None
    return grid.criteria[min(free, key=lambda index: _left_after(grid, levels, index))].key


def _left_after(grid: Grid, levels: Levels, index: int) -> tuple[float, int, int]:
    """Return how many types an answer leaves possible, on average and at most."""
    criterion = grid.criteria[index]
    rank = grid.ranks[criterion.key]
    sizes = [
        len(grid.possible((*levels[:index], rank[answer.value], *levels[index + 1 :]))) for answer in criterion.answers
    ]
    return sum(sizes) / len(sizes), max(sizes), index


def _could_narrow(grid: Grid, levels: Levels, free: list[int]) -> bool:
    """Whether some answers to the free questions together leave other types possible than today."""
    today = grid.possible(levels)
    if len(today) == 1:
        return False
    filled = list(levels)
    for choice in product(*(range(len(grid.points[index])) for index in free)):
        for index, level in zip(free, choice, strict=True):
            filled[index] = level
        if grid.possible(tuple(filled)) != today:
            return True
    return False


def is_numbered(question: Question, before: State | None) -> bool:
    """Whether a question counts as a new one: not where it is asked once more, from the list at the end."""
    return question.ask in NUMBERED and (before is None or before.question.ask is not Ask.REVIEW)


def is_open(answers: Answers, key: str) -> bool:
    """Whether a key has no answer."""
    answer = answers.get(key)
    return answer is None or answer.value is None


def answers_planned(answers: Answers, key: str) -> bool:
    """Whether a prerequisite is said to be planned."""
    return not is_open(answers, key) and answers[key].value == "planned"


def support_keys(key: str, answers: Answers) -> tuple[str, ...]:
    """Return the questions about one prerequisite; who and when only where it is planned."""
    return (key, f"{key}.owner", f"{key}.by") if answers_planned(answers, key) else (key,)


def unknowns(found: Assessment) -> list[str]:
    """Return the questions about openness that have no answer."""
    return [item.criterion.question for item in found.contributions if item.points is None]


def numbers(said: str, count: int) -> list[int] | None:
    """Return the places, from 0, that a line of numbers names, each once; None where it is anything else."""
    chosen: list[int] = []
    for word in said.replace(",", " ").replace(";", " ").split():
        digits = word.rstrip(".)")
        if not digits.isdecimal() or len(digits) > 3 or not 1 <= int(digits) <= count:
            return None
        if int(digits) - 1 not in chosen:
            chosen.append(int(digits) - 1)
    return chosen or None


def shown(text: str) -> str:
    """Return a text on one line, safe to show and not too long."""
    text = one_line(text)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def lower_first(text: str) -> str:
    """Return a title as it stands inside a sentence; a word in capitals keeps them."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def file_name(title: str) -> str:
    """Return a plain file name made from a title."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall("[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) > 48:
            break
        name = f"{name}-{word}" if name else word
    return f"{name or 'decision'}.yaml"
