"""A rule base that can be gone through by hand: two questions of openness, fifteen complete files, a rule of each kind.

Without gates the sums and types are these (in a band: INFORM 0, EDUCATE 5, CONSULT 25, ENGAGE 45, CO-DESIGN 65,
CO-PRODUCE 85)::

    agenda       made  proposal  options  aim  agenda
    system          0        15       30   45      60
    invited        20        35       50   65      80
    together       40        55       70   85     100
"""

from dataclasses import replace
from functools import cache

from spectrum_cli.engine.assess import PreparedRules, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.rulebase import Condition, Criterion, CriterionAnswer, Origin, Rule, RuleBase

OURS = Origin("practice", "A test", "Ours")
STAGE, AGENDA, OPEN = "openness.stage", "openness.agenda", "openness.open_to_change"
_EFFECTS = {"gate": "holds_to", "floor": "asks_for"}


def question(key: str, weight: int, **points: int) -> Criterion:
    """Return a question of openness with its answers and their points."""
    answers = tuple(CriterionAnswer(word, f"It is {word}.", value) for word, value in points.items())
    name = key.partition(".")[2].replace("_", "-")
    return Criterion(name, key, "peoplehub", name, "What is it?", weight, answers, "So.", OURS, "1.0", "ours")


def rule(kind: str, ident: str, when: Condition, effect: str | dict[str, str], layer: str = "peoplehub") -> Rule:
    """Return a rule. The effect of a gate or floor is a type, that of a note what it says."""
    if isinstance(effect, str):
        effect = {"says": effect, "about": "fit"} if kind == "note" else {_EFFECTS[kind]: effect}
    return Rule(ident, kind, layer, f"{ident}.yaml", "A rule", when, effect, "A test needs it.", OURS, "1.0", ())


QUESTIONS = (
    question(STAGE, 60, made=0, proposal=25, options=50, aim=75, agenda=100),
    question(AGENDA, 40, system=0, invited=50, together=100),
)
# A question that is answered by a list; two of its answers count alike.
LISTS = (
    question(
        OPEN, 100, nothing=0, whether=25, options=50, method=75, quality_indicators=75, resources=100, priorities=100
    ),
)
MADE = rule("gate", "made", {"answer": STAGE, "is": "made"}, "educate")
OURS_ALONE = rule("gate", "ours-alone", {"answer": AGENDA, "is": "system"}, "engage")
IMPACT = rule("floor", "impact", {"answer": "need.impact", "is": "high"}, "consult")
DUTY = rule("floor", "duty", {"answer": "need.duty", "is": "express"}, "engage")
GUESS = rule(
    "estimate",
    "asked-in",
    {"answer": "need.understanding", "is": "high"},
    {"counts": AGENDA, "as": "invited"},
)
HURRY = rule("note", "hurry", {"answer": "time.weeks", "at_most": 4}, "There is little time.")
ABOVE = rule("note", "above", {"answer": "advice.gap", "at_least": 1}, "The need is above the openness.")
RULES = (MADE, OURS_ALONE, IMPACT, DUTY, GUESS, HURRY, ABOVE)


def small(*more: Rule, but: tuple[Rule, ...] = (), questions: tuple[Criterion, ...] = QUESTIONS) -> RuleBase:
    """Return the small rule base with more rules, or without some of its own."""
    kept = tuple(item for item in RULES if item not in but)
    return replace(_shipped(), criteria=questions, rules=(*kept, *more), support=())


def prepared(*more: Rule, but: tuple[Rule, ...] = (), questions: tuple[Criterion, ...] = QUESTIONS) -> PreparedRules:
    """Return the small rule base, made ready."""
    return prepare(small(*more, but=but, questions=questions))


@cache
def _shipped() -> RuleBase:
    """Where the types, bands and passages come from."""
    return load_rule_base("practice")
