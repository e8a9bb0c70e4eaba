"""Reads the YAML of a rule base and proves that it hangs together, each fault at its file, line and column."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from spectrum_cli.files import rulebase_schema as schema
from spectrum_cli.files.reading import Unreadable, decode, shown_name
from spectrum_cli.files.rulebase import RULE_BASE_FILE, LayerFiles, NoRuleBase
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

    def __init__(self, records: list[tuple[_File, dict[str, Any]]], faults: _Faults) -> None:
        self.faults = faults
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
        self.criteria()
        for folder in schema.FOLDERS:
            for file, record in self.by_folder[folder]:
                self.source(file, record)
                if folder in schema.KINDS:
                    self.condition(file, ("when",), record["when"], openness_only=folder == "gates")
                    self.cases(file, record)
                if folder == "estimates":
                    self.known_answer(file, ("effect", "as"), record["effect"]["counts"], record["effect"]["as"])
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
        if missing:
            self.faults.add("SP903", file, (), f"these types have no file: {', '.join(missing)}")
        if len(bases) != 1:
            self.faults.add("SP903", file, (), "exactly one layer states the bands")
            return
        file, record = bases[0]
        bands: dict[str, int] = record["bands"]
        lows = [bands.get(name) for name in TYPE_IDS]
        if None in lows or lows[0] != 0 or any(one >= two for one, two in pairwise(lows)):  # type: ignore[operator]
            self.faults.add(
                "SP903",
                file,
                ("bands",),
                "the bands must start at 0 and rise over all six types, without a hole",
            )

    def criteria(self) -> None:
        total = 0
        first: _File | None = None
        for file, record in self.by_folder["criteria"]:
            key, words = record["answer"], [str(entry["value"]) for entry in record["answers"]]
            expected = self.answers.get(key, ["true", "false"] if key in self.flags else [])
            words = [word.lower() if key in self.flags else word for word in words]
            if sorted(words) != sorted(expected):
                self.faults.add("SP903", file, ("answers",), f"the answers must be exactly {', '.join(expected)}")
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

    def cases(self, file: _File, record: Mapping[str, Any]) -> None:
        outcomes = set()
        for place, case in enumerate(record["cases"]):
            outcomes.add(case["outcome"])
            for key, value in case["answers"].items():
                self.known_answer(file, ("cases", place, "answers", key), key, value)
        for outcome in ("holds", "fails", "unknown"):
            if outcome not in outcomes:
                self.faults.add("SP903", file, ("cases",), f"no case shows when the rule is '{outcome}'")


def _merged(
    layers: list[LayerFiles], records: list[tuple[_File, dict[str, Any]]], faults: _Faults, digest: str
) -> dict[str, Any]:
    checker = _Checker(records, faults)
    tops = {file.layer: record for file, record in records if file.path == RULE_BASE_FILE}
    checker.run()
    if faults.found:
        return {}
    by = checker.by_folder
    bands = next(record["bands"] for record in tops.values() if record["bands"])
    top = tops[layers[-1].name]
    acknowledgement = next(
        (tops[layer.name]["acknowledgement"] for layer in layers if tops[layer.name]["acknowledgement"]), ""
    )
    return {
        "id": top["id"],
        "version": top["version"],
        "title": top["title"],
        "hash": digest,
        "acknowledgement": acknowledgement,
        "layers": [{name: tops[layer.name][name] for name in ("id", "version", "title", "note")} for layer in layers],
        "types": sorted(
            (_type(record, bands, by["crosswalk"]) for _, record in by["types"]), key=lambda item: item["order"]
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
