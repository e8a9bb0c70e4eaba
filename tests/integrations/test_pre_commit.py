"""The hook for pre-commit, as pre-commit itself runs it in a repository."""

import sys
from pathlib import Path

import pytest

from tests.integrations.conftest import BRIDGE, COMPOSE, NOTES, OVER_PROMISE_LINE, ROOT, WARD


@pytest.fixture(scope="module")
def hook(run, copied):
    """The project as a repository with one commit, for pre-commit to clone. Returns its path and revision."""
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "All")):
        done = run("git", *command, cwd=copied)
        assert done.returncode == 0, done.stderr
    return copied, run("git", "rev-parse", "HEAD", cwd=copied).stdout.strip()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Where pre-commit keeps the environment of the hook: made once for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def commit(run, hook, store, tmp_path):
    """Commit files in a new repository that has the hook. Returns what git said."""
    repository = tmp_path / "team"
    repository.mkdir()
    path, revision = hook
    config = f"repos:\n  - repo: {path}\n    rev: {revision}\n    hooks:\n      - id: spectrum-check\n"
    (repository / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    env = {"PRE_COMMIT_HOME": store, "PRE_COMMIT_COLOR": "never"}
    assert run("git", "init", "-q", cwd=repository).returncode == 0
    done = run(sys.executable, "-m", "pre_commit", "install", cwd=repository, env=env)
    assert done.returncode == 0, done.stderr

    def commit(files):
        for name, text in files.items():
            path = Path(repository, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert run("git", "add", "-A", cwd=repository).returncode == 0
        return run("git", "commit", "-m", "Change", cwd=repository, env=env)

    return commit


def said(done):
    return done.stdout + done.stderr


def test_the_manifest_is_valid(run):
    done = run(sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml", cwd=ROOT)
    assert done.returncode == 0, said(done)


def test_an_over_promise_is_not_committed_and_is_named_with_its_line(commit):
    done = commit({"plans/bridge.yaml": BRIDGE, "plans/ward.yaml": WARD, "compose.yaml": COMPOSE, "notes.md": NOTES})
    assert done.returncode == 1
    assert "spectrum check...........................................................Failed" in said(done)
    assert f"plans/bridge.yaml:{OVER_PROMISE_LINE}:14: SP301 " in said(done)
    assert "2 files checked, 3 left out" in said(done)


def test_a_clean_decision_is_committed(commit):
    done = commit({"plans/ward.yaml": WARD})
    assert done.returncode == 0, said(done)
    assert "Passed" in said(done)


def test_yaml_and_markdown_of_other_kinds_do_no_harm(commit):
    done = commit({"compose.yaml": COMPOSE, "notes.md": NOTES, "broken.yaml": "a: [\n", "list.yml": "- 1\n"})
    assert done.returncode == 0, said(done)
    assert "Passed" in said(done)


def test_a_decision_that_cannot_be_read_is_not_committed(commit):
    done = commit({"plans/ward.yaml": WARD.replace("stage: aim", "stage: [aim")})
    assert done.returncode == 1
    assert "plans/ward.yaml:" in said(done)
    assert "exit code: 2" in said(done)


def test_what_the_settings_exclude_is_left_out_although_it_is_named(commit):
    done = commit({"spectrum.toml": 'exclude = ["old/"]\n', "old/bridge.yaml": BRIDGE, "plans/ward.yaml": WARD})
    assert done.returncode == 0, said(done)
