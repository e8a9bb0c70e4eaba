"""The advice as JSON: a contract with a version, described in docs/json.md and docs/schema/advice-1.json."""

import json
from typing import Any

from spectrum_cli.model.assessment import Advice, AnswerRead, Assessment, Move, Outcome, ScopeAdvice
from spectrum_cli.model.decision import Answer, AnswerValue, Fixed
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, Origin, ParticipationType

JSON_FORMAT = 1


def render_json(advice: Advice, *, part: str = "", diagnostics: tuple[Diagnostic, ...] = ()) -> str:
    """Return one line of JSON, for the whole file or with one of its parts alone under ``parts``.

    ``diagnostics`` are warnings about the file. Text outside ASCII is kept as it is.
    """
    data = advice_data(advice)
    data["diagnostics"] = [diagnostic_data(item) for item in diagnostics]
    if part:
        data["parts"] = [item for item in data["parts"] if item["id"] == part]
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def render_json_failure(file: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return one line of JSON for a file that could not be read."""
    data = {
        "format": JSON_FORMAT,
        "file": file,
        "type": None,
        "diagnostics": [diagnostic_data(item) for item in diagnostics],
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def diagnostic_data(item: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as plain data."""
    span = item.span
    return {
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "hint": item.hint or None,
        "related": [
            {"message": place.message, "line": place.span.line, "column": place.span.column} for place in item.related
        ],
    }


def advice_data(advice: Advice) -> dict[str, Any]:
    """Return the advice as plain data, in the order of the contract."""
    return {
        "format": JSON_FORMAT,
        "file": advice.file,
        "title": advice.title,
        "rule_base": advice.used._asdict(),
        **_scope(advice.whole),
        "parts": [{"id": part.assessment.id, "title": part.assessment.title, **_scope(part)} for part in advice.parts],
        "mix": [{"type": kind.id, "parts": list(ids)} for kind, ids in advice.mix],
        "diagnostics": [],
        "acknowledgement": advice.acknowledgement,
    }


def _scope(scope: ScopeAdvice) -> dict[str, Any]:
    found = scope.assessment
    kind = found.type
    question = found.next_question
    return {
        "type": kind.id if kind else None,
        "certain": found.certain,
        "possible_types": [item.id for item in found.possible_types],
        "openness": {
            "value": found.openness.value,
            "low": found.openness.low,
            "high": found.openness.high,
            "before_gates": found.openness.before_gates,
        },
        "key_question": kind.key_question if kind else None,
        "promise": kind.promise if kind else None,
        "not_promised": kind.not_promised if kind else None,
        "side": kind.side if kind else None,
        "input": {"system": kind.input_system, "people": kind.input_people} if kind else None,
        "relationship": kind.relationship if kind else None,
        "crosswalk": crosswalk_data(kind) if kind else [],
        "plan": _plan(found),
        "gates": [{**_rule(gate), "holds_to": gate.rule.effect["holds_to"]} for gate in found.gates],
        "contributions": [
            {
                "rule": item.criterion.id,
                "title": item.criterion.title,
                "weight": item.most,
                "points": item.points,
                "counted": item.counted,
                "because": item.criterion.because,
                "source": _source(item.criterion.source),
                "answers": [_read(item.read)],
            }
            for item in found.contributions
        ],
        "estimates": [
            {**_rule(item), "counts": item.rule.effect["counts"], "as": item.rule.effect["as"]}
            for item in found.estimates
        ],
        "need": {
            "floor": found.need.floor.id if found.need.floor else None,
            "gap": found.need.gap,
            "reasons": [
                {**_rule(item), "asks_for": item.rule.effect["asks_for"]} for item in found.need.floors if item.holds
            ],
            "unanswered": list(found.need.unanswered),
        },
        "readiness": _readiness(found),
        "next_question": {
            "key": question.criterion.key,
            "question": question.criterion.question,
            "answers": [{"value": item.value, "text": item.text} for item in question.criterion.answers],
            "expected_types": round(question.expected, 2),
            "because": question.criterion.because,
            "source": _source(question.criterion.source),
        }
        if question
        else None,
        "moves": [_move(move) for move in scope.moves],
        "fixed": [{"what": item.what, "why": item.why or None} for item in found.fixed],
        "notes": [
            {**_rule(note), "about": note.rule.effect["about"], "text": note.rule.effect["says"]}
            for note in found.notes
        ],
        "trace": [
            {"rule": item.rule.id, "kind": item.rule.kind, "outcome": OUTCOMES[item.holds]} for item in found.trace
        ],
        "answers": {key: _stated(answer) for key, answer in found.answers.items() if answer.value is not None},
    }


def crosswalk_data(kind: ParticipationType) -> list[dict[str, Any]]:
    """Return where a type stands in other frameworks, each place labelled as approximate."""
    return [
        {
            "framework": item.framework,
            "title": item.title,
            "approximate": True,
            "mark": item.mark,
            "levels": list(item.levels),
            "all_levels": list(item.all_levels),
            "note": item.note or None,
            "differs": list(item.differs),
            "source": _source(item.source),
        }
        for item in kind.crosswalk
    ]


OUTCOMES = {True: "holds", False: "fails", None: "unknown"}


def _plan(found: Assessment) -> dict[str, Any]:
    plan = found.plan
    return {
        "type": plan.type.id if plan.type else None,
        "verdict": plan.verdict,
        "promise": plan.promise or None,
        "methods": list(plan.methods),
        "line": plan.answer.line if plan.answer else None,
        "column": plan.answer.column if plan.answer else None,
    }


def _readiness(found: Assessment) -> dict[str, Any]:
    ready = found.readiness

    def name(kind: ParticipationType | None) -> str | None:
        return kind.id if kind else None

    return {
        "state": ready.state,
        "supported_type": name(ready.supported_type),
        "planned_type": name(ready.planned_type),
        "prerequisites": [
            {
                "key": item.prerequisite.key,
                "title": item.prerequisite.title,
                "needed_from": item.prerequisite.needed_from,
                "state": item.state,
                "owner": item.owner or None,
                "by": item.by or None,
                "evidence": item.evidence or None,
                "because": item.prerequisite.because,
                "source": _source(item.prerequisite.source),
                "line": item.answer.line if item.answer else None,
                "column": item.answer.column if item.answer else None,
            }
            for item in ready.prerequisites
        ],
    }


def _rule(outcome: Outcome) -> dict[str, Any]:
    rule = outcome.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "because": rule.because,
        "source": _source(rule.source),
        "answers": [_read(read) for read in outcome.answers if read.key not in (ADVISED_TYPE, NEED_GAP)],
    }


def _source(origin: Origin) -> dict[str, Any]:
    return {"document": origin.document, "passage": origin.passage, "reference": origin.reference or None}


def _read(read: AnswerRead) -> dict[str, Any]:
    if read.answer is None:
        return {"key": read.key, "value": None, "line": None, "column": None}
    return {"key": read.key, **_stated(read.answer)}


def _stated(answer: Answer) -> dict[str, Any]:
    return {"value": plain(answer.value), "line": answer.line, "column": answer.column}


def plain(value: AnswerValue) -> Any:
    """Return an answer's value as JSON holds it."""
    if isinstance(value, tuple):
        return [{"what": item.what, "why": item.why or None} if isinstance(item, Fixed) else item for item in value]
    return value


def _move(move: Move) -> dict[str, Any]:
    return {
        "type": move.type.id,
        "changes": [
            {"key": change.criterion.key, "from": plain(change.before), "to": plain(change.after)}
            for change in move.changes
        ],
    }
