"""Decisions to draw: all examples, and files whose texts and shapes are hard on a picture."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.assessment import Advice
from spectrum_cli.model.document import Source
from spectrum_cli.render.pictures.contributions import openness_svg
from spectrum_cli.render.pictures.national_local import national_local_svg
from spectrum_cli.render.pictures.parts import parts_svg
from spectrum_cli.render.pictures.poster import spectrum_poster
from spectrum_cli.render.pictures.spectrum import spectrum_svg

EXAMPLES = sorted(path for path in (Path(__file__).parents[3] / "examples").iterdir() if path.name != "README.md")
TITLES = {
    "markup": "<script>alert(1)</script> ]]> <!-- & \"q\" 'a' {{ x }} {% y %} #set $ \\ `c` *s*",
    "controls": "bell\u0007 escape\u001b[2J \u202egnihtyna\u202c nul\u0000 \ufffe\uffff",
    "right-to-left": "השאלה היא איך נגיע למרפאה החדשה, ומתי (חלק א') ועוד מילים רבות כדי למלא את כל השורה הזאת",
    "arabic": "كيف نصل إلى المركز الصحي الجديد؟ ومتى؟",
    "emoji": "👩‍🦽👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇬🇧👍🏿 " * 8,
    "wide": "新しい診療所への移転についての長い長い題名" * 6,
    "marks": "Z̸̡̢̧̛̛̗̘̙̜̝̞͎̺̻̼̽̾̿͂a̴l̵g̶o̷ " * 12,
    "one long word": "x" * 10_000,
    "widest": "﷽𒐫﷽ﷺ " * 40,
    "capitals": "W" * 38 + " " + "MW " * 30,
    "short": "X",
}
AGENDA = "stage: agenda, open_to_change: [priorities], use_of_input: shared, exchange: joint-work, agenda: together"
MADE = "stage: made, open_to_change: [nothing], use_of_input: none, exchange: one-way, agenda: system"
PLACES = (
    ("level: local, implements: ../national/plan.yaml", ""),
    ("implements: plan.yaml", MADE),
    ("implements: plan.yaml", "stage: options, open_to_change: [options], use_of_input: shapes, exchange: discussion"),
    ("implements: plan.yaml", AGENDA),
    ("level: regional, implements: a.yaml, implemented_locally: true, local_participation: none", AGENDA),
    ("level: regional, implements: a.yaml, implemented_locally: true, local_participation: engage", AGENDA),
    ("level: national, implemented_locally: true", AGENDA),
    ("level: national, implemented_locally: false", AGENDA),
    ("level: national", AGENDA),
    ("level: national", "stage: aim"),
    ("level: national, implemented_locally: true, local_participation: co-produce", AGENDA),
    ("level: national, local_participation: inform", AGENDA),
    ("implemented_locally: true, local_participation: engage", "stage: options"),
    ("implemented_locally: true, local_participation: engage", MADE),
    ("implemented_locally: true", ""),
)


def advice_on(text: str, rules: PreparedRules) -> Advice:
    reading = read_decision(Source("x.yaml", text))
    assert reading.decision is not None, reading.diagnostics
    return advise(reading.decision, rules)


def quoted(title: str) -> str:
    """Write a text as YAML does in quotes: signs that no editor shows are spelled out."""
    text = json.dumps(title)
    return re.sub(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", lambda found: json.loads(f'"{found[0]}"'), text)


def many_parts(title: str, count: int, plan: str = "co-produce") -> str:
    """Return a file with parts of every kind, all with one title."""
    stages = ("made", "proposal", "options", "aim", "agenda", "unknown")
    text = f"spectrum: 1\ntitle: {title}\nopenness: {{stage: proposal}}\nplan: {{type: {plan}}}\nparts:\n"
    for number in range(count):
        stage = stages[number % len(stages)]
        text += f"  - {{id: p{number}, title: {title}, openness: {{stage: {stage}}}}}\n"
    return text


def pictures(advice: Advice) -> dict[str, str]:
    """Return every picture that the file can have, by name, for the whole and for each of a few parts."""
    found = {}
    for scope in (advice.whole, *advice.parts[:3]):
        on = scope.assessment
        given = (advice.types, on, advice.acknowledgement, on.title or advice.title)
        made = {
            "spectrum": spectrum_svg(*given, rules="Rule base practice 1.0 (0123456789ab)"),
            "poster": spectrum_poster(*given, rules="Rule base practice 1.0 (0123456789ab)"),
            "openness": openness_svg(*given),
            "place": national_local_svg(*given),
            "place poster": national_local_svg(*given, poster=True),
        }
        found.update({f"{name} of {on.id or 'the whole'}": svg for name, svg in made.items() if svg})
    parts = parts_svg(advice)
    if parts:
        found["parts"] = parts
    found["plain poster"] = spectrum_poster(advice.types, None, advice.acknowledgement, advice.title)
    return found


def scenes(rules: PreparedRules) -> Iterator[tuple[str, Advice]]:
    """Yield every decision to draw, with a name."""
    for path in EXAMPLES:
        yield path.stem, advice_on(_front(path), rules)
    for name, title in TITLES.items():
        for plan in ("inform", "co-produce"):
            yield f"{name}, planned {plan}", advice_on(many_parts(quoted(title), 14, plan), rules)
    yield "200 parts", advice_on(many_parts("How it is done", 200), rules)
    yield "nothing said", advice_on("spectrum: 1\ntitle: X\n", rules)
    for number, (place, openness) in enumerate(PLACES):
        text = f"spectrum: 1\ntitle: {quoted(TITLES['capitals'])}\nopenness: {{{openness}}}\nplace: {{{place}}}\n"
        yield f"place {number}", advice_on(text, rules)


def _front(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text.split("---\n")[1] if path.suffix == ".md" else text
