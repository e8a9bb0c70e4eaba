"""Proof that every text, source and version is there, and that every passage cited is in the outline."""

from collections.abc import Iterator
from dataclasses import fields

from spectrum_cli.model.rulebase import Counterpart, Origin, RuleBase
from spectrum_cli.model.verification import RULE_FOLDERS, Fault, Place, Proof

_NO_TEXT_NEEDED = ("reference", "acknowledgement")


def prove_texts(base: RuleBase) -> Iterator[Proof | Fault]:
    """Yield the proof about texts, and each text, source or version that is missing or does not fit."""
    passages = {passage.id for passage in base.passages}
    versions = {layer.id: _version(layer.version) for layer in base.layers}
    texts = sources = 0
    faults: list[Fault] = []
    for place, item, layer in _items(base):
        for name, text in _texts(item):
            texts += 1
            if not text.strip():
                faults.append(Fault("SP917", f"{name} is empty", place, "Say it in a sentence."))
        source, since = getattr(item, "source", None), getattr(item, "since", None)
        if isinstance(source, Origin):
            sources += 1
            at = place._replace(path=("source",))
            if source.document == "peoplehub" and source.passage not in passages:
                message = f"the source document has no passage {source.passage}"
                hint = "The passages are listed in rulebase.yaml of the first layer."
                faults.append(Fault("SP917", message, place._replace(path=("source", "passage")), hint))
            elif source.document != "peoplehub" and not source.reference:
                faults.append(Fault("SP917", f"{source.document} needs a reference", at, "Name where it is written."))
        if since and layer in versions and _version(since) > versions[layer]:
            message = f"since {since} is later than the version of its layer"
            hint = "Raise the version in rulebase.yaml, or correct 'since'."
            faults.append(Fault("SP917", message, place._replace(path=("since",)), hint))
    yield from faults
    yield Proof(
        "texts",
        "Every text, source and version is there, and every passage cited is in the outline of the source document.",
        texts,
        "texts",
        not faults,
        f"{sources} sources, {len(passages)} passages",
    )


def _items(base: RuleBase) -> Iterator[tuple[Place, object, str]]:
    for kind in base.types:
        yield Place("types", kind.id, ("id",)), kind, ""
        for counterpart in kind.crosswalk:
            yield Place("crosswalk", counterpart.framework, ("id",)), counterpart, counterpart.layer
    for criterion in base.criteria:
        yield Place("criteria", criterion.id, ("id",)), criterion, criterion.layer
        for number, answer in enumerate(criterion.answers):
            yield Place("criteria", criterion.id, ("answers", number)), answer, ""
    for rule in base.rules:
        yield Place(RULE_FOLDERS[rule.kind], rule.id, ("id",)), rule, rule.layer
    for item in base.support:
        yield Place("support", item.id, ("id",)), item, item.layer
    for passage in base.passages:
        yield Place("", "", ("passages",)), passage, ""
    for layer in base.layers:
        yield Place("", "", ("id",)), layer, ""


def _texts(item: object) -> Iterator[tuple[str, str]]:
    """Yield the texts that a thing carries, those of its source and of its effect too."""
    for entry in fields(item):  # type: ignore[arg-type]  # every item is a dataclass
        value = getattr(item, entry.name)
        if entry.name in _NO_TEXT_NEEDED or (entry.name == "note" and isinstance(item, Counterpart)):
            continue
        if isinstance(value, str):
            yield entry.name, value
        elif entry.name == "effect":
            yield from value.items()
        elif entry.name in ("levels", "all_levels", "differs"):
            yield from ((entry.name, text) for text in value)
        elif isinstance(value, Origin):
            yield "passage", value.passage


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
