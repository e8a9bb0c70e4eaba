"""SP371: what people were offered is not taken back once participation has opened."""

import pytest

from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.document import Source
from spectrum_cli.workflows.narrowing import narrowed

HEAD = "spectrum: 1\ntitle: Where the benches go\n"
OPENED = "dates: {opens: 2026-03-01}\n"
TODAY = "2026-04-01"


def decision(text: str) -> tuple[Decision, Source]:
    source = Source("a.yaml", HEAD + text)
    reading = read_decision(source)
    assert reading.decision is not None, reading.diagnostics
    return reading.decision, source


def found(before: str, now: str, today: str = TODAY) -> list[str]:
    later, source = decision(now)
    return [item.message for item in narrowed(decision(before)[0], later, source, today)]


def openness(**answers: str) -> str:
    return OPENED + f"openness: {{{', '.join(f'{key}: {value}' for key, value in answers.items())}}}\n"


@pytest.mark.parametrize(
    ("before", "now", "message"),
    [
        (openness(stage="aim"), openness(stage="made"), "the stage went from aim to made"),
        (openness(stage="options"), openness(stage="proposal"), "the stage went from options to proposal"),
        (
            openness(open_to_change="[whether, method, priorities]"),
            openness(open_to_change="[method]"),
            "whether, priorities is not open to change any more",
        ),
        (
            openness(open_to_change="[method]"),
            openness(open_to_change="[nothing]"),
            "method is not open to change any more",
        ),
        (OPENED + "plan: {type: co-design}", OPENED + "plan: {type: inform}", "the planned type went from co-design"),
    ],
)
def test_a_narrowed_offer_is_found_after_opening_and_not_the_other_way_round(
    before: str, now: str, message: str
) -> None:
    (told,) = found(before, now)
    assert told.startswith(message)
    assert told.endswith(", after participation opened on 2026-03-01")
    assert found(before, before) == []
    assert found(now, now) == []
    if "nothing" not in now:
        assert found(now, before) == []


def test_what_was_not_open_at_all_may_be_opened() -> None:
    assert found(openness(open_to_change="[nothing]"), openness(open_to_change="[method]")) == []


@pytest.mark.parametrize(
    ("before", "now"),
    [("aim", "unknown"), ("unknown", "made"), ("aim", None), (None, "made")],
)
def test_unknown_is_not_narrower(before: str | None, now: str | None) -> None:
    def text(stage: str | None) -> str:
        return openness(exchange="responses") if stage is None else openness(stage=stage)

    assert found(text(before), text(now)) == []


@pytest.mark.parametrize("now", ["unknown", "[unknown]", "", "[]"])
def test_a_list_that_has_become_unknown_is_not_narrower(now: str) -> None:
    assert found(openness(open_to_change="[method]"), openness(open_to_change=now)) == []


@pytest.mark.parametrize(
    ("before", "now", "today", "expected"),
    [
        ("2026-03-01", "2026-03-01", "2026-02-28", 0),
        ("2026-03-01", "2026-03-01", "2026-03-01", 1),
        ("2026-03-01", "2026-06-01", "2026-04-01", 1),
        ("2026-06-01", "2026-03-01", "2026-04-01", 1),
        ("2026-03-01", "unknown", "2026-04-01", 1),
        ("unknown", "2026-03-01", "2026-04-01", 1),
        ("unknown", "unknown", "2026-04-01", 0),
    ],
)
def test_participation_has_opened_on_the_first_day_that_either_text_names(
    before: str, now: str, today: str, expected: int
) -> None:
    def text(stage: str, opens: str) -> str:
        return f"dates: {{opens: {opens}}}\nopenness: {{stage: {stage}}}\n"

    assert len(found(text("aim", before), text("made", now), today)) == expected


PART = "parts:\n  - id: colour\n    title: Which colour\n"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("    openness: {stage: aim}\n", "    openness: {stage: made}\n", ["part 'colour': the stage went from aim"]),
        ("    plan: {type: engage}\n", "    plan: {type: inform}\n", ["part 'colour': the planned type went from"]),
        ("", "    openness: {stage: made}\n", ["part 'colour': the stage went from proposal to made"]),
        ("    openness: {stage: aim}\n", "", ["part 'colour': the stage went from aim to proposal"]),
        ("    openness: {stage: made}\n", "    openness: {stage: aim}\n", []),
        ("", "", []),
    ],
)
def test_a_narrowed_part_is_found(before: str, now: str, expected: list[str]) -> None:
    whole = openness(stage="proposal")
    told = found(whole + PART + before, whole + PART + now)
    assert len(told) == len(expected)
    assert all(message.startswith(start) for message, start in zip(told, expected, strict=True))


def test_what_a_part_takes_over_is_reported_for_the_whole_alone() -> None:
    told = found(openness(stage="aim") + PART, openness(stage="made") + PART)
    assert [message.partition(",")[0] for message in told] == ["the stage went from aim to made"]


def test_a_new_part_and_one_that_is_gone_were_not_narrowed() -> None:
    whole = openness(stage="aim")
    made = PART + "    openness: {stage: made}\n"
    assert found(whole, whole + made) == []
    assert found(whole + made, whole) == []


def test_the_finding_points_at_the_answer_of_today() -> None:
    now, source = decision(openness(stage="made"))
    (item,) = narrowed(decision(openness(stage="aim"))[0], now, source, TODAY)
    assert item.span is not None
    assert (item.code, item.file, item.span.line, item.line_text) == ("SP371", "a.yaml", 4, "openness: {stage: made}")
    now, source = decision(OPENED + "openness:\n  open_to_change:\n    - method\n    - whether\n")
    (item,) = narrowed(decision(openness(open_to_change="[method, resources]"))[0], now, source, TODAY)
    assert item.span is not None
    assert (item.span.line, item.span.end_line, item.line_text) == (6, 6, "    - method")
