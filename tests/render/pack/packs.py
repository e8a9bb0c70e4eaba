"""Packs for tests: one example of each type, and one of a hostile file."""

from pathlib import Path

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.document import Source
from spectrum_cli.model.pack import Pack
from spectrum_cli.workflows.workshop import Session, make_pack

ONE_OF_EACH = {
    "inform": "phone-alert-test",
    "educate": "bin-roadshows",
    "consult": "village-surgery",
    "engage": "hospital-discharge",
    "co-design": "youth-wellbeing-service",
    "co-produce": "diabetes-plan",
}
LONG = "Lorem " * 1700
HOSTILE = (
    '"quoted" \'single\' <script>alert(1)</script> </style> {{ 7 * 7 }} {% raw %} #panic("no") #import "x" '
    "$x^2$ \\ `code` *bold* _under_ & &amp; ŵ Ŷ 😀 مرحبا שלום \u202e back \u0007 =1+1"
)
OPEN = (
    "openness: {stage: agenda, open_to_change: [priorities], use_of_input: shared, exchange: joint-work, "
    "agenda: together, starting_position: open}"
)


def pack_of_text(text: str, session: Session | None = None, *, part: str = "") -> Pack:
    decision = read_decision(Source("plan.yaml", text)).decision
    assert decision is not None
    advice = advise(decision, prepare(load_rule_base("practice")), with_moves=False)
    return make_pack(advice, session or Session(), load_texts(), part=part)


def pack_of(example: str, session: Session | None = None, *, part: str = "") -> Pack:
    return pack_of_text(Path(f"examples/{example}.yaml").read_text(encoding="utf-8"), session, part=part)


def hostile_pack() -> Pack:
    """Return a pack with dangerous text in every place that takes an author's words."""
    import json

    said = json.dumps(HOSTILE, ensure_ascii=False)
    return pack_of_text(
        f"spectrum: 1\ntitle: {said}\nowner: {said}\ndecided_by: {said}\n"
        f"openness: {{stage: aim, open_to_change: [method], use_of_input: shapes, exchange: joint-work, "
        f"starting_position: open, agenda: invited, fixed: [{{what: {said}, why: {said}}}, {json.dumps(LONG)}]}}\n"
        f"people: {{groups: [{said}, people]}}\n"
        f"support: {{skills: {{state: planned, owner: {said}, by: 2027-01-01, evidence: {said}}}}}\n"
        f"plan: {{type: co-design, promise: {said}, methods: [{said}]}}\n"
    )


def pack_of_kind(kind: str) -> Pack:
    """Return a pack for fourteen people: of the example of a type, or the hostile one."""
    return hostile_pack() if kind == "hostile" else pack_of(ONE_OF_EACH[kind], Session(participants=14))
