"""``spectrum portfolio`` as a whole command."""

import csv
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pyarrow import parquet

from spectrum_cli.cli.portfolio import OUTPUTS, output_writer
from spectrum_cli.files.row_writers import csv_file, json_lines_file, parquet_file, sqlite_file
from spectrum_cli.workflows.dashboard import dashboard_file
from tests.cli.command import COMMAND, environment, spectrum, spectrum_on_terminal
from tests.files.tables import write_csv
from tests.workflows.decisions import BROKEN, CLEAN, OVER, write


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write(tmp_path / "plans", a=CLEAN, b=OVER)
    return tmp_path


def test_a_folder_is_shown_as_a_table_and_is_no_fault(plans: Path) -> None:
    ran = spectrum("portfolio", "plans", cwd=plans)
    assert (ran.code, ran.err) == (0, "")
    assert "over-promise" in ran.out
    assert "2 decisions, 1 over-promise, 0 not ready, 0 faulty" in ran.out
    assert "Spectrum of Participation © peoplehub, used with acknowledgement." in ran.out
    assert spectrum("portfolio", cwd=plans).out == ran.out
    assert spectrum("portfolio", "plans/*.yaml", cwd=plans).out == ran.out


def test_the_exit_status_says_what_was_found(plans: Path) -> None:
    assert spectrum("portfolio", "plans", "--fail-on", "over-promise", cwd=plans).code == 1
    assert spectrum("portfolio", "plans/a.yaml", "--fail-on", "over-promise", cwd=plans).code == 0
    assert spectrum("portfolio", "plans", "--fail-on", "not-ready", "--fail-on", "gap", cwd=plans).code == 0
    write(plans / "plans", c=BROKEN)
    ran = spectrum("portfolio", "plans", "--fail-on", "over-promise", cwd=plans)
    assert ran.code == 2
    assert ran.err.startswith("plans/c.yaml:2:8: SP204 owner is a text, not a mapping of keys\n")
    empty = plans / "empty"
    empty.mkdir()
    ran = spectrum("portfolio", "empty", cwd=plans)
    assert (ran.code, ran.err) == (2, "spectrum: there is no decision here\n")


def test_every_format_is_written_with_a_row_for_each_decision(plans: Path) -> None:
    write(plans / "plans", c=BROKEN)
    files = [f"all{suffix}" for suffix in OUTPUTS]
    ran = spectrum("portfolio", "plans", *(word for file in files for word in ("-o", file)), cwd=plans)
    assert ran.code == 2
    assert "over-promise" in ran.out
    assert "Decision " not in ran.out
    with (plans / "all.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["status"] for row in csv.DictReader(stream)] == ["read", "read", "faulty"]
    lines = (plans / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["plans/a.yaml", "plans/b.yaml", "plans/c.yaml"]
    assert parquet.read_table(plans / "all.parquet").num_rows == 3
    with closing(sqlite3.connect(plans / "all.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM decisions").fetchone() == (3,)


def test_the_command_knows_each_writer_by_its_place() -> None:
    assert {suffix: output_writer(suffix) for suffix in OUTPUTS} == {
        ".html": dashboard_file,
        ".csv": csv_file,
        ".jsonl": json_lines_file,
        ".ndjson": json_lines_file,
        ".parquet": parquet_file,
        ".sqlite": sqlite_file,
        ".db": sqlite_file,
    }


def test_nothing_is_overwritten_unasked_and_nothing_is_written_over_what_is_read(plans: Path) -> None:
    (plans / "all.csv").write_text("mine")
    ran = spectrum("portfolio", "plans", "-o", "all.csv", cwd=plans)
    assert (ran.code, (plans / "all.csv").read_text()) == (2, "mine")
    assert ran.err == "spectrum: all.csv exists already and was left as it is; --force replaces it\n"
    assert spectrum("portfolio", "plans", "-o", "all.csv", "--force", cwd=plans).code == 0
    assert (plans / "all.csv").read_text() != "mine"
    write_csv(plans / "table.csv")
    before = (plans / "table.csv").read_bytes()
    ran = spectrum("portfolio", "table.csv", "-o", "./table.csv", "--force", cwd=plans)
    assert ran.code == 2
    assert (plans / "table.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "all.xlsx"], "the name must end in one of "),
        (["--sort", "advisd"], "there is no column 'advisd'; did you mean 'advised'?"),
        (["--columns", "title,zzzzzz"], "there is no column 'zzzzzz'; there are: file, row"),
        (["--group-by", "colour"], "colour"),
        (["--rules", "nowhere"], "SP901"),
        (["--config", "nowhere.toml"], "SP121"),
    ],
)
def test_a_wrong_word_is_named(arguments: list[str], message: str, plans: Path) -> None:
    ran = spectrum("portfolio", "plans", *arguments, cwd=plans, COLUMNS="300")
    assert ran.code == 2
    assert message in " ".join(ran.err.split())
    assert ran.out == ""


def test_bad_rows_of_a_table_are_reported_with_their_numbers_and_the_rest_is_kept(plans: Path) -> None:
    (plans / "t.csv").write_text("title,stage,openness.stage\nA,1,made\nB,2,maid\nC,3,aim\n")
    ran = spectrum("portfolio", "t.csv", cwd=plans)
    assert ran.code == 2
    assert ran.err.startswith("t.csv: SP201 unknown column 'stage'\n  Did you mean openness.stage? ")
    ran = spectrum("portfolio", "t.csv", "--ignore-columns", "stage", cwd=plans)
    assert ran.code == 2
    assert ran.err.startswith("t.csv, row 2 (line 3), openness.stage: SP202 unknown answer 'maid' for stage\n")
    assert "2 decisions, 0 over-promises, 0 not ready, 1 faulty" in ran.out


def test_tables_are_named_by_patterns_too_and_a_folder_is_a_folder_whatever_it_is_called(plans: Path) -> None:
    write_csv(plans / "t1.csv")
    write_csv(plans / "t2.csv")
    write(plans / "old.csv", a=CLEAN)
    ran = spectrum("portfolio", "t*.csv", "old.csv", "-o", "all.jsonl", cwd=plans)
    rows = [json.loads(line) for line in (plans / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["file"] for row in rows] == ["old.csv/a.yaml", *["t1.csv"] * 3, *["t2.csv"] * 3]
    assert ran.code == 0
    ran = spectrum("portfolio", "none.csv", cwd=plans)
    assert (ran.code, ran.err) == (2, "none.csv: SP101 there is no such file\n")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".sqlite"])
def test_a_disk_that_is_full_leaves_no_half_of_a_file(suffix: str, plans: Path) -> None:
    (plans / "t.jsonl").write_text("".join(f'{{"title": "{number:0500}"}}\n' for number in range(300)))
    command = f"ulimit -f 8; exec {COMMAND} portfolio t.jsonl -o all{suffix}"
    # Under the limit Python would write halves of its own files too, and believe them later.
    variables = environment(PYTHONDONTWRITEBYTECODE="1", XDG_CACHE_HOME="")
    ran = subprocess.run(["bash", "-c", command], cwd=plans, env=variables, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"spectrum: cannot write all{suffix}: ")
    assert sorted(path.name for path in plans.iterdir()) == ["plans", "t.jsonl"]


def test_very_many_faults_are_counted(plans: Path) -> None:
    (plans / "t.jsonl").write_text("{\n" * 200)
    ran = spectrum("portfolio", "t.jsonl", cwd=plans)
    assert ran.err.count("SP106") == 50
    assert ran.err.endswith("spectrum: 150 more could not be read; --output writes a row for each\n")


def test_a_terminal_has_colour_and_its_width(plans: Path) -> None:
    ran = spectrum_on_terminal("portfolio", str(plans / "plans"), COLUMNS="60")
    assert "\x1b[" in ran.out
    assert spectrum_on_terminal("portfolio", str(plans / "plans"), NO_COLOR="1").out.count("\x1b[") == 0


def test_standard_input_is_one_decision(plans: Path) -> None:
    ran = spectrum("portfolio", "-", stdin=CLEAN.encode(), cwd=plans)
    assert "1 decision, 0 over-promises" in ran.out
    assert ran.code == 0


def test_files_tables_and_urls_can_be_mixed(plans: Path) -> None:
    write_csv(plans / "t.csv")
    url = f"file://{plans}/plans/a.yaml"
    ran = spectrum("portfolio", url, "t.csv", "plans/b.yaml", "-o", "all.jsonl", cwd=plans)
    rows = [json.loads(line) for line in (plans / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["file"] for row in rows] == ["plans/b.yaml", *["t.csv"] * 3, url]
    assert ran.code == 0
