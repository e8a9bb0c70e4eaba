"""The interview as a machine: a state and a line in, a state and lines out."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.files.decision_edit import DecisionText, decision_text
from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.decision import Answer, AnswerValue
from spectrum_cli.workflows.interview import (
    Ask,
    Interviewer,
    State,
    Turn,
    file_name,
    lower_first,
    numbers,
    openness_question,
)

ROOT = Path(__file__).resolve().parents[2]
HEAD = "spectrum: 1\ntitle: Where the benches go\n"
MADE = HEAD + "openness: {stage: made, exchange: questions}\n"
OPEN = HEAD + "openness:\n  stage: options # said the board\n"
FULL = HEAD + (
    "openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses,\n"
    "  starting_position: open, agenda: invited}\n"
)
READ = sorted((ROOT / "examples").glob("*.yaml"))


def text_of(turn: Turn) -> str:
    return "\n".join(line.text for line in turn.lines)


class Talk:
    """An interview and all that it has said."""

    def __init__(self, rules: PreparedRules, source: str | None = None, file: str = "plan.yaml") -> None:
        text = decision_text(file, source.encode(), markdown=file.endswith(".md")) if source is not None else None
        self.machine = Interviewer(rules, load_texts(), file, resumed=source is not None)
        self.turn = self.machine.begin(text)

    def say(self, *lines: str) -> str:
        said = ""
        for line in lines:
            self.turn = self.machine.take(self.turn.state, line)
            said += text_of(self.turn) + "\n"
        return said

    @property
    def state(self) -> State:
        return self.turn.state

    @property
    def key(self) -> str:
        return self.state.question.key

    @property
    def text(self) -> DecisionText:
        assert self.state.text is not None
        return self.state.text

    @property
    def answers(self) -> dict[str, AnswerValue]:
        answers = self.machine.decision(self.text).answers
        return {key: answer.value for key, answer in answers.items() if answer.value is not None}

    def number(self, words: str) -> str:
        """Return the number of the answer that begins with some words."""
        options = self.state.question.options
        return str(next(place for place, option in enumerate(options, start=1) if option.words.startswith(words)))


# Beginning


def test_a_new_interview_asks_for_the_title_and_for_who_looks_after_it_first(practice: PreparedRules) -> None:
    talk = Talk(practice)
    assert talk.key == "title"
    assert "A title is needed" in talk.say("", "s")
    assert "Question 2" in talk.say("Where the benches go")
    assert talk.key == "owner"
    talk.say("Ada")
    assert talk.answers == {"title": "Where the benches go", "owner": "Ada"}
    assert "# How open the decision is to influence." in talk.text.whole


def test_the_file_of_a_new_interview_is_the_template_in_its_own_order(practice: PreparedRules) -> None:
    from spectrum_cli.render.template import render_template

    talk = Talk(practice)
    talk.say("A plan", "", "4", "q")
    template = render_template(practice.rule_base, "A plan")
    assert talk.text.whole == template.replace("  exchange: unknown", "  exchange: discussion")
    markdown = Talk(practice, file="plan.md")
    markdown.say("A plan", "q")
    assert markdown.text.whole == render_template(practice.rule_base, "A plan", markdown=True)


def test_a_resumed_interview_goes_on_where_the_file_is_open(practice: PreparedRules) -> None:
    talk = Talk(practice, OPEN)
    said = text_of(talk.turn)
    assert "“Where the benches go”" in said
    assert "Still possible: EDUCATE, CONSULT or ENGAGE." in said or "Still possible:" in said
    assert talk.key.startswith("openness.")
    assert talk.key != "openness.stage"


def test_parts_are_named_where_there_are_any(practice: PreparedRules) -> None:
    assert "How many: 1." in text_of(Talk(practice, OPEN + "parts: [{id: a, title: B}]\n").turn)
    assert "How many" not in text_of(Talk(practice, OPEN).turn)


# Which question comes next


def test_the_first_question_is_that_which_the_advice_would_name(practice: PreparedRules) -> None:
    for source in (HEAD, OPEN, MADE, FULL):
        answers = Talk(practice, source).machine.decision(decision_text("a", source.encode())).answers
        named = assess(answers, practice).next_question
        assert openness_question(practice.grid, answers, frozenset()) == (named.criterion.key if named else None)


def test_what_was_left_open_is_not_asked_again_and_the_rest_is(practice: PreparedRules) -> None:
    talk = Talk(practice, HEAD)
    asked = []
    while talk.state.question.ask in (Ask.ONE, Ask.SEVERAL) and talk.key.startswith("openness."):
        asked.append(talk.key)
        said = talk.say("s")
    assert len(asked) == len(set(asked)) >= 4
    assert talk.state.unsure == set(asked)
    assert "nothing is known yet" in said
    assert "Find it out: How far has the decision come?" in said
    assert talk.text.whole == HEAD


def test_asking_stops_when_no_answer_could_change_the_type_and_says_why(practice: PreparedRules) -> None:
    talk = Talk(practice, OPEN)
    while talk.key.startswith("openness."):
        said = talk.say("1")
    found = assess(talk.machine.decision(talk.text).answers, practice)
    assert found.certain
    assert found.type is not None
    assert f"The type is certain now: {found.type.name}." in said
    assert "No answer to the questions left could change the type." in said
    assert "What decides it: " in said
    assert found.type.key_question in said


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 6), max_size=6), st.sets(st.integers(0, 5)))
@settings(max_examples=60)
def test_no_question_is_asked_that_could_change_nothing_and_none_is_left_out_that_could(
    practice: PreparedRules, given_answers: dict[int, int], left_open: set[int]
) -> None:
    grid = practice.grid
    answers = {}
    for index, place in given_answers.items():
        criterion = grid.criteria[index]
        value = criterion.answers[place % len(criterion.answers)].value
        answers[criterion.key] = Answer((value,) if "open_to" in criterion.key else value, 1, 1, 1, 1)
    unsure = frozenset(grid.criteria[index].key for index in left_open)
    key = openness_question(grid, answers, unsure)
    today = grid.possible(grid.levels(answers))
    free = [item for item in grid.criteria if item.key not in answers and item.key not in unsure]
    if key is None:
        for criterion in free:
            for answer in criterion.answers:
                value = (answer.value,) if "open_to" in criterion.key else answer.value
                more = {**answers, criterion.key: Answer(value, 1, 1, 1, 1)}
                assert grid.possible(grid.levels(more)) == today
    else:
        assert key in {item.key for item in free}
        assert len(today) > 1


# What is said after an answer


def test_each_answer_shows_how_the_types_have_narrowed(practice: PreparedRules) -> None:
    talk = Talk(practice, HEAD)
    assert talk.key == "openness.exchange"
    assert "Still possible: EDUCATE, CONSULT, ENGAGE, CO-DESIGN or CO-PRODUCE (before: 6 types)." in talk.say("4")
    assert "(as before)" in talk.say("s")


def test_a_changed_answer_can_make_more_possible_again(practice: PreparedRules) -> None:
    talk = Talk(practice, MADE)
    talk.say("3")
    assert talk.state.question.ask is Ask.REVIEW
    assert "Your answer so far: It has been taken." in talk.say("3")
    assert "The type stays EDUCATE." in talk.say("2")
    talk.say("6")
    said = talk.say(talk.number("Talk it through"))
    assert "Still possible: EDUCATE or CONSULT (before: only EDUCATE)." in said
    assert talk.key.startswith("openness.")


def test_what_the_decision_asks_for_is_named_beside_the_type(practice: PreparedRules) -> None:
    talk = Talk(practice, MADE)
    assert talk.state.question.ask is Ask.GROUP
    talk.say("1")
    assert talk.key == "need.impact"
    assert "The decision asks for CONSULT at least. The type is EDUCATE." in talk.say("3")
    while talk.key.startswith("need."):
        talk.say("1")
    assert talk.answers["need.unequal_effect"] is False
    assert talk.key == "plan.type"


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        ("EDUCATE", "Your plan fits: EDUCATE."),
        ("CONSULT", "Your plan, CONSULT, promises more than the decision allows. EDUCATE is the most"),
        ("INFORM", "Your plan, INFORM, is less than the decision would allow."),
    ],
)
def test_the_plan_is_held_against_the_type(planned: str, words: str, practice: PreparedRules) -> None:
    talk = Talk(practice, MADE)
    talk.say("2")
    assert words in talk.say(talk.number(planned))


def test_a_plan_that_is_not_shown_yet_is_said_to_be_so(practice: PreparedRules) -> None:
    talk = Talk(practice, HEAD + "openness: {exchange: discussion}\n")
    while talk.key.startswith("openness."):
        talk.say("s")
    talk.say("2")
    assert "do not show yet that CO-PRODUCE can be promised" in talk.say(talk.number("CO-PRODUCE"))


def test_a_planned_prerequisite_asks_who_and_when(practice: PreparedRules) -> None:
    talk = Talk(practice, MADE)
    talk.say("2", "s")
    assert "what EDUCATE needs in place" in text_of(talk.turn)
    talk.say("1")
    assert "In place: 0. Planned: 1. Missing: 0. Not answered: 0." in talk.say("2")
    assert "“soon”" in talk.say("Ada", "soon")
    assert "no such day: 2027-02-30" in talk.say("2027-02-30")
    talk.say("2027-4-3")
    assert talk.answers["support.reasons"] == "planned"
    assert talk.answers["support.reasons.owner"] == "Ada"
    assert talk.answers["support.reasons.by"] == "2027-04-03"
    assert talk.text.whole.endswith('support:\n  reasons: {state: planned, owner: "Ada", by: 2027-04-03}\n')


def test_groups_can_be_left_out_one_by_one_or_all_at_once(practice: PreparedRules) -> None:
    talk = Talk(practice, MADE)
    talk.say("2")
    assert talk.key == "plan.type"
    talk.say("s", "2")
    assert talk.state.question.ask is Ask.REVIEW
    talk = Talk(practice, MADE)
    talk.say("3")
    assert talk.state.question.ask is Ask.REVIEW


# Numbers, and what is none


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1", [0]),
        ("1.", [0]),
        ("2)", [1]),
        (" 1, 3 ", [0, 2]),
        ("1 3;2", [0, 2, 1]),
        ("3,3", [2]),
        ("１", [0]),
        *((odd, None) for odd in ("", ",", "0", "4", "-1", "1-3", "one", "1e1", "²", "9" * 5000, "1\x00", "[1]")),
    ],
)
def test_a_line_of_numbers(said: str, expected: list[int] | None) -> None:
    assert numbers(said, 3) == expected


def test_a_wrong_line_says_what_is_possible_and_changes_nothing(practice: PreparedRules) -> None:
    talk = Talk(practice, OPEN)
    before = talk.state
    said = talk.say("9", "two", "\x1b[2J\u202e", "x" * 20_000, "")
    assert "We need a number from 1 to 4. You wrote “9”." in said or "from 1 to" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "This is too long." in said
    assert "or h for help" in said
    assert talk.state.wrong == 5
    assert (talk.state.text, talk.state.question, talk.state.before) == (before.text, before.question, None)
    talk.say("1")
    assert talk.state.wrong == 0


def test_a_list_takes_several_numbers_and_nothing_stands_alone(practice: PreparedRules) -> None:
    talk = Talk(practice, OPEN)
    while talk.key != "openness.open_to_change":
        talk.say("s")
    assert "“Nothing” stands alone" in talk.say("1,2")
    assert "numbers from 1 to 7 with commas" in talk.say("8,1")
    talk.say("3, 2")
    assert talk.answers["openness.open_to_change"] == ("whether", "options")


# Commands


def test_why_gives_the_reason_and_the_source_of_every_question(practice: PreparedRules) -> None:
    talk = Talk(practice)
    assert "a good title" in talk.say("?")
    talk.say("A plan")
    assert "whom to turn to" in talk.say("?")
    talk.say("")
    assert "peoplehub’s Spectrum of Participation, “How the relationship grows”" in talk.say("?")
    assert practice.rule_base.criterion("openness.exchange").because in talk.say("?")  # type: ignore[union-attr]
    talk.say("2")
    assert "have at stake" in talk.say("?")
    talk.say("1")
    assert "what people in the field do, “Levels of impact” (City of Stirling" in talk.say("?")
    while talk.key.startswith("need."):
        talk.say("s")
    assert "promise more" in talk.say("?")
    talk.say("s")
    assert "What is missing never changes the type" in talk.say("?")
    talk.say("1")
    assert "spectrum explain support.reasons" in talk.say("?")
    talk.say("2")
    assert "easily forgotten" in talk.say("?")
    talk.say("")
    assert "come in time" in talk.say("?")
    talk.say("")
    assert talk.state.question.ask is Ask.REVIEW
    assert "easy to mistype" in talk.say("?")


def test_help_names_every_command(practice: PreparedRules) -> None:
    talk = Talk(practice, OPEN)
    said = talk.say("h")
    for command in ("s:", "b:", "?:", "q:", "h:", "1,3", "Ctrl-C"):
        assert command in said
    assert talk.say("H") == said


def test_back_undoes_step_by_step_to_the_first_question(practice: PreparedRules) -> None:
    talk = Talk(practice)
    states = [talk.state]
    replies = {Ask.TEXT: "Bo", Ask.DATE: "2027-01-05", Ask.TITLE: "A plan", Ask.REVIEW: ""}
    for step in range(60):
        if talk.state.ended:
            break
        unsure = step % 4 == 3 and talk.state.question.ask in (Ask.ONE, Ask.SEVERAL)
        talk.say(
            "s" if unsure else replies.get(talk.state.question.ask, "2" if talk.key.startswith("support.") else "1")
        )
        assert talk.state.before is states[-1]
        states.append(talk.state)
    assert len(states) > 8
    assert talk.state.ended
    while len(states) > 1:
        states.pop()
        assert "Your last answer is taken back." in talk.say("b")
        assert talk.state == states[-1]
    assert "nothing to go back to" in talk.say("b")


def test_quitting_ends_where_the_file_is_known_and_asks_where_it_is_not(practice: PreparedRules) -> None:
    known = Talk(practice, OPEN)
    known.say("1", "q")
    assert known.state.ended
    assert known.state.place == ""
    unknown = Talk(practice, file="")
    unknown.say("Where the benches go", "q")
    assert unknown.state.question.ask is Ask.PLACE
    assert "where-the-benches-go.yaml" in unknown.machine.prompt(unknown.state)
    unknown.say("b")
    assert unknown.key == "owner"
    unknown.say("q", "q")
    assert unknown.state.ended
    assert unknown.state.beside
    assert unknown.state.place == "where-the-benches-go.yaml"
    empty = Talk(practice, file="")
    empty.say("q")
    assert empty.state.ended
    assert empty.state.text is None


# The answers at the end


def test_the_list_at_the_end_holds_every_answer_and_any_of_them_can_be_changed(practice: PreparedRules) -> None:
    talk = Talk(practice, FULL + "plan: {type: engage}\nsupport: {reasons: planned}\n")
    said = talk.say("3")
    for line in (
        "1. What is to be decided: Where the benches go",
        "2. Who looks after it: left out",
        "3. How far the decision has come: One proposal is on the table.",
        "The type that fits: CONSULT.",
        "Its key question: “This is what is happening and why. Do you agree or disagree?”",
        "Your plan, ENGAGE, promises more",
    ):
        assert line in said
    for number, (key, _, _) in enumerate(talk.machine.review_items(talk.state), start=1):
        assert talk.key == "review"
        talk.say(str(number))
        assert talk.key == key
        talk.say("b")
    assert "We need a number from 1 to" in talk.say("99", "x", "s")
    talk.say("")
    assert talk.state.ended


def test_an_answer_is_kept_with_enter_and_taken_back_with_s(practice: PreparedRules) -> None:
    talk = Talk(practice, FULL)
    talk.say("3")
    talk.say("4", "")
    assert talk.text.whole == FULL
    talk.say("1", "")
    assert talk.text.whole == FULL
    said = talk.say("8", "s")
    assert "The type stays CONSULT." in said
    assert "not sure" in said
    assert talk.text.whole == FULL.replace("agenda: invited", "agenda: unknown")


def test_no_answer_is_given_that_cannot_be_written(practice: PreparedRules) -> None:
    source = HEAD + "openness:\n  open_to_change:\n    -\n      whether\n    - options # one\n"
    talk = Talk(practice, source)
    talk.turn = Turn(
        State(talk.text, talk.machine.question("openness.open_to_change")),
        (),
    )
    assert "left the file as it is" in talk.say("4")
    assert talk.text.whole == source


# Any lines at all

LINES = st.lists(
    st.one_of(
        st.sampled_from(["1", "2", "3", "4", "1,2", "b", "s", "?", "h", "q", "", "2027-01-05", "Ada # \"'{{ }}"]),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(st.sampled_from([None, HEAD, OPEN, MADE, FULL]), LINES)
@settings(max_examples=80)
def test_no_lines_break_it_and_its_text_can_always_be_read(
    practice: PreparedRules, source: str | None, lines: list[str]
) -> None:
    talk = Talk(practice, source, file="" if source is None else "plan.yaml")
    for line in lines:
        if talk.state.ended:
            break
        said = talk.say(line)
        assert not set("\x1b\x07\x00\u202e") & set(said)
        assert talk.machine.prompt(talk.state).endswith(": ")
    if talk.state.text is not None:
        assert talk.text.read().decision is not None


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_every_example_can_be_gone_on_with(path: Path, practice: PreparedRules) -> None:
    source = path.read_text(encoding="utf-8")
    talk = Talk(practice, source)
    for _ in range(60):
        if talk.state.question.ask is Ask.REVIEW:
            break
        talk.say("2027-01-05" if talk.state.question.ask is Ask.DATE else "1")
    assert talk.state.question.ask is Ask.REVIEW
    kept = [line for line in source.splitlines() if line.strip().startswith("#")]
    assert [line for line in talk.text.whole.splitlines() if line.strip().startswith("#")] == kept


# Words


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Move the clinic", "move-the-clinic.yaml"),
        ("Héallth: «centre» #4", "heallth-centre-4.yaml"),
        ("../../etc/passwd", "etc-passwd.yaml"),
        ("決定", "decision.yaml"),
        ("", "decision.yaml"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word.yaml"),
    ],
)
def test_a_file_name_is_made_from_the_title(title: str, expected: str) -> None:
    assert file_name(title) == expected


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", "a-plan.yaml"),
        ("b2", "b2.yaml"),
        ("x/y.YML", "x/y.YML"),
        ("my plan", "my plan.yaml"),
        ("a.b.yaml", "a.b.yaml"),
    ],
)
def test_where_to_save_is_proposed_and_can_be_said(typed: str, place: str, practice: PreparedRules) -> None:
    talk = Talk(practice, file="")
    talk.say("A plan", "q", typed)
    assert talk.state.ended
    assert talk.state.place == place


@pytest.mark.parametrize("typed", ["plan.txt", "plan.md", "folder/", "a\0b", "folder\\"])
def test_a_name_that_is_none_is_asked_for_again(typed: str, practice: PreparedRules) -> None:
    talk = Talk(practice, file="")
    assert "must end in .yaml" in talk.say("A plan", "q", typed)
    assert not talk.state.ended


def test_a_word_in_capitals_keeps_them() -> None:
    assert [lower_first(text) for text in ("The plan", "NHS plan", "", "A")] == ["the plan", "NHS plan", "", "a"]
