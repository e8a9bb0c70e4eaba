"""Each check against its good and bad files, its docstring and its page, and all of them against what is published.

A check's files stand in a folder of its name: ``bad`` files say in comments which findings they give
(``# expect: SP301 at 12``), ``good`` ones give none of that code. Both are found here by themselves.
"""

import pkgutil
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from spectrum_cli import checks
from spectrum_cli.checks import CHECKS
from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.model.checking import CheckContext, CheckModule
from spectrum_cli.model.decision_format import FIELDS
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.settings import Settings
from tests.checks.check_pages import HEADINGS, PAGE, check_page, example_of, sections_of, severities_of
from tests.checks.conftest import TODAY, ContextOf, make_context

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXPECT = re.compile(r"^# expect: (SP\d{3}) at (\d+)$", re.MULTILINE)
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.name != "README.md")
PUBLISHED = [ROOT / "tests" / "cases" / name for name in ("facts", "public")]
CASES = [path for folder in PUBLISHED for path in sorted(folder.glob("*.yaml")) if path.stem != "expected"]

every_check = pytest.mark.parametrize("module", CHECKS, ids=lambda module: module.INFO.code)


def name_of(module: CheckModule) -> str:
    assert isinstance(module, ModuleType)
    return module.__name__.rpartition(".")[2]


def files_of(module: CheckModule, kind: str) -> list[Path]:
    return sorted((HERE / name_of(module) / kind).glob("*.yaml"))


FILES = {kind: [(module, path) for module in CHECKS for path in files_of(module, kind)] for kind in ("good", "bad")}
EVERY_FILE = [*EXAMPLES, *CASES, *(path for kind in FILES for _, path in FILES[kind])]


def file_id(value: object) -> str:
    return value.stem if isinstance(value, Path) else getattr(value, "INFO").code  # noqa: B009


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def all_findings(context: CheckContext) -> list[Diagnostic]:
    return [finding for module in CHECKS for finding in module.check(context)]


def lines_of(module: CheckModule, context: CheckContext) -> list[int]:
    return sorted(finding.span.line for finding in module.check(context) if finding.span is not None)


def write(folder: Path, text: str, name: str = "decision.yaml") -> Path:
    path = folder / name
    path.write_text(f"spectrum: 1\ntitle: A decision\n{text}", encoding="utf-8")
    return path


# Good and bad


@pytest.mark.parametrize(("module", "path"), FILES["bad"], ids=file_id)
def test_a_bad_file_gives_the_findings_that_it_names(module: CheckModule, path: Path, context_of: ContextOf) -> None:
    expected = EXPECT.findall(path.read_text(encoding="utf-8"))
    assert {code for code, _ in expected} == {module.INFO.code}
    assert lines_of(module, context_of(path)) == sorted(int(line) for _, line in expected)


@pytest.mark.parametrize(("module", "path"), FILES["good"], ids=file_id)
def test_a_good_file_gives_no_finding(module: CheckModule, path: Path, context_of: ContextOf) -> None:
    assert list(module.check(context_of(path))) == []


@every_check
def test_a_check_has_two_good_files_and_two_bad_ones(module: CheckModule) -> None:
    assert len(files_of(module, "good")) >= 2
    assert len(files_of(module, "bad")) >= 2


def test_every_folder_of_files_belongs_to_a_check() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders == {name_of(module) for module in CHECKS}


# What a check says of itself


def test_every_module_with_a_check_is_listed_once_in_the_order_of_the_codes() -> None:
    modules = [info.name for info in pkgutil.iter_modules(checks.__path__) if info.name != "scopes"]
    assert sorted(name_of(module) for module in CHECKS) == sorted(modules)
    codes = [module.INFO.code for module in CHECKS]
    assert codes == sorted(set(codes))
    assert len({module.INFO.slug for module in CHECKS}) == len(CHECKS)


@every_check
def test_a_module_is_named_after_its_slug(module: CheckModule) -> None:
    assert name_of(module) == module.INFO.slug.replace("-", "_")
    assert re.fullmatch(r"SP3\d\d", module.INFO.code)


@every_check
def test_a_docstring_has_four_parts_and_opens_with_the_title(module: CheckModule) -> None:
    assert (module.__doc__ or "").splitlines()[0] == f"{module.INFO.title}."
    sections = sections_of(module)
    assert tuple(sections) == HEADINGS
    assert all(len(text) > 20 for text in sections.values())


@every_check
def test_the_example_of_a_docstring_gives_the_finding(
    module: CheckModule, tmp_path: Path, context_of: ContextOf
) -> None:
    write(tmp_path, "plan: {type: co-produce}\n", "national-plan.yaml")
    path = write(tmp_path, example_of(module))
    assert list(module.check(context_of(path)))


@every_check
def test_a_finding_has_one_of_the_severities_that_the_page_names(module: CheckModule, context_of: ContextOf) -> None:
    found = {finding.severity for path in files_of(module, "bad") for finding in module.check(context_of(path))}
    assert found == set(severities_of(module).split(" or "))


def test_the_page_of_checks_is_what_the_docstrings_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == check_page(), "make it anew: python -m tests.checks.check_pages"


def test_a_rule_that_a_check_rests_on_is_there(practice: PreparedRules) -> None:
    rules = {rule.id for rule in practice.rule_base.rules}
    rested_on = {rule for module in CHECKS if (rule := getattr(module, "RULE", None))}
    assert rested_on
    assert rested_on <= rules


@every_check
def test_every_key_that_a_docstring_names_is_in_the_format(module: CheckModule) -> None:
    sections = {key.partition(".")[0] for key in FIELDS}
    named = re.findall(r"(?<![-/])\b([a-z]+\.[a-z_]+)\b", module.__doc__ or "")
    assert {key for key in named if key.partition(".")[0] in sections} <= set(FIELDS)


# What a finding says


@pytest.mark.parametrize("path", EVERY_FILE, ids=short)
def test_a_finding_says_what_is_wrong_where_and_what_to_do(path: Path, context_of: ContextOf) -> None:
    context = context_of(path)
    text = path.read_text(encoding="utf-8").splitlines()
    for finding in all_findings(context):
        assert finding.file == context.decision.file
        assert not finding.message.endswith(".")
        assert "None" not in finding.message
        assert "  " not in finding.message
        assert finding.hint.endswith((".", "?")), finding
        assert finding.span is not None
        assert finding.line_text == text[finding.span.line - 1]
        for place in finding.related:
            assert place.line_text == text[place.span.line - 1]
            assert (place.span.line, place.span.column) != (finding.span.line, finding.span.column), finding


@pytest.mark.parametrize("path", EVERY_FILE, ids=short)
def test_nothing_is_said_twice(path: Path, context_of: ContextOf) -> None:
    said = Counter(
        (finding.code, finding.span, re.sub(r"^part '[^']*': ", "", finding.message))
        for finding in all_findings(context_of(path))
    )
    assert [key for key, times in said.items() if times > 1] == []


@pytest.mark.parametrize("path", EVERY_FILE, ids=short)
def test_a_part_that_states_nothing_has_no_findings(path: Path, practice: PreparedRules) -> None:
    context = make_context(path, practice)
    whole = context.whole
    with_part = replace(context, scopes=[*context.scopes, whole._replace(part="a-part", own={})])
    assert all_findings(with_part) == all_findings(context)


def test_checks_change_nothing_and_give_the_same_again(context_of: ContextOf) -> None:
    context = context_of(ROOT / "examples" / "diabetes-clinic.yaml")
    assert all_findings(context) == all_findings(context)


# Over-promises in what is published


def over_promises() -> dict[Path, bool]:
    table = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    found = {
        path: bool(re.search(rf"^\| \[{re.escape(path.name)}\].*\(over-promise\)", table, re.M)) for path in EXAMPLES
    }
    for folder in PUBLISHED:
        expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
        found |= {folder / f"{name}.yaml": given["over_promise"] for name, given in expected.items()}
    return found


OVER_PROMISES = over_promises()


def test_every_published_file_is_held_against_its_promise() -> None:
    assert set(OVER_PROMISES) == {*EXAMPLES, *CASES}
    assert sum(OVER_PROMISES[path] for path in EXAMPLES) >= 4


@pytest.mark.parametrize(("path", "over_promise"), OVER_PROMISES.items(), ids=lambda value: getattr(value, "stem", ""))
def test_an_over_promise_stands_at_the_planned_type(path: Path, over_promise: bool, context_of: ContextOf) -> None:
    context = context_of(path)
    found = [item for item in CHECKS[0].check(context) if not item.message.startswith("part '")]
    assert [item.code for item in found] == (["SP301"] if over_promise else [])
    if over_promise:
        assert found[0].span == context.whole.answers["plan.type"].span
        assert found[0].line_text.split("type: ")[1].startswith(str(context.whole.value("plan.type")))
        assert found[0].severity is Severity.ERROR


def test_no_published_file_without_an_over_promise_has_an_error_about_its_promise(context_of: ContextOf) -> None:
    for path, over_promise in OVER_PROMISES.items():
        if not over_promise:
            codes = {item.code for item in all_findings(context_of(path))}
            assert not codes & {"SP301", "SP302"}, path


# Settings, days and other files


@pytest.mark.parametrize(("weeks", "codes"), [(8, []), (9, ["SP333"])])
def test_how_much_time_is_enough_is_the_teams_setting(
    weeks: int, codes: list[str], tmp_path: Path, context_of: ContextOf
) -> None:
    path = write(tmp_path, "time: {weeks: 8}\nplan: {type: consult}\n")
    found = all_findings(context_of(path, Settings(minimum_weeks=weeks)))
    assert [item.code for item in found if item.code == "SP333"] == codes
    assert all("no fixed number" in item.message for item in found if item.code == "SP333")


@pytest.mark.parametrize(("weeks", "codes"), [(2, []), (1, ["SP324"])])
def test_how_late_is_late_is_the_teams_setting(
    weeks: int, codes: list[str], tmp_path: Path, context_of: ContextOf
) -> None:
    path = write(tmp_path, "dates: {decision: 2027-03-01, feedback: 2027-03-15}\n")
    found = all_findings(context_of(path, Settings(feedback_weeks=weeks)))
    assert [item.code for item in found if item.code == "SP324"] == codes
    assert all("not a law" in item.message for item in found if item.code == "SP324")


@pytest.mark.parametrize(("day", "until"), [(TODAY, TODAY), ("2027-06-01", "2027-06-01"), ("2026-11-24", None)])
def test_a_day_to_come_limits_how_long_a_result_holds(
    day: str, until: str | None, tmp_path: Path, context_of: ContextOf
) -> None:
    context = context_of(write(tmp_path, f"dates: {{review: {day}}}\n"))
    all_findings(context)
    assert context.holds_until == until


def test_a_circle_names_its_files_in_order(context_of: ContextOf) -> None:
    path = HERE / "carries_out_in_a_circle" / "bad" / "there-and-back.yaml"
    [found] = [item for item in all_findings(context_of(path)) if item.code == "SP352"]
    assert found.message.endswith("there-and-back.yaml -> back-again.yaml -> there-and-back.yaml")


@pytest.mark.parametrize("layer", ["seed", "uk"])
@pytest.mark.parametrize("path", EXAMPLES, ids=short)
def test_the_checks_work_with_every_layer_of_the_rules(layer: str, path: Path, request: pytest.FixtureRequest) -> None:
    found = all_findings(make_context(path, request.getfixturevalue(layer)))
    assert all(item.message and item.span for item in found)


@pytest.mark.parametrize(
    ("code", "file", "severity"),
    [
        ("SP312", "asked_and_not_used/bad/engage-and-not-used.yaml", Severity.ERROR),
        ("SP312", "asked_and_not_used/bad/answers-without-a-plan.yaml", Severity.WARNING),
        ("SP312", "asked_and_not_used/bad/made-and-discussed.yaml", Severity.WARNING),
        ("SP354", "no_local_participation/bad/nobody-locally.yaml", Severity.WARNING),
        ("SP354", "no_local_participation/bad/not-stated.yaml", Severity.NOTE),
        ("SP361", "unfinished/bad/nothing-at-all.yaml", Severity.WARNING),
        ("SP361", "unfinished/bad/one-answer.yaml", Severity.NOTE),
    ],
)
def test_how_much_it_matters_depends_on_what_is_said(
    code: str, file: str, severity: Severity, context_of: ContextOf
) -> None:
    found = [item for item in all_findings(context_of(HERE / file)) if item.code == code]
    assert [item.severity for item in found] == [severity]
