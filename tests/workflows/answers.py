"""Decisions drawn at random, for what must hold of any of them."""

from hypothesis import strategies as st

from spectrum_cli.model.decision import Answer, Decision, Part
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, Kind
from spectrum_cli.model.location import Span

WORDS = st.sampled_from(["", "one", "two words", "[/b] <script>"])
KEYS = tuple(
    field.key
    for section in SECTIONS
    for field in section.fields
    if section.name in ("dates", "openness", "need", "people", "plan") and field.kind is not Kind.FIXED
)


def _value(key: str) -> st.SearchStrategy[object]:
    field = FIELDS[key]
    if field.kind is Kind.CHOICE:
        return st.sampled_from([*field.answers, None])
    if field.kind is Kind.CHOICES:
        nothing, *rest = field.answers
        several = st.lists(st.sampled_from(rest), min_size=1, max_size=3, unique=True).map(tuple)
        return st.one_of(several, st.just((nothing,)), st.none())
    if field.kind is Kind.FLAG:
        return st.one_of(st.booleans(), st.none())
    if field.kind is Kind.DATE:
        return st.sampled_from(["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", None])
    if field.kind is Kind.COUNT:
        return st.sampled_from([0, 1, 5000])
    if field.kind is Kind.TEXTS:
        return st.lists(WORDS, max_size=2).map(tuple)
    return WORDS


def _answers(least: int = 0) -> st.SearchStrategy[dict[str, Answer]]:
    values = st.fixed_dictionaries({}, optional={key: _value(key) for key in KEYS})
    return values.map(
        lambda drawn: {
            key: Answer(value, line, 1, line, 2) for line, (key, value) in enumerate(drawn.items(), start=least)
        }
    )


def _part(ident: str, answers: dict[str, Answer]) -> Part:
    return Part(ident, f"Part {ident}", answers, Span(90, 1, 90, 2))


def _decision(answers: dict[str, Answer], parts: dict[str, dict[str, Answer]]) -> Decision:
    named = {"title": Answer("A decision", 2, 1, 2, 2), **answers}
    return Decision("a.yaml", "A decision", named, tuple(_part(ident, own) for ident, own in parts.items()))


DECISIONS = st.builds(
    _decision, _answers(3), st.dictionaries(st.sampled_from(["x", "y", "z"]), _answers(40), max_size=2)
)
