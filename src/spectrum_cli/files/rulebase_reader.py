"""Reads the YAML of a rule base and proves that it hangs together, each fault at its file, line and column."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from spectrum_cli.files import rulebase_overrides as overrides
from spectrum_cli.files import rulebase_schema as schema
from spectrum_cli.files.reading import Unreadable, decode, shown_name
from spectrum_cli.files.rulebase import (
    DEFAULT,
    OWN,
    RULE_BASE_FILE,
    LayerFiles,
    NoRuleBase,
    declares_own_framework,
    framework_of,
)
from spectrum_cli.files.yaml_loaders import Node, Scalar
from spectrum_cli.files.yaml_source import QUOTED, Sequence, compose, is_blank, span_of
from spectrum_cli.files.yaml_source import Mapping as MappingNode
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP

Path = tuple[str | int, ...]
BAND_STEP = 0.1
"""The top of a band is this far below the next one: what a gate holds the openness to."""

ACKNOWLEDGEMENT = "Spectrum of Participation © peoplehub, used with acknowledgement"
"""What is said for every rule base, for the six types are peoplehub's whatever else is not."""

_COMPARISONS = ("is", "in", "at_least", "at_most", "includes", "stated")


class _File:
    """One parsed file: its plain value and the place of everything in it.

    ``layer`` is the layer's own id; ``shown`` is the name for diagnostics, a path that can be opened.
    """

    def __init__(self, layer: LayerFiles, path: str) -> None:
        self.layer = layer.name
        self.path = path
        self.shown = shown = f"{layer.name if layer.shipped else shown_name(str(layer.folder))}/{path}"
        self.value: Any = None
        self.spans: dict[Path, Span] = {}
        self.source = Source(shown, "")

    def span(self, where: Path) -> Span:
        """Return the place of a value, or of the nearest thing around it."""
        while where and where not in self.spans:
            where = where[:-1]
        return self.spans.get(where, Span(1, 1, 1, 1))


class _Faults:
    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(
        self, code: str, file: _File, where: Path, message: str, hint: str = "", also: tuple[_File, Path] | None = None
    ) -> None:
        span = file.span(where)
        related: tuple[Related, ...] = ()
        if also is not None:
            other, place = also
            other_span = other.span(place)
            related = (Related(f"see {other.shown}", other_span, other.source.line(other_span.line)),)
        self.found.append(
            Diagnostic(code, Severity.ERROR, message, file.shown, span, file.source.line(span.line), hint, related)
        )


def validated_data(layers: list[LayerFiles], digest: str) -> dict[str, Any]:
    """Return the merged rule base as plain data.

    Raises:
        NoRuleBase: with every fault that was found.
    """
    faults = _Faults()
    files = [file for layer in layers for file in _parsed(layer, faults)]
    records = [(file, record) for file in files if (record := _record(file, faults)) is not None]
    if not faults.found:
        data = _merged(layers, records, faults, digest)
    if faults.found:
        raise NoRuleBase(*sorted(faults.found, key=lambda fault: (fault.file, fault.sort_key)))
    return data


def _parsed(layer: LayerFiles, faults: _Faults) -> Iterable[_File]:
    for path, content in layer.files.items():
        file = _File(layer, path)
        try:
            file.source = decode(file.shown, content)
        except Unreadable as error:
            faults.found.extend(error.diagnostics)
            continue
        root, found = compose(file.source)
        faults.found.extend(found)
        if root is not None:
            file.value = _plain(root, (), file, faults)
            yield file


def _plain(node: Node, where: Path, file: _File, faults: _Faults) -> Any:
    """Return a node's value: texts, whole numbers, decimals, true and false, nothing else."""
    file.spans[where] = span_of(node)
    if type(node) is MappingNode:
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if type(key) is Scalar else "?"
            if name in values:
                faults.add("SP107", file, (*where, name), f"the key {name} stands twice", "Keep one of the two.")
            values[name] = _plain(value, (*where, name), file, faults)
        return values
    if type(node) is Sequence:
        return [_plain(item, (*where, place), file, faults) for place, item in enumerate(node.value)]
    text: str = node.value
    if node.style in QUOTED:
        return text.strip("\n") if node.style in "|>" else text
    if is_blank(node):
        return None
    if text in ("true", "false"):
        return text == "true"
    try:
        return int(text) if text.lstrip("-").isdigit() else (float(text) if _is_decimal(text) else text)
    except ValueError:
        return text


def _is_decimal(text: str) -> bool:
    whole, dot, part = text.partition(".")
    return bool(dot) and whole.isdigit() and part.isdigit() and not math.isinf(float(text))


def _record(file: _File, faults: _Faults) -> dict[str, Any] | None:
    """Check one file against the shape that its folder asks for."""
    folder, _, name = file.path.rpartition("/")
    model: type[schema._Model]
    if file.path == RULE_BASE_FILE:
        model = schema.RuleBaseFile
    elif folder in schema.FOLDERS:
        model = schema.FOLDERS[folder]
    else:
        known = ", ".join(schema.FOLDERS)
        faults.add("SP902", file, (), f"files of a rule base lie in one of: {known}", "Move or remove this file.")
        return None
    try:
        record = model.model_validate(file.value).model_dump(by_alias=True)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            _shape_fault(file, item, model, faults)
        return None
    if folder and record["id"] != name.rpartition(".")[0]:
        faults.add("SP902", file, ("id",), f"the id must be the file's name, {name.rpartition('.')[0]}")
    return record


def _shape_fault(file: _File, item: Mapping[str, Any], model: type[schema._Model], faults: _Faults) -> None:
    where: Path = tuple(item["loc"])
    key = where[-1] if where else ""
    kind = item["type"]
    hint = ""
    if kind == "missing":
        message, where = f"the key {key} is missing", where[:-1]
    elif kind == "extra_forbidden":
        message = f"unknown key {key}"
        hint = _near(str(key), model.model_fields)
    elif kind == "literal_error":
        message = f"{key} must be one of {item['ctx']['expected']}"
    elif kind == "string_pattern_mismatch":
        message = f"{key} is not written as it should be"
        hint = 'Ids are lower-case words joined by hyphens; versions are numbers such as "1.0", in quotation marks.'
    elif kind == "string_type":
        message, hint = f"{key} must be a text", "Put a version or a number in quotation marks."
    else:
        message = f"{key}: {item['msg'][:1].lower()}{item['msg'][1:]}"
    faults.add("SP902", file, where, message, hint)


def _near(name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    return f"Did you mean {near[0]}?" if near else ""


class _Checker:
    """Checks that look across files: ids, answers, types, passages, weights, bands, conditions, cases."""

    def __init__(
        self, records: list[tuple[_File, dict[str, Any]]], faults: _Faults, owners: frozenset[str] = frozenset()
    ) -> None:
        self.faults = faults
        self.owners = owners
        self.by_folder: dict[str, list[tuple[_File, dict[str, Any]]]] = {name: [] for name in schema.FOLDERS}
        for file, record in records:
            self.by_folder.setdefault(file.path.rpartition("/")[0], []).append((file, record))
        self.answers = {key: list(field.answers) for key, field in FIELDS.items() if field.answers}
        self.answers[ADVISED_TYPE] = list(TYPE_IDS)
        self.numbers = {key for key, field in FIELDS.items() if field.kind is Kind.COUNT} | {NEED_GAP}
        self.flags = {key for key, field in FIELDS.items() if field.kind is Kind.FLAG}
        self.passages = {
            passage["id"] for file, record in records if file.path == RULE_BASE_FILE for passage in record["passages"]
        }

    def run(self) -> None:
        self.ids()
        self.types()
        self.outline()
        self.criteria()
        self.asked_once("criteria")
        self.asked_once("support")
        for folder in schema.FOLDERS:
            for file, record in self.by_folder[folder]:
                self.source(file, record)
                if folder in schema.KINDS:
                    self.condition(file, ("when",), record["when"], openness_only=folder == "gates")
                    self.cases(file, record)
                if folder == "estimates":
                    self.estimate(file, record["effect"])
                if folder == "crosswalk":
                    self.crosswalk(file, record)
                if folder == "support" and not record["answer"].startswith("support."):
                    self.faults.add("SP903", file, ("answer",), "a prerequisite is answered under support")
                if folder in ("support", "criteria") and record["answer"] not in FIELDS:
                    hint = _near(record["answer"], FIELDS)
                    self.faults.add("SP903", file, ("answer",), f"the decision file has no {record['answer']}", hint)

    def ids(self) -> None:
        seen: dict[str, _File] = {}
        for folder in schema.FOLDERS:
            for file, record in self.by_folder[folder]:
                name = record["id"] if folder in schema.KINDS else f"{folder}/{record['id']}"
                if name in seen:
                    self.faults.add(
                        "SP904",
                        file,
                        ("id",),
                        f"another rule has the id {record['id']} already, in {seen[name].shown}",
                        "Ids are unique over all layers.",
                        (seen[name], ("id",)),
                    )
                seen[name] = file

    def types(self) -> None:
        there = {record["id"] for _, record in self.by_folder["types"]}
        missing = [name for name in TYPE_IDS if name not in there]
        bases = [(file, record) for file, record in self.by_folder[""] if record["bands"]]
        file = self.by_folder[""][0][0]
        hint = f"To build on a shipped layer, add the line: extends: {DEFAULT}"
        if missing:
            self.faults.add("SP903", file, (), f"these types have no file: {', '.join(missing)}", hint)
        if not bases:
            self.faults.add("SP903", file, (), "the first layer states the bands, and it does not", hint)
        for file, _ in bases[1:]:
            if file.layer not in self.owners:
                first = bases[0][0]
                message = f"the bands are {first.layer}'s and stay as they are"
                self.faults.add("SP905", file, ("bands",), message, overrides.OWN_HINT, (first, ("bands",)))
        for file, record in bases:
            self.bands(file, record["bands"])

    def bands(self, file: _File, bands: Mapping[str, int]) -> None:
        lows = [bands.get(name) for name in TYPE_IDS]
        if None in lows or lows[0] != 0 or any(one >= two for one, two in pairwise(lows)):  # type: ignore[operator]
            self.faults.add(
                "SP903",
                file,
                ("bands",),
                "the bands must start at 0 and rise over all six types, without a hole",
            )

    def outline(self) -> None:
        """The passages of the source document are the first layer's to state, each once."""
        seen: dict[str, tuple[_File, Path]] = {}
        for file, record in self.by_folder[""]:
            if record["passages"] and record["extends"] and file.layer not in self.owners:
                message = "the passages of the source document are listed in the first layer"
                self.faults.add("SP905", file, ("passages",), message, overrides.OWN_HINT)
            for number, passage in enumerate(record["passages"]):
                where: Path = ("passages", number, "id")
                if passage["id"] in seen:
                    message = f"the passage {passage['id']} is listed already"
                    self.faults.add("SP904", file, where, message, "Keep one of the two.", seen[passage["id"]])
                seen[passage["id"]] = (file, where)

    def asked_once(self, folder: str) -> None:
        """No two files ask for the same answer."""
        seen: dict[str, _File] = {}
        for file, record in self.by_folder[folder]:
            key = record["answer"]
            if key in seen:
                message = f"{key} is asked for already, in {seen[key].shown}"
                self.faults.add("SP904", file, ("answer",), message, "Keep one of the two.", (seen[key], ("answer",)))
            seen.setdefault(key, file)

    def estimate(self, file: _File, effect: Mapping[str, Any]) -> None:
        """An estimate counts a question of openness that has a criterion, as one of its answers."""
        key = effect["counts"]
        if key not in {record["answer"] for _, record in self.by_folder["criteria"] if record["weight"]}:
            message = f"an estimate counts a question of openness, and {key} is none"
            self.faults.add("SP903", file, ("effect", "counts"), message)
        else:
            self.known_answer(file, ("effect", "as"), key, effect["as"])

    def criteria(self) -> None:
        total = 0
        first: _File | None = None
        for file, record in self.by_folder["criteria"]:
            key, words = record["answer"], [str(entry["value"]) for entry in record["answers"]]
            expected = self.answers.get(key, ["true", "false"] if key in self.flags else [])
            words = [word.lower() if key in self.flags else word for word in words]
            if sorted(words) != sorted(expected):
                self.faults.add("SP903", file, ("answers",), f"the answers must be exactly {', '.join(expected)}")
            elif key in self.answers and not key.startswith("openness.") and words != expected:
                message = f"the answers must stand in this order: {', '.join(expected)}"
                self.faults.add("SP903", file, ("answers",), message, "'at_least' and 'at_most' go by it.")
            has_points = [entry["points"] is not None for entry in record["answers"]]
            if key.startswith("openness."):
                first = first or file
                total += record["weight"] or 0
                if not all(has_points) or not record["weight"]:
                    self.faults.add("SP903", file, (), "a criterion of openness needs a weight, and points everywhere")
                    continue
                points = [entry["points"] for entry in record["answers"]]
                if points != sorted(points) or points[0] != 0 or points[-1] != 100:
                    self.faults.add(
                        "SP903", file, ("answers",), "points run from 0 to 100 and never fall from answer to answer"
                    )
            elif any(has_points) or record["weight"]:
                self.faults.add("SP903", file, (), "only criteria of openness have weights and points")
        if total != 100 and first is not None:
            self.faults.add("SP903", first, ("weight",), f"the weights of openness add up to {total}, not to 100")

    def crosswalk(self, file: _File, record: Mapping[str, Any]) -> None:
        """Check that each type has one place, at levels that the framework has."""
        placed = [place["type"] for place in record["places"]]
        if sorted(placed) != sorted(TYPE_IDS):
            self.faults.add("SP903", file, ("places",), f"each type has one place: {', '.join(TYPE_IDS)}")
        for number, place in enumerate(record["places"]):
            for level in place["levels"]:
                if level not in record["levels"]:
                    hint = _near(level, record["levels"]) or f"One of: {', '.join(record['levels'])}."
                    where = ("places", number, "levels")
                    self.faults.add("SP903", file, where, f"{record['title']} has no level {level}", hint)

    def source(self, file: _File, record: Mapping[str, Any]) -> None:
        source = record["source"]
        if source["document"] == "peoplehub" and source["passage"] not in self.passages:
            self.faults.add(
                "SP903",
                file,
                ("source", "passage"),
                f"the source document has no passage {source['passage']}",
                _near(source["passage"], self.passages),
            )
        if source["document"] != "peoplehub" and not source["reference"]:
            self.faults.add("SP903", file, ("source",), "practice and law need a reference")

    def known_answer(self, file: _File, where: Path, key: str, value: Any) -> bool:
        """Check that a value can be an answer of a key."""
        words = self.answers.get(key)
        if words is not None:
            for item in value if isinstance(value, list) else [value]:
                if item not in words:
                    hint = _near(str(item), words) or f"One of: {', '.join(words)}."
                    self.faults.add("SP903", file, where, f"{item} is no answer of {key}", hint)
                    return False
        elif key in self.numbers:
            if not isinstance(value, int) or isinstance(value, bool):
                self.faults.add("SP903", file, where, f"{key} is a whole number")
                return False
        elif key in self.flags:
            if not isinstance(value, bool):
                self.faults.add("SP903", file, where, f"{key} is true or false")
                return False
        else:
            known = [*self.answers, *self.numbers, *self.flags]
            self.faults.add("SP903", file, where, f"no rule can read {key}", _near(key, known))
            return False
        return True

    def condition(self, file: _File, where: Path, condition: Any, *, openness_only: bool) -> None:
        if not isinstance(condition, dict) or not condition:
            self.faults.add("SP902", file, where, "a condition is a group of keys, such as {answer: ..., is: ...}")
            return
        if "answer" not in condition:
            name = next(iter(condition))
            if len(condition) != 1 or name not in ("all", "any", "not") or (openness_only and name == "not"):
                allowed = "answer, all, any" + ("" if openness_only else ", not")
                self.faults.add("SP902", file, where, f"a condition has one of: {allowed}")
                return
            inner = condition[name]
            if name == "not":
                self.condition(file, (*where, name), inner, openness_only=openness_only)
                return
            if not isinstance(inner, list) or not inner:
                self.faults.add("SP902", file, (*where, name), f"{name} holds a list of conditions")
                return
            for place, part in enumerate(inner):
                self.condition(file, (*where, name, place), part, openness_only=openness_only)
            return
        key = condition["answer"]
        operators = [name for name in condition if name != "answer"]
        wrong = [name for name in operators if name not in _COMPARISONS]
        if wrong or not operators or (len(operators) > 1 and set(operators) != {"at_least", "at_most"}):
            self.faults.add(
                "SP902",
                file,
                where,
                f"a comparison has one of: {', '.join(_COMPARISONS)}",
                _near(str(wrong), _COMPARISONS),
            )
            return
        if not isinstance(key, str):
            self.faults.add("SP902", file, (*where, "answer"), "answer names a key, such as openness.stage")
            return
        if openness_only and (
            not key.startswith("openness.") or key not in self.answers or {"includes", "stated"} & set(operators)
        ):
            self.faults.add(
                "SP902",
                file,
                where,
                "a gate reads only the answers of openness, and not by 'includes' or 'stated'",
                "What else matters belongs in a floor or a note.",
            )
            return
        for name in operators:
            value = condition[name]
            if name == "in" and not isinstance(value, list):
                self.faults.add("SP902", file, (*where, name), "in holds a list of answers")
                continue
            if name != "in" and isinstance(value, list):
                self.faults.add("SP902", file, (*where, name), f"{name} holds a single answer")
                continue
            if name in ("at_least", "at_most") and key in self.flags:
                self.faults.add("SP902", file, (*where, name), f"{key} has no order")
                continue
            if name == "stated":
                if not isinstance(value, bool):
                    self.faults.add("SP902", file, (*where, name), "stated is true or false")
                elif key not in FIELDS and key not in self.answers and key not in self.numbers:
                    self.faults.add("SP903", file, (*where, "answer"), f"no rule can read {key}", _near(key, FIELDS))
                continue
            self.known_answer(file, (*where, name), key, value)

    def orders(self) -> dict[str, dict[str, int]]:
        """Return the place of each answer of the questions about openness; equal points, equal place."""
        return {
            record["answer"]: {entry["value"]: entry["points"] for entry in record["answers"]}
            for _, record in self.by_folder["criteria"]
            if record["weight"]
        }

    def cases(self, file: _File, record: Mapping[str, Any]) -> None:
        outcomes = set()
        for place, case in enumerate(record["cases"]):
            outcomes.add(case["outcome"])
            for key, value in case["answers"].items():
                self.known_answer(file, ("cases", place, "answers", key), key, value)
        for outcome in ("holds", "fails", "unknown"):
            if outcome not in outcomes:
                hint = f"Add a case to the list, with answers for which the rule comes out so: outcome: {outcome}"
                self.faults.add("SP903", file, ("cases",), f"no case has the outcome {outcome}", hint)


def _merged(
    layers: list[LayerFiles], records: list[tuple[_File, dict[str, Any]]], faults: _Faults, digest: str
) -> dict[str, Any]:
    tops = {file.layer: record for file, record in records if file.path == RULE_BASE_FILE}
    owners = frozenset(layer.name for layer in layers if declares_own_framework(layer))
    for file, record in records:
        if file.path == RULE_BASE_FILE and record["framework"] and file.layer not in owners:
            message = "this must be a line of its own, so that it is seen without a full parse"
            faults.add("SP902", file, ("framework",), message, "Write: framework: own")
    kept, replaced = overrides.resolve(records, owners)
    checker = _Checker(kept, faults, owners)
    checker.run()
    for item in replaced:
        if item.below.path.startswith("gates/"):
            checker.condition(item.below, ("when",), item.replaced["when"], openness_only=True)
    if not faults.found:
        overrides.check_replacements(replaced, owners, checker.orders(), faults)
    if faults.found:
        return {}
    by = checker.by_folder
    bands = next(record["bands"] for record in reversed(tops.values()) if record["bands"])
    top = tops[layers[-1].name]
    texts = {record["id"]: record for _, record in by[overrides.TEXTS]}
    acknowledgement = next(
        (tops[layer.name]["acknowledgement"] for layer in layers if tops[layer.name]["acknowledgement"]),
        ACKNOWLEDGEMENT,
    )
    framework = framework_of(layers)
    if framework == OWN:
        acknowledgement = f"A framework of its own, not peoplehub's. It builds on the {acknowledgement}"
    return {
        "id": top["id"],
        "version": top["version"],
        "title": top["title"],
        "hash": digest,
        "framework": framework,
        "acknowledgement": acknowledgement,
        "layers": [{name: tops[layer.name][name] for name in ("id", "version", "title", "note")} for layer in layers],
        "types": sorted(
            (_type(_retold(record, texts.get(record["id"], {})), bands, by["crosswalk"]) for _, record in by["types"]),
            key=lambda item: item["order"],
        ),
        "criteria": sorted((_criterion(file, record) for file, record in by["criteria"]), key=_criterion_order),
        "rules": [
            {
                **{name: value for name, value in record.items() if name != "source"},
                "source": record["source"],
                "kind": schema.KINDS[folder],
                "layer": file.layer,
                "file": f"{file.layer}/{file.path}",
            }
            for folder in schema.KINDS
            for file, record in by[folder]
        ],
        "support": sorted(
            (
                {
                    "id": record["id"],
                    "key": record["answer"],
                    "layer": file.layer,
                    **{name: record[name] for name in ("title", "needed_from", "because", "source", "since")},
                }
                for file, record in by["support"]
            ),
            key=lambda item: (TYPE_IDS.index(item["needed_from"]), list(FIELDS).index(item["key"])),
        ),
        "passages": [passage for record in tops.values() for passage in record["passages"]],
    }


def _retold(record: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a type with the texts that a layer states anew."""
    changed = {name: texts[name] for name in ("promise", "not_promised", "who", "input") if texts.get(name)}
    return {**record, **changed}


def _type(
    record: Mapping[str, Any], bands: Mapping[str, int], frameworks: Iterable[tuple[_File, Mapping[str, Any]]]
) -> dict[str, Any]:
    order = TYPE_IDS.index(record["id"])
    copied = ("id", "name", "side", "key_question", "promise", "not_promised", "decision", "influence", "who")
    return {
        **{name: record[name] for name in copied},
        "relationship": record["relationship"],
        "source": record["source"],
        "since": record["since"],
        "order": order,
        "input_system": record["input"]["system"],
        "input_people": record["input"]["people"],
        "system_size": record["sizes"]["system"],
        "people_size": record["sizes"]["people"],
        "band_from": bands[record["id"]],
        "band_to": round(bands[TYPE_IDS[order + 1]] - BAND_STEP, 1) if order + 1 < len(TYPE_IDS) else 100.0,
        "crosswalk": _crosswalk(record["id"], frameworks),
    }


def _crosswalk(type_id: str, frameworks: Iterable[tuple[_File, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return where a type stands in each of the other frameworks."""
    return [
        {
            "framework": record["id"],
            "layer": file.layer,
            "levels": place["levels"],
            "note": place["note"],
            "all_levels": record["levels"],
            **{name: record[name] for name in ("title", "mark", "differs", "source", "since")},
        }
        for file, record in frameworks
        for place in record["places"]
        if place["type"] == type_id
    ]


def _criterion(file: _File, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": record["id"],
        "key": record["answer"],
        "layer": file.layer,
        "weight": record["weight"] or 0,
        "answers": [{**entry, "value": _word(entry["value"])} for entry in record["answers"]],
        **{name: record[name] for name in ("title", "question", "because", "source", "since", "mark")},
    }


def _word(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _criterion_order(item: Mapping[str, Any]) -> tuple[int, int]:
    """Heaviest first, then as in the decision file."""
    return -item["weight"], list(FIELDS).index(item["key"])
