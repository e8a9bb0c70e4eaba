"""Proves that a rule base is sound, over all decision files that there can be. Nothing is sampled."""

from collections.abc import Iterator

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.verify_openness import prove_openness, type_function
from spectrum_cli.engine.verify_rules import prove_rules
from spectrum_cli.engine.verify_space import Space
from spectrum_cli.engine.verify_texts import prove_texts
from spectrum_cli.model.verification import Fault, Proof, Proved, Shown


def prove(prepared: PreparedRules) -> Proved:
    """Return every proof about a rule base, what is wrong with it, and answers that show its types and rules."""
    found = tuple(_everything(prepared))
    return Proved(
        proofs=tuple(item for item in found if isinstance(item, Proof)),
        faults=tuple(item for item in found if isinstance(item, Fault)),
        shown=tuple(item for item in found if isinstance(item, Shown)),
    )


def _everything(prepared: PreparedRules) -> Iterator[Proof | Fault | Shown]:
    space = Space(prepared.rule_base, prepared.grid)
    typed = type_function(space)
    yield from prove_openness(space, typed)
    yield from prove_rules(space, typed, prepared)
    yield from prove_texts(prepared.rule_base)
