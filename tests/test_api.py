"""What ``from spectrum_cli import ...`` offers: small, typed, for any number of threads."""

import base64
import copy
import inspect
import pickle
import re
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import FunctionType

import pytest

import spectrum_cli
from spectrum_cli import (
    AdviceResult,
    NoRuleBase,
    UnreadableDecision,
    advise,
    api,
    check_files,
    load_rule_base,
    portfolio,
    what_if,
)
from tests.workflows.decisions import BROKEN, CLEAN, OVER, write

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
LIBRARY = ROOT / "examples" / "library-move.yaml"
NASTY = "'\"><script>alert(1)</script>{{ }}#\\$🙂"


def test_the_package_offers_exactly_what_the_module_does_and_says_its_types() -> None:
    assert set(spectrum_cli.__all__) == {*api.__all__, "__version__"}
    stub = Path(spectrum_cli.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    assert re.findall(r"import (\w+) as (\w+)", stub) == [(name, name) for name in sorted(api.__all__)]
    for name in api.__all__:
        assert getattr(spectrum_cli, name) is getattr(api, name)
        assert name in dir(spectrum_cli)
    with pytest.raises(AttributeError, match="has no attribute 'advice'"):
        _ = spectrum_cli.advice  # type: ignore[attr-defined]


def test_everything_is_documented_and_typed() -> None:
    for name in api.__all__:
        offered = getattr(api, name)
        assert offered.__doc__, name
        if isinstance(offered, FunctionType):
            hints = typing.get_type_hints(offered)
            assert set(hints) == {*inspect.signature(offered).parameters, "return"}, name
        elif offered.__module__ == api.__name__:
            for part, member in vars(offered).items():
                if not part.startswith("_") and (isinstance(member, property) or callable(member)):
                    assert member.__doc__, f"{name}.{part}"


def test_to_import_the_package_loads_nothing_of_it() -> None:
    script = "import sys, spectrum_cli; print([name for name in sys.modules if name.startswith('spectrum_cli')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['spectrum_cli']\n"


def test_a_decision_can_be_a_path_a_text_or_a_mapping() -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    of_path, of_text = advise(LIBRARY), advise(text)
    assert (of_path.type, of_path.verdict, of_path.planned) == ("educate", "over-promise", "consult")
    assert of_text.to_dict() == {**of_path.to_dict(), "file": "<text>"}
    assert advise(str(LIBRARY)) == of_path
    nested = advise({"title": "A", "openness": {"stage": "aim"}, "parts": [{"id": "a", "title": "B"}]})
    dotted = advise({"title": "A", "openness.stage": "aim"})
    assert nested.possible_types == dotted.possible_types
    assert [(part.id, part.title, part.parts) for part in nested.parts] == [("a", "B", ())]


def test_what_cannot_be_read_is_an_error_with_every_fault(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDecision) as caught:
        advise(BROKEN)
    assert [(item.code, item.span.line) for item in caught.value.diagnostics if item.span] == [
        ("SP204", 2),
        ("SP202", 3),
    ]
    assert str(caught.value) == "<text>: SP204 owner is a text, not a mapping of keys"
    assert pickle.loads(pickle.dumps(caught.value)).diagnostics == caught.value.diagnostics
    for wrong in ({"title": "A", "openness.stage": "maid"}, {}, "", tmp_path / "none.yaml", "a\x00\n", "\udce4\n"):
        with pytest.raises(UnreadableDecision):
            advise(wrong)  # type: ignore[arg-type]


def test_the_advice_is_that_of_the_command_line() -> None:
    for path in EXAMPLES:
        found = advise(path)
        data = found.to_dict()
        assert (found.type, found.certain, list(found.possible_types)) == (
            data["type"],
            data["certain"],
            data["possible_types"],
        )
        assert found.openness == data["openness"]["value"]
        assert found.verdict == data["plan"]["verdict"]
        assert found.readiness == data["readiness"]["state"]
        assert found.support == {item["key"]: item["state"] for item in data["readiness"]["prerequisites"]}
        assert found.rule_base[2].startswith("sha256:")
        assert found.acknowledgement in found.to_text()
        assert found.acknowledgement in found.to_markdown()
        assert found.acknowledgement in found.to_html()
        assert found.to_svg().lstrip().startswith("<svg")


def test_a_rule_base_is_loaded_once_or_named() -> None:
    base = load_rule_base("peoplehub")
    assert advise(LIBRARY, rules=base) == advise(LIBRARY, rules="peoplehub")
    assert advise(LIBRARY, rules=base).rule_base[0] == "peoplehub"
    for call in (load_rule_base, lambda name: advise(LIBRARY, rules=name), lambda name: what_if(LIBRARY, rules=name)):
        with pytest.raises(NoRuleBase):
            call("nowhere")
    with pytest.raises(NoRuleBase):
        portfolio([LIBRARY], rules="nowhere")
    with pytest.raises(NoRuleBase):
        check_files([LIBRARY], rules="nowhere")


def test_what_if_tries_answers_and_finds_ways() -> None:
    found = what_if(OVER, {"openness": {"stage": "options"}, "openness.open_to_change": None})
    assert (found.before, found.tried) == ("consult", {"openness.stage": "options", "openness.open_to_change": None})
    assert found.advice.type == found.after
    assert found.to_dict()["rule_base"]["id"] == "practice"
    ways = what_if(OVER, to="engage").ways("engage")
    assert ways
    assert all(what_if(OVER, way).after == "engage" for way in ways)
    assert "support.access" in what_if(OVER, to="engage").missing_support("engage")
    assert found.to_markdown().startswith("#")
    with pytest.raises(KeyError):
        what_if(OVER, to="tell")
    with pytest.raises(KeyError):
        what_if(OVER, part="none")
    with pytest.raises(KeyError):
        what_if(OVER, to="engage").ways("co-design")
    with pytest.raises(UnreadableDecision):
        what_if(OVER, {"openness.stage": "maid"})


def test_files_are_checked_as_on_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, over=OVER, broken=BROKEN, other="other: true\n")
    found = list(check_files([tmp_path], today=date(2026, 11, 25)))
    assert [(Path(file.file).name, file.readable) for file in found] == [("broken.yaml", False), ("over.yaml", True)]
    assert found[1].findings[0].code == "SP301"
    assert not (tmp_path / ".spectrum_cache").exists()


def test_a_portfolio_is_a_row_for_each_decision(tmp_path: Path) -> None:
    write(tmp_path, over=OVER, broken=BROKEN)
    rows = list(portfolio([tmp_path], today=date(2026, 11, 25)))
    assert [(Path(row.file).name, row.status, row.advised) for row in rows] == [
        ("broken.yaml", "faulty", None),
        ("over.yaml", "read", "consult"),
    ]


def test_results_are_frozen_and_can_be_copied_and_sent() -> None:
    found = advise(OVER)
    with pytest.raises(AttributeError):
        found._part = "a"  # type: ignore[misc]
    assert copy.copy(found) == found
    assert pickle.loads(pickle.dumps(found)).to_dict() == found.to_dict()
    assert repr(found) == "<AdviceResult 'Where the benches go': CONSULT>"
    assert repr(what_if(OVER)) == "<WhatIfResult 'Where the benches go': consult before, consult after>"


def picture_in(html: str) -> str:
    [data] = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    return base64.b64decode(data).decode("utf-8")


def test_a_notebook_shows_the_advice_with_its_picture() -> None:
    found = advise(OVER)
    html = found._repr_html_()
    assert picture_in(html) == found.to_svg()
    assert "That promises more than the decision allows" in html
    assert "Spectrum of Participation © peoplehub, used with acknowledgement." in html
    assert 'alt="The spectrum with this decision: CONSULT"' in html
    tried = what_if(OVER, {"openness.stage": "options", "openness.open_to_change": ["options"]})._repr_html_()
    assert "Tried: openness.stage = options" in tried
    assert "Before: CONSULT" in tried
    assert picture_in(tried).lstrip().startswith("<svg")


def test_a_notebook_runs_nothing_that_a_decision_says() -> None:
    hostile = {"title": NASTY, "owner": NASTY, "openness.stage": "aim", "parts": [{"id": NASTY, "title": NASTY}]}
    found = advise(hostile)
    for html in (found._repr_html_(), found.parts[0]._repr_html_(), what_if(hostile)._repr_html_()):
        assert "<script" not in html
        assert "<script" not in picture_in(html)
        assert "&lt;script&gt;" in html


def test_many_threads_get_the_same_as_one() -> None:
    """Each thread starts with nothing made ready, and all ask for everything at the same time."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]

    def everything(place: int) -> tuple[object, ...]:
        text = texts[place % len(texts)]
        asked = what_if(text, {"openness.stage": "aim"}, rules=("practice", "peoplehub", "uk")[place % 3])
        return advise(text).to_dict(), asked.to_dict(), advise(text)._repr_html_()

    alone = [everything(place) for place in range(len(texts))]
    api._prepare.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(16) as pool:
            together = list(pool.map(everything, list(range(len(texts))) * 3))
            rows = list(pool.map(lambda _: list(portfolio([ROOT / "examples"], today=date(2026, 11, 25))), range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone * 3
    assert all(found == rows[0] for found in rows)


def test_a_result_is_one_of_the_documented_types() -> None:
    assert isinstance(advise(CLEAN), AdviceResult)
    assert advise(CLEAN).warnings == ()
    assert advise("spectrum: 1\ntitle: Ward #4 plan\n" + "summary: Ward #4\n").warnings[0].code == "SP111"
