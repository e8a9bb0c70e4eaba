"""A decision as its author described it: answers with their places, nothing interpreted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spectrum_cli.model.location import Span


class Fixed(NamedTuple):
    """Something that is not open, in the author's words, and why (empty where no reason is given)."""

    what: str
    why: str


AnswerValue = str | int | bool | tuple[str, ...] | tuple[Fixed, ...] | None


class Answer(NamedTuple):
    """One answer and where it stands. A value of None means that the author wrote it as unknown.

    A flat tuple, because a folder of files makes millions of them. Lines and columns count from 1.
    """

    value: AnswerValue
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The place of the value."""
        return tuple.__new__(Span, self[1:])


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Part:
    """A decision inside the decision. ``answers`` holds only what the part states itself."""

    id: str
    title: str
    answers: Answers
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision file, read. Keys of ``answers`` are dotted: ``openness.stage``, ``support.skills.owner``."""

    file: str
    title: str
    answers: Answers
    parts: tuple[Part, ...] = ()

    def part_answers(self, part: Part) -> Answers:
        """Return the part's answers over the whole file's, answer by answer.

        What the part states, an explicit unknown included, is never taken from the whole file. The mapping of
        a support item (state, owner, by, evidence) is one answer, and so are dates that say how long it takes.
        """
        own = part.answers
        stated_support = {key.split(".")[1] for key in own if key.startswith("support.")}
        own_dates = "dates.opens" in own or "dates.closes" in own
        inherited: dict[str, Answer] = {}
        for key, answer in self.answers.items():
            if key in WHOLE_FILE_ONLY or (key.startswith("support.") and key.split(".")[1] in stated_support):
                continue
            if key == "time.weeks" and own_dates:
                continue
            inherited[key] = answer
        merged = {**inherited, **own}
        if own_dates and "time.weeks" not in merged and (weeks := weeks_between_dates(merged)) is not None:
            merged["time.weeks"] = weeks
        return merged


WHOLE_FILE_ONLY = frozenset({"title", "summary", "notes"})


def weeks_between_dates(answers: Answers) -> Answer | None:
    """Return the whole weeks between opening and closing, placed where the opening stands; None without both days."""
    opens, closes = answers.get("dates.opens"), answers.get("dates.closes")
    if opens is None or closes is None or not opens.value or not closes.value:
        return None
    from datetime import date

    days = (date.fromisoformat(str(closes.value)) - date.fromisoformat(str(opens.value))).days
    return opens._replace(value=days // 7) if days >= 0 else None


def text_of(answers: Answers, key: str) -> str:
    """Return the text stated under a key, or an empty text."""
    answer = answers.get(key)
    return answer.value if answer is not None and isinstance(answer.value, str) else ""


def texts_of(answers: Answers, key: str) -> tuple[str, ...]:
    """Return the list stated under a key, or an empty one."""
    answer = answers.get(key)
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(item for item in answer.value if isinstance(item, str))


def fixed_of(answers: Answers) -> tuple[Fixed, ...]:
    """Return what the author says is not open."""
    answer = answers.get("openness.fixed")
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(item for item in answer.value if isinstance(item, Fixed))


def stated(answers: Answers) -> Iterator[tuple[str, Answer]]:
    """Yield the answers that say something, in the order of the file."""
    return ((key, answer) for key, answer in answers.items() if answer.value is not None)
