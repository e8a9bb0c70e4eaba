"""Decisions in Google's and Azure's stores, as imitated in this process: what is read, and what is said of a fault."""

import asyncio
import json
import pickle
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import fsspec
import gcsfs.retry
import pyarrow
import pytest
from azure.core.exceptions import ClientAuthenticationError
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyarrow import parquet

from spectrum_cli.files import stores
from spectrum_cli.files.remote import UrlFiles, remote_partitions
from spectrum_cli.model.portfolio import Item
from tests.files.fake_stores import (
    ACCOUNT,
    KEY,
    SERVICES,
    TOKEN,
    FakeStore,
    azure_settings,
    connections_to,
    google_settings,
    serving,
)

GOOD = b"spectrum: 1\ntitle: Benches\n"
BROKEN = b"spectrum: 1\ntitle: [\n"
ROWS = b'{"title": "A"}\n{"title": "B", "openness.stage": "maid"}\n'
REFUSED = "access is refused; check the credentials for this service"
SILENT = "the server does not answer in time"
WRONG_KEY = "c2VjcmV0LWtleS1vZi10aGUtaW1pdGF0aW9u"


@dataclass
class Held:
    """A store that is served, and the protocol that it is asked by."""

    protocol: str
    store: FakeStore
    where: str

    def url(self, path: str = "") -> str:
        return f"{self.protocol}://plans/{path}".rstrip("/")


def items(url: str) -> list[Item]:
    return [item for partition in remote_partitions(url) for item in partition.items()]


def reasons(url: str) -> list[tuple[str, str]]:
    return [(item.name, item.faults[0].message) for item in items(url) if item.faults]


async def at_once(_seconds: float) -> None:
    """Wait for nothing, in place of the packages' own pauses."""


def settings(protocol: str, where: str, home: Path) -> dict[str, str]:
    return google_settings(where, home) if protocol == "gs" else azure_settings(where)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask nobody but the imitations, without waiting, and forget afterwards who was asked."""
    for name in ("ACCOUNT_NAME", "ACCOUNT_KEY", "CONNECTION_STRING", "SAS_TOKEN", "ANON", "CLIENT_ID"):
        monkeypatch.delenv(f"AZURE_STORAGE_{name}", raising=False)
    monkeypatch.setattr(stores, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(gcsfs.retry, "asyncio", SimpleNamespace(sleep=at_once))
    yield
    for protocol in SERVICES:
        fsspec.get_filesystem_class(protocol).clear_instance_cache()


@pytest.fixture(params=SERVICES)
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Held]:
    files = {f"plans/folder/{number:02}.yaml": GOOD + b"# %d\n" % number for number in range(11)}
    files |= {"plans/folder/11.yaml": BROKEN, "plans/folder/.hidden/a.yaml": GOOD, "plans/folder/picture.png": b"png"}
    store = FakeStore({**files, "plans/folder/table.jsonl": ROWS, "plans/empty.yaml": b"", "plans/other.yaml": GOOD})
    with serving(SERVICES[request.param], store) as where:
        for name, value in settings(request.param, where, tmp_path).items():
            monkeypatch.setenv(name, value)
        yield Held(request.param, store, where)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_folder_gives_all_its_decision_files_page_by_page_and_the_rows_of_its_tables(held: Held, slash: str) -> None:
    found = items(held.url("folder") + slash)
    assert [(item.name, item.row) for item in found] == [
        *((held.url(f"folder/{number:02}.yaml"), None) for number in range(12)),
        *((held.url("folder/table.jsonl"), row) for row in (1, 2)),
    ]
    assert [item.content for item in found[:12]] == [*(GOOD + b"# %d\n" % number for number in range(11)), BROKEN]
    assert not any(item.named or item.faults for item in found[:12])
    assert [held.store.count(f"plans/folder/{number:02}.yaml") for number in range(12)] == [1] * 12


def test_a_whole_bucket_a_pattern_and_a_file_can_be_named(held: Held) -> None:
    assert len(items(held.url())) == 16
    assert [item.name for item in items(held.url("folder/0[12].yaml"))] == [
        held.url("folder/01.yaml"),
        held.url("folder/02.yaml"),
    ]
    assert [item.name for item in items(held.url("*/1*.yaml"))] == [
        held.url("folder/10.yaml"),
        held.url("folder/11.yaml"),
    ]
    [item] = items(held.url("folder/picture.png"))
    assert (item.content, item.named) == (b"png", True)
    [item] = items(held.url("empty.yaml"))
    assert (item.content, item.faults) == (b"", ())


def test_a_file_may_have_any_name(held: Held) -> None:
    odd = ("ü “quoted” #1 & <b>.yaml", "a+b %20.yaml", "list [2].yaml", "what?x=1.yaml", "{{ x }} $1.yaml")
    held.store.files = {f"plans/odd/{name}": GOOD + f"# {name}\n".encode() for name in odd}
    found = items(held.url("odd"))
    assert sorted(item.content for item in found if isinstance(item.content, bytes)) == sorted(
        held.store.files.values()
    )
    shown = {held.url(f"odd/{name}") for name in odd}
    if held.protocol == "abfs":  # a key may stand there
        shown = {name.replace("?x=1.yaml", "") for name in shown}
    assert {item.name for item in found} == shown


def test_a_table_is_read_row_by_row(held: Held) -> None:
    assert [(item.row, item.content) for item in items(held.url("folder/table.jsonl"))] == [
        (1, {"title": "A"}),
        (2, {"title": "B", "openness.stage": "maid"}),
    ]
    packed = BytesIO()
    parquet.write_table(pyarrow.table({"title": ["A", "B"], "plan.type": ["inform", None]}), packed)
    held.store.files["plans/table.parquet"] = packed.getvalue()
    assert [item.content for item in items(held.url("table.parquet"))] == [
        {"title": "A", "plan.type": "inform"},
        {"title": "B"},
    ]
    held.store.files["plans/table.csv"] = b"title,plan.type\nA,inform\nB,\n"
    assert [item.content for item in items(held.url("table.csv"))] == [
        {"title": "A", "plan.type": "inform"},
        {"title": "B"},
    ]


def test_an_archive_that_lies_in_a_store_is_read(held: Held) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as writing:
        writing.writestr("in/a.yaml", GOOD)
    held.store.files["plans/plans.zip"] = packed.getvalue()
    [item] = items(f"zip://in/*.yaml::{held.url('plans.zip')}")
    assert (item.name, item.content) == (f"zip://in/a.yaml::{held.url('plans.zip')}", GOOD)


def test_what_a_store_does_not_hold_is_said(held: Held) -> None:
    for url in (
        held.url("none.yaml"),
        held.url("none/*.yaml"),
        f"{held.protocol}://no-such-bucket/a.yaml",
        f"{held.protocol}://no-such-bucket/*.yaml",
        f"{held.protocol}://no-such-bucket",
        f"zip://*.yaml::{held.url('none.zip')}",
    ):
        assert reasons(url) == [(url, "there is no such file")]


def test_a_file_that_goes_after_it_was_listed_is_one_fault_among_the_others(held: Held) -> None:
    held.store.gone = {"plans/folder/03.yaml", "plans/folder/table.jsonl"}
    found = items(held.url("folder"))
    assert len(found) == 13
    assert [(item.name, item.faults[0].message) for item in found if item.faults] == [
        (held.url("folder/03.yaml"), "there is no such file"),
        (held.url("folder/table.jsonl"), "the table cannot be read to its end: there is no such file"),
    ]


def test_what_was_listed_is_asked_for_anew(held: Held) -> None:
    assert len(items(held.url("folder"))) == 14
    held.store.files["plans/folder/12.yaml"] = GOOD
    del held.store.files["plans/folder/00.yaml"], held.store.files["plans/folder/01.yaml"]
    assert len(items(held.url("folder"))) == 13


def test_refused_access_is_said_once_and_shows_no_secret(held: Held, capfd: pytest.CaptureFixture[str]) -> None:
    held.store.refuses = True
    for path in ("folder", "folder/*.yaml", "folder/01.yaml", "folder/table.jsonl"):
        assert reasons(held.url(path)) == [(held.url(path), REFUSED)]
    assert reasons(f"zip://*.yaml::{held.url('a.zip')}")[0][1] == REFUSED
    assert capfd.readouterr() == ("", "")


def test_a_busy_service_is_asked_again_and_one_that_stays_broken_is_given_up(
    held: Held, capfd: pytest.CaptureFixture[str]
) -> None:
    held.store.faults = {"plans/folder/02.yaml": [503], "plans/folder/04.yaml": [503] * 50}
    assert reasons(held.url("folder")) == [
        (held.url("folder/04.yaml"), "the server has a fault of its own (status 503)"),
    ]
    assert held.store.count("plans/folder/02.yaml") == 2
    assert held.store.count("plans/folder/04.yaml") == stores.ATTEMPTS * (1 + stores.ATTEMPTS)
    assert capfd.readouterr() == ("", "")


def test_files_can_be_asked_for_elsewhere(held: Held) -> None:
    [some, table] = remote_partitions(held.url("folder"), elsewhere=True)
    assert isinstance(some, UrlFiles)
    assert set(held.store.asked) == {"plans/folder/table.jsonl"}
    assert all(found.size and found.mark for found in some.files)
    sent: UrlFiles = pickle.loads(pickle.dumps(some))
    assert sent.names() == [held.url(f"folder/{number:02}.yaml") for number in range(12)]
    assert [item.content for item in sent.items()][11] == BROKEN
    assert len(list(table.items())) == 2
    held.store.refuses = True
    assert {item.faults[0].message for item in sent.items()} == {REFUSED}


@pytest.mark.parametrize("protocol", SERVICES)
@pytest.mark.parametrize("url", ["plans/a.yaml", "plans", "plans/in/*.yaml"])
def test_a_server_that_never_answers_is_given_up(
    protocol: str, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stores, "SECONDS_TO_READ", 0.1)
    with socket.create_server(("127.0.0.1", 0), backlog=50) as silent:
        for name, value in settings(protocol, f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path).items():
            monkeypatch.setenv(name, value)
        assert reasons(f"{protocol}://{url}") == [(f"{protocol}://{url}", SILENT)]
        asked = connections_to(silent)
        # gcsfs asks for a file and for a folder of that name at the same time.
        assert stores.ATTEMPTS <= asked <= 2 * stores.ATTEMPTS**2


@pytest.mark.parametrize("protocol", SERVICES)
def test_a_server_that_is_not_there_is_said(protocol: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in settings(protocol, "http://127.0.0.1:9", tmp_path).items():
        monkeypatch.setenv(name, value)
    assert reasons(f"{protocol}://plans/a.yaml") == [(f"{protocol}://plans/a.yaml", "the server cannot be reached")]


@pytest.mark.parametrize("held", SERVICES, indirect=True)
def test_a_proxy_of_the_environment_is_asked(held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("http_proxy", held.where)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    for name, value in settings(held.protocol, "http://store.invalid", tmp_path).items():
        monkeypatch.setenv(name, value)
    held.store.signs = held.protocol == "abfs"
    assert len(items(held.url("folder"))) == 14
    if held.protocol == "gs":
        [item] = items("http://store.invalid/download/storage/v1/b/plans/o/other.yaml")
        assert item.content == GOOD


def sign_in_with_google(where: str, monkeypatch: pytest.MonkeyPatch, home: Path) -> str:
    """Write a service account's file, as Google gives it out, and return its private key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    account = {
        "type": "service_account",
        "project_id": "imitation",
        "private_key_id": "1",
        "private_key": key.decode(),
        "client_email": "reader@imitation.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": f"{where}/token",
    }
    path = home / "account.json"
    path.write_text(json.dumps(account))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    return key.decode()


@pytest.mark.parametrize("held", ["gs"], indirect=True)
def test_a_service_account_signs_in_with_google_once(
    held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held.store.signs = True
    assert reasons(held.url("folder")) == [(held.url("folder"), REFUSED)]
    gcsfs.GCSFileSystem.clear_instance_cache()
    sign_in_with_google(held.where, monkeypatch, tmp_path)
    assert len(items(held.url("folder"))) == 14
    assert held.store.count("token") == 1


@pytest.mark.parametrize("held", ["gs"], indirect=True)
def test_credentials_that_google_does_not_accept_are_refused_and_not_shown(
    held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    key = sign_in_with_google(held.where, monkeypatch, tmp_path)
    held.store.refuses = held.store.signs = True
    found = items(held.url("folder/01.yaml"))
    assert [item.faults[0].message for item in found] == [REFUSED]
    assert not any(secret in str(found) + str(capfd.readouterr()) for secret in (key, TOKEN, "Invalid JWT"))


@pytest.mark.parametrize("held", ["gs"], indirect=True)
def test_a_sign_in_that_never_answers_is_given_up(held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stores, "SECONDS_TO_READ", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sign_in_with_google(f"http://127.0.0.1:{silent.getsockname()[1]}", monkeypatch, tmp_path)
        assert reasons(held.url("folder")) == [(held.url("folder"), SILENT)]


@pytest.mark.parametrize("held", ["abfs"], indirect=True)
def test_an_account_key_signs_each_request_to_azure_and_a_wrong_one_is_refused_and_not_shown(
    held: Held, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    held.store.signs = True
    assert len(items(held.url("folder"))) == 14
    assert len(items(held.url("folder/0*.yaml"))) == 10
    fsspec.get_filesystem_class("abfs").clear_instance_cache()
    for wrong in (WRONG_KEY, "no-base64"):
        for name, value in azure_settings(held.where, wrong).items():
            monkeypatch.setenv(name, value)
        found = items(held.url("folder"))
        assert [item.faults[0].message for item in found] == [REFUSED]
        assert not any(secret in str(found) + str(capfd.readouterr()) for secret in (KEY, wrong))
        fsspec.get_filesystem_class("abfs").clear_instance_cache()


@pytest.mark.parametrize("held", ["abfs"], indirect=True)
def test_a_shared_access_signature_is_sent_to_azure_and_never_shown(
    held: Held, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    signature = "sv=2024-11-04&se=2027-01-01T00:00:00Z&sp=rl&sig=c2VjcmV0c2lnbmF0dXJl"
    endpoint = f"BlobEndpoint={held.where}/{ACCOUNT};SharedAccessSignature={signature}"
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", endpoint)
    assert len(items(held.url("folder"))) == 14
    held.store.refuses = True
    with_key = f"abfs://plans/a.yaml?{signature}"
    told = str(items(held.url("folder"))) + str(items(with_key)) + str(capfd.readouterr())
    assert REFUSED in told
    assert "c2VjcmV0c2lnbmF0dXJl" not in told


class NoCredential:
    """A sign-in at Azure that finds nothing, or takes its time."""

    seconds = 0.0

    def __init__(self, **_: object) -> None:
        self.asked = False

    async def get_token(self, *_: str, **__: object) -> None:
        await asyncio.sleep(self.seconds)
        raise ClientAuthenticationError(message="DefaultAzureCredential failed, tried key=abc123")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [(0.0, "no credentials were found for this service, or they are not accepted"), (5.0, SILENT)],
)
def test_an_account_without_a_key_needs_a_sign_in(
    seconds: float, reason: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for module in ("azure.identity", "azure.identity.aio"):
        monkeypatch.setattr(f"{module}.DefaultAzureCredential", NoCredential)
    monkeypatch.setattr(NoCredential, "seconds", seconds)
    monkeypatch.setattr(stores, "SECONDS_TO_SIGN_IN", 0.1)
    url = "abfss://plans@council.dfs.core.windows.net/a.yaml"
    assert reasons(url) == [(url, reason)]
    assert capfd.readouterr() == ("", "")


def test_azure_needs_an_account_and_a_connection_string_that_holds_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("azure.identity", "azure.identity.aio"):
        monkeypatch.setattr(f"{module}.DefaultAzureCredential", NoCredential)
    [(_, told)] = reasons("abfs://plans/a.yaml")
    assert told == (
        "the URL does not say in which storage account it lies; "
        "set AZURE_STORAGE_ACCOUNT_NAME or AZURE_STORAGE_CONNECTION_STRING"
    )
    fsspec.get_filesystem_class("abfs").clear_instance_cache()
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", "AccountKey=abc123")
    [(_, told)] = reasons("abfs://plans/a.yaml")
    assert told == ("the storage account cannot be asked; check AZURE_STORAGE_CONNECTION_STRING and the account's name")


@pytest.mark.parametrize("held", ["abfs"], indirect=True)
@pytest.mark.parametrize(
    "url",
    [
        "abfss://plans@council.dfs.core.windows.net/folder/01.yaml",
        "abfs://council.dfs.core.windows.net/plans/folder/01.yaml",
    ],
)
def test_a_row_names_the_account_and_the_container(held: Held, url: str) -> None:
    [item] = items(url)
    protocol = url.partition("://")[0]
    assert item.name == f"{protocol}://plans@council.dfs.core.windows.net/folder/01.yaml"
    assert item.content == held.store.files["plans/folder/01.yaml"]
