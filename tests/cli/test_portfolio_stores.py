"""``spectrum portfolio`` on Google's and Azure's stores, as imitated in this process, as a whole command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import spectrum
from tests.files.fake_stores import (
    KEY,
    SERVICES,
    TOKEN,
    FakeStore,
    azure_settings,
    google_settings,
    serving,
)
from tests.workflows.decisions import BROKEN, CLEAN, OVER


@pytest.fixture(params=SERVICES)
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store() -> FakeStore:
    files = {f"plans/folder/{number:02}.yaml": CLEAN.encode() for number in range(10)}
    return FakeStore({**files, "plans/folder/10.yaml": OVER.encode(), "plans/folder/11.yaml": BROKEN.encode()})


@pytest.fixture
def settings(protocol: str, store: FakeStore, tmp_path: Path) -> Iterator[dict[str, str]]:
    with serving(SERVICES[protocol], store) as where:
        yield google_settings(where, tmp_path) if protocol == "gs" else azure_settings(where)


def test_a_folder_of_a_store_is_read_with_a_row_for_each_decision_and_nothing_else_is_said(
    protocol: str, settings: dict[str, str]
) -> None:
    ran = spectrum("portfolio", f"{protocol}://plans/folder", **settings)
    assert ran.code == 2
    assert ran.err.startswith(f"{protocol}://plans/folder/11.yaml:2:8: SP204 owner is a text, not a mapping of keys\n")
    assert ran.err.count("SP") == 1
    assert "11 decisions, 1 over-promise, 0 not ready, 1 faulty" in ran.out
    fine = spectrum("portfolio", f"{protocol}://plans/folder/0*.yaml", **settings)
    assert (fine.code, fine.err) == (0, "")
    assert "10 decisions" in fine.out


def test_what_cannot_be_had_is_one_line_without_a_secret(
    protocol: str, store: FakeStore, settings: dict[str, str]
) -> None:
    store.refuses = True
    url = f"{protocol}://plans/folder"
    ran = spectrum("portfolio", url, **settings)
    told = f"{url}: SP101 access is refused; check the credentials for this service\n"
    assert (ran.code, ran.err) == (2, told)
    assert not any(secret in ran.out + ran.err for secret in (KEY, TOKEN))
