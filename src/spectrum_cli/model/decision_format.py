"""The decision file, format 1, as one table.

The reader, the JSON Schema, the template and the docs all come from it, so they cannot drift apart. Keys and
answers are a contract: new ones may be added, none may change its meaning.
"""

from dataclasses import dataclass
from enum import Enum, auto

FORMAT_VERSION = 1
MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
MAX_PARTS = 200

UNKNOWN = "unknown"
TYPE_IDS = ("inform", "educate", "consult", "engage", "co-design", "co-produce")
LOW_TO_HIGH = ("low", "medium", "high")
SUPPORT_STATES = ("met", "planned", "missing")


class Kind(Enum):
    """What may stand under a key."""

    TEXT = auto()
    TEXTS = auto()
    CHOICE = auto()
    CHOICES = auto()
    COUNT = auto()
    FLAG = auto()
    DATE = auto()
    FIXED = auto()
    SUPPORT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One key: its dotted name, what may stand there, what it means and an example in YAML."""

    key: str
    kind: Kind
    meaning: str
    example: str
    answers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the dotted name, as written in the file."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level key that holds other keys."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


TITLE = Field("title", Kind.TEXT, "What is to be decided, in one line.", "Move the clinic to the new health centre")

TOP_FIELDS: tuple[Field, ...] = (
    TITLE,
    Field("summary", Kind.TEXT, "Two or three sentences of background.", "The lease ends in June."),
    Field("owner", Kind.TEXT, "Who is responsible for this file.", "Eastvale Community Health"),
    Field("decided_by", Kind.TEXT, "The person or body that takes the decision.", "Board of Eastvale"),
    Field("notes", Kind.TEXT, "Free text. Nothing is read from it.", "Check the dates with the trust."),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "dates",
        "When participation runs and when the decision is taken.",
        (
            Field("dates.opens", Kind.DATE, "The day participation opens.", "2027-01-05"),
            Field("dates.closes", Kind.DATE, "The day participation closes.", "2027-03-02"),
            Field("dates.decision", Kind.DATE, "The day the decision is taken.", "2027-03-31"),
            Field("dates.feedback", Kind.DATE, "The day people hear what effect they had.", "2027-04-30"),
            Field("dates.review", Kind.DATE, "The day the type is looked at again.", "2027-10-01"),
        ),
    ),
    Section(
        "openness",
        "How open the decision is to influence. This decides the type.",
        (
            Field(
                "openness.stage",
                Kind.CHOICE,
                "How far the decision has come.",
                "proposal",
                ("made", "proposal", "options", "aim", "agenda"),
            ),
            Field(
                "openness.open_to_change",
                Kind.CHOICES,
                "What people's input can change. 'nothing' stands alone.",
                "[whether]",
                ("nothing", "whether", "options", "method", "priorities", "resources", "quality_indicators"),
            ),
            Field(
                "openness.use_of_input",
                Kind.CHOICE,
                "What happens to what people say.",
                "considered",
                ("none", "considered", "shapes", "shared"),
            ),
            Field(
                "openness.exchange",
                Kind.CHOICE,
                "What people can do: receive, ask, answer, talk it through, work on it together.",
                "responses",
                ("one-way", "questions", "responses", "discussion", "joint-work"),
            ),
            Field(
                "openness.starting_position",
                Kind.CHOICE,
                "How firm the organisation's own view is.",
                "preferred",
                ("settled", "preferred", "leaning", "open"),
            ),
            Field(
                "openness.agenda",
                Kind.CHOICE,
                "Who decides what is talked about.",
                "system",
                ("system", "invited", "together"),
            ),
            Field(
                "openness.fixed",
                Kind.FIXED,
                "What is not open, and why, in your own words.",
                "[{what: The present building will close, why: The lease ends}]",
            ),
        ),
    ),
    Section(
        "need",
        "What the decision asks for. It sets a floor and never raises the openness.",
        (
            Field("need.impact", Kind.CHOICE, "Effect on the people concerned.", "high", LOW_TO_HIGH),
            Field(
                "need.understanding",
                Kind.CHOICE,
                "How much people must understand the reasons.",
                "high",
                LOW_TO_HIGH,
            ),
            Field(
                "need.duty",
                Kind.CHOICE,
                "A legal duty to involve or consult.",
                "express",
                ("none", "implied", "express"),
            ),
            Field(
                "need.lived_experience",
                Kind.CHOICE,
                "How much a good decision depends on what people know from experience.",
                "medium",
                LOW_TO_HIGH,
            ),
            Field("need.contested", Kind.CHOICE, "How much is disputed.", "high", LOW_TO_HIGH),
            Field(
                "need.acceptance",
                Kind.CHOICE,
                "How much carrying it out depends on people accepting it.",
                "high",
                LOW_TO_HIGH,
            ),
            Field("need.unequal_effect", Kind.FLAG, "Some groups are affected differently.", "true"),
        ),
    ),
    Section(
        "people",
        "Who is concerned and who takes part.",
        (
            Field("people.affected", Kind.COUNT, "How many people are affected.", "12000"),
            Field("people.taking_part", Kind.COUNT, "How many people take part.", "900"),
            Field("people.groups", Kind.TEXTS, "Which groups.", "[people with diabetes, carers]"),
        ),
    ),
    Section(
        "time",
        "How long there is.",
        (
            Field("time.weeks", Kind.COUNT, "Weeks for participation. Follows from the dates if left out.", "8"),
            Field("time.ongoing", Kind.FLAG, "The work has no end date.", "false"),
        ),
    ),
    Section(
        "support",
        "What has been put in place for people.",
        tuple(
            Field(f"support.{name}", Kind.SUPPORT, meaning, "planned", SUPPORT_STATES)
            for name, meaning in (
                ("reasons", "The reasons for the decision and its impact on people, explained."),
                ("pros_and_cons", "The likely benefits and drawbacks of yes and of no."),
                ("scope", "What is open to change and what is not."),
                ("effect_of_input", "People are told what effect their input had."),
                ("response_capacity", "Someone has time to collate in-depth views and answer them."),
                ("challenges_and_resources", "The challenges faced and the resources available, understood."),
                ("perspectives", "A mix of people whose different perspectives are valued."),
                ("access", "Access needs met, expenses or time paid."),
                ("policy", "Information on relevant policy and where its direction can be influenced."),
                ("skills", "Help to take part constructively with decision-makers."),
                ("power", "Differences in power and responsibility named and dealt with."),
                ("investment", "Staff time, preparation and money committed."),
                ("commitment", "A decision-maker who has agreed to be influenced."),
                ("steady_group", "A consistent group, supported over the long term."),
                ("independent_feedback", "Independent feedback from the wider population, on agreed indicators."),
            )
        ),
    ),
    Section(
        "place",
        "Where the decision belongs and how it reaches people locally.",
        (
            Field(
                "place.level",
                Kind.CHOICE,
                "The level at which it is decided.",
                "local",
                ("national", "regional", "local", "organisation"),
            ),
            Field(
                "place.implements",
                Kind.TEXT,
                "The decision file that this one carries out locally, as a path relative to this file.",
                "../national/diabetes-plan.yaml",
            ),
            Field("place.implemented_locally", Kind.FLAG, "It is carried out by local bodies.", "true"),
            Field(
                "place.local_participation",
                Kind.CHOICE,
                "The participation type used locally.",
                "none",
                (*TYPE_IDS, "none"),
            ),
        ),
    ),
    Section(
        "plan",
        "What this proposal says it will do.",
        (
            Field("plan.type", Kind.CHOICE, "The participation type that is planned.", "consult", TYPE_IDS),
            Field("plan.promise", Kind.TEXT, "The promise to people, in your words.", "We will tell you what changed."),
            Field("plan.methods", Kind.TEXTS, "How it will be done.", "[survey, drop-in events]"),
        ),
    ),
)

SUPPORT_FIELDS: tuple[Field, ...] = (
    Field("state", Kind.CHOICE, "How far it is.", "planned", SUPPORT_STATES),
    Field("owner", Kind.TEXT, "Who sees to it.", "Engagement team"),
    Field("by", Kind.DATE, "The day it is in place.", "2027-04-30"),
    Field("evidence", Kind.TEXT, "What shows it.", "Report to the board"),
)

FIELDS: dict[str, Field] = {
    field.key: field for field in (*TOP_FIELDS, *(field for section in SECTIONS for field in section.fields))
}
SECTION_NAMES = frozenset(section.name for section in SECTIONS)
SUPPORT_KEYS: tuple[str, ...] = tuple(key for key in FIELDS if key.startswith("support."))
