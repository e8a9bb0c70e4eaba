"""The comment by which editors find the schema, in a file that ``spectrum new`` makes."""

import json
import re
import sys

import jsonschema
import yaml

NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def spectrum(run, cwd, *arguments):
    done = run(sys.executable, "-m", "spectrum_cli", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_line_names_a_schema_that_the_second_says_how_to_get(run, tmp_path):
    spectrum(run, tmp_path, "new", "plan.yaml", "--title", "A plan")
    first, second, *_ = (tmp_path / "plan.yaml").read_text(encoding="utf-8").splitlines()
    name = NAMED.fullmatch(first)[1]
    command = second.partition("spectrum ")[2]
    assert command == f"schema > {name}"
    (tmp_path / name).write_text(spectrum(run, tmp_path, "schema"), encoding="utf-8")
    schema = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load((tmp_path / "plan.yaml").read_text(encoding="utf-8")), schema)


def test_front_matter_has_no_such_line_because_editors_do_not_look_there(run, tmp_path):
    spectrum(run, tmp_path, "new", "plan.md")
    assert not NAMED.search((tmp_path / "plan.md").read_text(encoding="utf-8"))
