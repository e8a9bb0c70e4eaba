"""The dashboard in a browser: what it shows, how it filters, and who can use it."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page

from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.portfolio import Row
from spectrum_cli.workflows.dashboard import LARGEST, TooManyRows, dashboard_file
from spectrum_cli.workflows.portfolio_run import PortfolioRequest, carry_out, prepare_portfolio
from tests.browsers import faults_of_access, widest_overflow

INFO = RunInfo("0.1.0", "practice", "1.0", "sha256:" + "a" * 64, "2026-11-25")
HOSTILE = '</script><script>document.title = "broken"</script> <b>&amp;</b> {{data}} مرحبا'


def dashboard(folder: Path, *paths: str) -> Path:
    run = prepare_portfolio(PortfolioRequest(paths=paths, today="2026-11-25"))
    with dashboard_file(folder / "all.html", run.info) as write:
        carry_out(run, [write])
    return folder / "all.html"


def made_up(number: int) -> list[Row]:
    """Return rows as a large portfolio has them, the same each time."""
    rng = random.Random(7)
    rows = []
    for item in range(number):
        known = dict.fromkeys(Row._fields)
        advised, planned = rng.randrange(6), rng.randrange(6)
        known |= {
            "file": f"plans/{item:05}.yaml",
            "part_number": 0,
            "title": f"Decision {item} about {rng.choice(('buses', 'clinics', 'parks', 'schools'))}",
            "owner": f"Team {rng.randrange(30)}",
            "place": rng.choice(("national", "regional", "local")),
            "status": "read",
            "advised": TYPE_IDS[advised],
            "planned": TYPE_IDS[planned],
            "planned_line": 12,
            "verdict": "over-promise" if planned > advised else "below",
            "openness": round(rng.random() * 100, 2),
            "gap": rng.randrange(3),
            "readiness": rng.choice(("ready", "not-ready", "unknown")),
            "possible": (),
            "findings": (),
            "support": tuple(rng.choice(("met", "planned", "missing", "unknown", None)) for _ in range(15)),
        }
        rows.append(Row(**known))  # type: ignore[arg-type]
    return rows


def written(folder: Path, rows: list[Row]) -> Path:
    with dashboard_file(folder / "all.html", INFO) as write:
        write(rows)
    return folder / "all.html"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> str:
    return dashboard(tmp_path_factory.mktemp("dashboard"), "examples").as_uri()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_a_screen_and_on_paper(width: int, page: Page, examples: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(examples)
    assert faults_of_access(page) == []
    assert widest_overflow(page) <= 0
    page.locator("summary").first.click()
    page.emulate_media(media="print")
    assert faults_of_access(page) == []


def test_the_examples_are_counted_and_each_chart_has_its_numbers(page: Page, examples: str) -> None:
    page.goto(examples)
    shown = page.locator("#shown")
    total = len(list(Path("examples").glob("*.yaml"))) + len(list(Path("examples").glob("*-draft.md")))
    assert page.locator("#totals li").first.inner_text().split()[0] == str(total)
    assert "40 of 40 shown" in shown.inner_text()
    assert page.locator("#promises-body tbody tr").count() == 9
    assert "examples/village-surgery.yaml:" in page.locator("#promises-body").inner_text()
    page.locator("summary").first.click()
    cells = page.locator("#strip-body details tbody tr td:nth-child(2)").all_inner_texts()
    assert sum(map(int, cells)) == 40
    over = page.locator("#matrix-body td.promise").all_inner_texts()
    assert sum(map(int, over)) >= 9


def test_filters_narrow_everything_and_a_number_in_the_matrix_is_a_filter(page: Page, examples: str) -> None:
    page.goto(examples)
    page.get_by_label("Only where the plan promises more").check()
    assert page.locator("#shown").inner_text().startswith("9 of 40")
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("40 of 40 shown").wait_for()
    page.get_by_label("Search in titles").fill("surgery")
    found = int(page.locator("#shown").inner_text().split()[0])
    assert 0 < found < 10
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("40 of 40 shown").wait_for()
    button = page.locator("#matrix-body td.same button").first
    number = button.inner_text()
    button.click()
    assert page.locator("#shown").inner_text().startswith(f"{number} of 40")


def test_the_list_sorts_turns_its_pages_and_keeps_the_focus(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, made_up(250)).as_uri())
    rows = page.locator("#list-body tbody tr")
    assert rows.count() == 100
    page.get_by_role("button", name="Openness").click()
    values = [float(text) for text in page.locator("#list-body tbody tr td:nth-child(6)").all_inner_texts()]
    assert values == sorted(values)
    assert page.evaluate("document.activeElement.id") == "sort-openness"
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    assert rows.count() == 50
    assert "Page 3 of 3" in page.locator("#list-body").inner_text()
    assert page.evaluate("document.activeElement.id") == "list-title"


def test_a_national_plan_stands_above_what_carries_it_out(page: Page, examples: str) -> None:
    page.goto(examples)
    tree = page.locator("#tree-body")
    assert tree.locator("ul ul li").count() >= 1
    assert "Carried out locally with CONSULT" in tree.inner_text()


def test_hostile_words_stay_words_and_faulty_files_are_listed(page: Page, tmp_path: Path) -> None:
    import json

    (tmp_path / "a.yaml").write_text(
        f"spectrum: 1\ntitle: {json.dumps(HOSTILE)}\nopenness: {{stage: made}}\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text("spectrum: 1\ntitle: B\nopenness: {stage: maid}\n")
    page.goto(dashboard(tmp_path, str(tmp_path)).as_uri())
    assert HOSTILE in page.locator("#list-body").inner_text()
    assert "broken" not in page.title()
    assert "b.yaml:3" in page.locator("#faulty-body").inner_text()


def test_ten_thousand_rows_can_be_filtered(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, made_up(10_000)).as_uri())
    assert page.locator("#shown").inner_text() == "10,000 of 10,000 shown"
    page.locator("select[name=owner]").select_option("Team 7")
    assert 0 < int(page.locator("#shown").inner_text().split()[0]) < 1000
    assert page.locator("#list-body tbody tr").count() == 100
    assert faults_of_access(page) == []


def test_more_rows_than_a_page_can_show_are_refused_with_what_to_do(tmp_path: Path) -> None:
    row = made_up(1)
    with pytest.raises(TooManyRows, match="parquet"), dashboard_file(tmp_path / "all.html", INFO) as write:
        write(row * (LARGEST + 1))
    assert not list(tmp_path.iterdir())


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = made_up(20)
    (tmp_path / "b").mkdir()
    assert written(tmp_path, rows).read_bytes() == written(tmp_path / "b", rows).read_bytes()
