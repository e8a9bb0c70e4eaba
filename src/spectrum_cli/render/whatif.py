"""What would change an advice, as text, Markdown or JSON."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from spectrum_cli.model.assessment import Assessment, ChangeSet, Target, WeightAnalysis, WhatIf
from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.render import words
from spectrum_cli.render.json_format import plain
from spectrum_cli.render.markdown import escape
from spectrum_cli.render.page import Page, Piece

WHATIF_FORMAT = 1
SHOWN_SETS = 3
WEIGHTS = "How much depends on the weights"
NO_WEIGHTS = "Nothing is answered yet about how open the decision is, so there is nothing to weigh."
TRUE_ONLY = "Change an answer only where it is true of the decision."
CITATION = (
    "Stochastic multicriteria acceptability analysis (SMAA): Lahdelma, Hokkanen and Salminen (1998), European Journal "
    "of Operational Research 106, 137-143."
)


class Asked(Protocol):
    """A question and its answer; see the workflow of the same name."""

    @property
    def file(self) -> str:
        """The file asked about."""
        ...

    @property
    def title(self) -> str:
        """The decision's or the part's title."""
        ...

    @property
    def rule_base(self) -> RuleBase:
        """The rules asked."""
        ...

    @property
    def before(self) -> Assessment:
        """The file as it is."""
        ...

    @property
    def tried(self) -> Sequence[tuple[str, AnswerValue]]:
        """The answers that were tried."""
        ...

    @property
    def result(self) -> WhatIf:
        """What was found."""
        ...

    @property
    def weights_wanted(self) -> bool:
        """Whether it was asked how much depends on the weights."""
        ...


def advice_line(found: Assessment) -> str:
    """Name the advice in a few words."""
    if found.type is None:
        return "no type yet"
    if found.certain:
        return found.type.name
    return f"{found.type.name} so far (possible: {words.names(found.possible_types, 'or')})"


def change_words(entry: ChangeSet) -> str:
    """Return a set of changes as words."""
    return "; ".join(
        f"{change.criterion.key}: {words.said(change.after)}"
        + (f" instead of {words.said(change.before)}" if change.before is not None else "")
        for change in entry.changes
    )


def targets_heading(result: WhatIf) -> str:
    """Head the changes: they lead to another type, or make certain the one that is the best estimate."""
    kind = result.assessment.type
    if any(target.type is kind for target in result.targets):
        return f"What would make {kind.name if kind else 'it'} certain"
    return "What would give another type"


def no_targets_line(result: WhatIf) -> str:
    """Say that there is nothing to change where the advice is the type that was asked for."""
    kind = result.assessment.type
    return f"Nothing has to change: the advice is {kind.name} already." if kind and not result.targets else ""


def target_line(target: Target) -> str:
    """Introduce the changes that lead to a type."""
    size = len(target.sets[0].changes) if target.sets else 0
    if not size:
        return f"{target.type.name} cannot be reached by any answers."
    count = "one answer" if size == 1 else f"{size} answers"
    return f"{target.type.name} takes {count}:"


def contradiction_words(entry: ChangeSet) -> str:
    """Say which note of caution a set of changes would bring about."""
    return f" (would contradict itself: {', '.join(entry.contradictions)})" if entry.contradictions else ""


def weight_lines(weights: WeightAnalysis, found: Assessment) -> list[str]:
    """Say how much the advice depends on the weights."""
    kind = found.type.name if found.type else "no type"
    order = ", then ".join(" and ".join(words.short_key(key) for key in group) for group in weights.order)
    lines = [f"The order of importance is ours: {order}. Only this order is kept here; the weights may be any."]
    if weights.gate_decides:
        lines.append(f"A gate decides: whatever the weights are, the advice is {kind}.")
    elif len(weights.reached) == 1:
        lines.append(f"No weighting in this order changes the advice: it is always {kind}.")
    else:
        lines.append(
            f"Some weightings change the advice: all that can come out is {words.names(weights.reached, 'or')} "
            f"(openness {words.number(weights.low)} to {words.number(weights.high)}; exact, by the region's corners)."
        )
    shares = ", ".join(f"{kind.name} {share:.1%}" for kind, share in weights.shares)
    lines.append(f"Share of weightings for each type: {shares} ({weights.samples} drawn evenly, seed {weights.seed}).")
    lines.append(CITATION)
    return lines


def render_whatif(asked: Asked, page: Page) -> None:
    """Write the answer to a page."""
    result = asked.result
    page.prose(Piece(one_line(asked.title), "title"))
    page.blank()
    _what_was_tried(asked, page)
    _targets(result, page)
    if len(result.targets) == 1 and result.targets[0].support_missing:
        target = result.targets[0]
        page.heading(f"What {target.type.name} needs and is neither met nor planned")
        page.table([(words.short_key(item.key), item.title) for item in target.support_missing])
    if result.flips:
        page.heading("Double-check these: one of them alone would change the advice")
        page.table(
            [
                (flip.criterion.key, f"if {words.said(flip.after)} and not {words.said(flip.before)}", flip.type.name)
                for flip in result.flips
            ]
        )
    if result.weights is not None:
        page.heading(WEIGHTS)
        for line in weight_lines(result.weights, result.assessment):
            page.prose(line, indent=2, hang=2)
    elif asked.weights_wanted:
        page.heading(WEIGHTS)
        page.prose(NO_WEIGHTS, indent=2)
    page.blank()
    for line in _foot(asked):
        page.prose(Piece(line, "muted"))


def _targets(result: WhatIf, page: Page) -> None:
    if not result.targets:
        page.blank()
        page.prose(no_targets_line(result))
        return
    page.heading(targets_heading(result))
    for target in result.targets:
        page.prose(Piece(target_line(target), "bold"), indent=2, hang=2)
        for entry in target.sets[:SHOWN_SETS]:
            page.prose(f"- {change_words(entry)}{contradiction_words(entry)}", indent=4, hang=2)
        if len(target.sets) > SHOWN_SETS:
            page.prose(f"and {len(target.sets) - SHOWN_SETS} more; --format json has them all", indent=4)
    page.prose(TRUE_ONLY, indent=2)


def _foot(asked: Asked) -> tuple[str, str]:
    base = asked.rule_base
    return f"{words.rules_line(base.used)}. {words.NUMBERS_ARE_OURS}", base.acknowledgement


def _tried_words(asked: Asked) -> str:
    return "; ".join(f"{key}: {'not stated' if value is None else words.said(value)}" for key, value in asked.tried)


def _what_was_tried(asked: Asked, page: Page) -> None:
    if asked.tried:
        told = _tried_words(asked)
        page.prose(Piece(f"With {one_line(told)}: ", "bold"), f"{advice_line(asked.result.assessment)}.")
        page.prose(f"Without: {advice_line(asked.before)}.")
    else:
        page.prose(Piece("The advice today: ", "bold"), f"{advice_line(asked.result.assessment)}.")
    plan = words.plan_line(asked.result.assessment)
    if plan:
        page.prose(plan)


def whatif_markdown(asked: Asked) -> str:
    """Return the answer as Markdown."""
    result = asked.result
    out = [f"# {escape(asked.title)}", ""]
    if asked.tried:
        told = _tried_words(asked)
        out += [f"With {escape(told)}: **{advice_line(result.assessment)}**. Without: {advice_line(asked.before)}.", ""]
    else:
        out += [f"The advice today: **{advice_line(result.assessment)}**.", ""]
    out += _targets_markdown(result)
    if len(result.targets) == 1 and result.targets[0].support_missing:
        out += [f"## What {result.targets[0].type.name} needs and is neither met nor planned", ""]
        out += [f"- {item.title} (`{item.key}`)" for item in result.targets[0].support_missing] + [""]
    if result.flips:
        out += ["## Double-check these: one of them alone would change the advice", "", "| Answer | If | Type |"]
        out += ["|---|---|---|"]
        out += [
            f"| `{flip.criterion.key}` | {escape(words.said(flip.after))} and not {escape(words.said(flip.before))} "
            f"| {flip.type.name} |"
            for flip in result.flips
        ] + [""]
    if result.weights is not None:
        out += [f"## {WEIGHTS}", ""]
        for line in weight_lines(result.weights, result.assessment):
            out += [line, ""]
    elif asked.weights_wanted:
        out += [f"## {WEIGHTS}", "", NO_WEIGHTS, ""]
    rules, acknowledgement = _foot(asked)
    return "\n".join([*out, "---", "", rules, "", acknowledgement, ""])


def _targets_markdown(result: WhatIf) -> list[str]:
    if not result.targets:
        return [no_targets_line(result), ""]
    out = [f"## {targets_heading(result)}", ""]
    for target in result.targets:
        out += [f"**{target_line(target)}**", ""]
        out += [f"- {escape(change_words(entry) + contradiction_words(entry))}" for entry in target.sets[:SHOWN_SETS]]
        out += [""]
    return [*out, TRUE_ONLY, ""]


def whatif_json(asked: Asked) -> str:
    """Return the answer as one line of JSON."""
    result = asked.result
    weights = result.weights
    data: dict[str, Any] = {
        "format": WHATIF_FORMAT,
        "file": asked.file,
        "title": asked.title,
        "rule_base": asked.rule_base.used._asdict(),
        "set": [{"key": key, "value": plain(value)} for key, value in asked.tried],
        "before": _advice(asked.before),
        "now": _advice(result.assessment),
        "targets": [
            {
                "type": target.type.id,
                "sets": [
                    {
                        "changes": [
                            {"key": change.criterion.key, "from": plain(change.before), "to": plain(change.after)}
                            for change in entry.changes
                        ],
                        "contradictions": list(entry.contradictions),
                        "support_missing": [item.key for item in target.support_missing],
                    }
                    for entry in target.sets
                ],
            }
            for target in result.targets
        ],
        "flips": [
            {"key": flip.criterion.key, "from": plain(flip.before), "to": plain(flip.after), "type": flip.type.id}
            for flip in result.flips
        ],
        "weights": {
            "order": [list(group) for group in weights.order],
            "reached": [kind.id for kind in weights.reached],
            "openness": {"low": weights.low, "high": weights.high},
            "gate_decides": weights.gate_decides,
            "shares": {kind.id: share for kind, share in weights.shares},
            "samples": weights.samples,
            "seed": weights.seed,
            "method": CITATION,
        }
        if weights is not None
        else None,
        "acknowledgement": asked.rule_base.acknowledgement,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _advice(found: Assessment) -> dict[str, Any]:
    return {
        "type": found.type.id if found.type else None,
        "certain": found.certain,
        "possible_types": [kind.id for kind in found.possible_types],
        "openness": found.openness.value,
        "plan": found.plan.verdict,
    }
