"""Decisions at URLs: in memory, in archives, over HTTP, and at a service that speaks S3."""

import http.server
import importlib.metadata
import re
import socket
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec.registry import _registry
from moto.server import ThreadedMotoServer

from spectrum_cli.files import remote, stores
from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.files.remote import is_url, remote_partitions
from spectrum_cli.files.store_faults import without_secrets
from spectrum_cli.files.stores import require
from spectrum_cli.model.portfolio import Item
from tests.files.fake_stores import connections_to

GOOD = b"spectrum: 1\ntitle: Benches\n"
LINES = b'{"title": "A"}\n{"title": "B"}\n'
TABLE = b"title,openness.stage\nA,made\nB,maid\n"


def items(url: str) -> list[Item]:
    return [item for partition in remote_partitions(url) for item in partition.items()]


def names(url: str) -> list[str]:
    return [item.name for item in items(url)]


def reasons(url: str) -> list[tuple[str, str]]:
    return [(item.name, item.faults[0].message) for item in items(url)]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.time, "sleep", lambda _seconds: None)


@pytest.fixture
def memory() -> Iterator[str]:
    system = fsspec.filesystem("memory")
    system.pipe("/plans/a.yaml", GOOD)
    system.pipe("/plans/sub/b.md", b"---\n" + GOOD + b"---\n")
    system.pipe("/plans/sub/table.csv", TABLE)
    system.pipe("/plans/picture.png", b"png")
    system.pipe("/plans/.hidden/c.yaml", GOOD)
    yield "memory://plans"
    system.rm("/plans", recursive=True)


def test_a_folder_gives_its_decision_files_and_then_the_rows_of_its_tables(memory: str) -> None:
    found = items(memory)
    assert [(item.name, item.row, item.named, item.markdown) for item in found] == [
        ("memory://plans/a.yaml", None, False, False),
        ("memory://plans/sub/b.md", None, False, True),
        ("memory://plans/sub/table.csv", 1, True, False),
        ("memory://plans/sub/table.csv", 2, True, False),
    ]
    assert found[0].content == GOOD
    assert not any(item.path for item in found)


def test_a_pattern_gives_what_it_fits_and_a_file_itself(memory: str) -> None:
    assert names(f"{memory}/*.yaml") == ["memory://plans/a.yaml"]
    assert names(f"{memory}/**/*.md") == ["memory://plans/sub/b.md"]
    [item] = items(f"{memory}/picture.png")
    assert item.named
    assert len(items(f"{memory}/sub/table.csv")) == 2


def test_what_is_not_there_is_said(memory: str) -> None:
    for url in (f"{memory}/nothing.yaml", f"{memory}/*.yml", "memory://nowhere"):
        assert reasons(url) == [(url, "there is no such file")]


def test_a_file_that_is_too_large_is_not_fetched_whole(memory: str) -> None:
    fsspec.filesystem("memory").pipe("/plans/big.yaml", b"#" * (3 << 20))
    [item] = items(f"{memory}/big.yaml")
    assert isinstance(item.content, bytes)
    assert len(item.content) == (1 << 20) + 1


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    archive = tmp_path / "plans.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("in/a.yaml", GOOD)
        writing.writestr("b.yaml", GOOD)
        writing.writestr("t.csv", TABLE)
    assert names(f"zip://::{archive}") == [
        *(f"zip://{name}::{archive}" for name in ("b.yaml", "in/a.yaml", "t.csv", "t.csv"))
    ]
    assert names(f"zip://*.yaml::{archive}") == [f"zip://b.yaml::{archive}"]
    system = fsspec.filesystem("memory")
    system.pipe("/plans.zip", archive.read_bytes())
    assert names("zip://in/*.yaml::memory://plans.zip") == ["zip://in/a.yaml::memory://plans.zip"]
    system.rm("/plans.zip")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("zip://plans.zip", "the URL does not say where the archive lies; write zip://*.yaml::FILE"),
        ("zip://*.yaml::{folder}/none.zip", "there is no such file"),
        ("zip://*.yaml::{folder}/text.zip", "the archive is damaged, or is no ZIP file"),
        ("nonsense://a/b.yaml", "protocol not known: nonsense"),
        ("https://127.0.0.1:9/a.yaml", "the server cannot be reached"),
    ],
)
def test_why_something_cannot_be_had_is_one_sentence(url: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive")
    url = url.format(folder=tmp_path)
    assert reasons(url) == [(url, reason)]


class Answers(http.server.BaseHTTPRequestHandler):
    """Gives a decision, refuses, or breaks, by the path; counts what is asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status = {"/secret.yaml": 403, "/broken.yaml": 500, "/none.yaml": 404}.get(self.path.partition("?")[0], 200)
        body = LINES if self.path.endswith(".jsonl") else GOOD if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.send_response(405)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[str]:
    Answers.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_one_file(web: str) -> None:
    [item] = items(f"{web}/a.yaml")
    assert (item.name, item.content) == (f"{web}/a.yaml", GOOD)


def test_a_table_of_lines_is_read_from_a_page(web: str) -> None:
    assert [item.content for item in items(f"{web}/table.jsonl")] == [{"title": "A"}, {"title": "B"}]


def test_the_web_s_refusals_are_sentences_and_requests_are_few(web: str) -> None:
    assert reasons(f"{web}/none.yaml") == [(f"{web}/none.yaml", "there is no such file")]
    assert reasons(f"{web}/secret.yaml")[0][1] == "access is refused; check the credentials for this service"
    assert reasons(f"{web}/broken.yaml")[0][1] == "the server has a fault of its own (status 500)"
    assert len([path for path in Answers.asked if path == "/broken.yaml"]) <= 3 * stores.ATTEMPTS


@pytest.mark.parametrize("protocol", ["http", "s3"])
def test_a_server_that_never_answers_is_given_up(protocol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "SECONDS_TO_READ", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL", where)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        url = f"{where}/a.yaml" if protocol == "http" else "s3://silent/a.yaml"
        assert reasons(url) == [(url, "the server does not answer in time")]
        asked = connections_to(silent)
        assert 1 <= asked <= 12


def test_no_password_and_no_key_is_shown(web: str) -> None:
    [item] = items(f"{web}/none.yaml?se=2027-01-01T00:00:00Z&sig=abc123")
    assert item.name == f"{web}/none.yaml"
    assert "abc123" not in str(item)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:secret@example.org/a.yaml?key=1", "https://example.org/a.yaml"),
        ("https://example.org/a.yaml?se=10:00:00Z&sig=secret", "https://example.org/a.yaml"),
        ("zip://a?.yaml::https://example.org/b.zip?sig=secret", "zip://a?.yaml::https://example.org/b.zip"),
        ("zip://a?.yaml::s3://plans/b.zip", "zip://a?.yaml::s3://plans/b.zip"),
        ("abfs://plans@council.dfs.core.windows.net/a?.yaml", "abfs://plans@council.dfs.core.windows.net/a?.yaml"),
        ("abfs://plans/a.yaml?se=10:00:00Z&sig=secret", "abfs://plans/a.yaml"),
        ("az://me:secret@plans/a.yaml", "az://plans/a.yaml"),
    ],
)
def test_a_url_is_shown_without_what_may_be_secret(url: str, shown: str) -> None:
    assert without_secrets(url) == shown


def test_a_fault_that_passes_is_tried_again_and_one_that_stays_is_not(
    memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    listing = remote._list

    def failing(place: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise TimeoutError
        return listing(place)  # type: ignore[arg-type]

    monkeypatch.setattr(remote, "_list", failing)
    assert names(f"{memory}/a.yaml") == ["memory://plans/a.yaml"]
    assert len(calls) == 2
    monkeypatch.setattr(remote, "_list", lambda _place: calls.append(2) or (_ for _ in ()).throw(PermissionError))
    assert reasons(memory)[0][1].startswith("access is refused")
    assert calls.count(2) == 1
    monkeypatch.setattr(remote, "_list", lambda _place: calls.append(3) or (_ for _ in ()).throw(TimeoutError))
    assert reasons(memory)[0][1] == "the server does not answer in time"
    assert calls.count(3) == stores.ATTEMPTS


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": "/dev/null",
        }.items():
            patch.setenv(name, value)
        system = fsspec.filesystem("s3")
        system.mkdir("plans")
        for number in range(3):
            system.pipe(f"plans/folder/{number}.yaml", GOOD + b"# %d\n" % number)
        system.pipe("plans/folder/table.csv", TABLE)
        system.pipe("plans/empty.yaml", b"")
        system.pipe("plans/lines.jsonl", LINES)
        yield "s3://plans"
        server.stop()
        type(system).clear_instance_cache()


def test_a_bucket_is_read_by_folder_pattern_and_name(s3: str) -> None:
    found = items(f"{s3}/folder")
    assert [item.name for item in found] == [
        *(f"s3://plans/folder/{number}.yaml" for number in range(3)),
        *["s3://plans/folder/table.csv"] * 2,
    ]
    assert [item.content for item in found[:3]] == [GOOD + b"# %d\n" % number for number in range(3)]
    assert names(f"{s3}/folder/[12].yaml") == ["s3://plans/folder/1.yaml", "s3://plans/folder/2.yaml"]
    assert [item.content for item in items(f"{s3}/empty.yaml")] == [b""]
    assert [item.content for item in items(f"{s3}/lines.jsonl")] == [{"title": "A"}, {"title": "B"}]


def test_what_a_bucket_does_not_hold_is_said(s3: str) -> None:
    for url in (f"{s3}/none.yaml", "s3://no-such-bucket/a.yaml"):
        assert reasons(url) == [(url, "there is no such file")]


@pytest.mark.parametrize(
    ("url", "protocol", "package", "extra"),
    [
        ("s3://plans/a.yaml", "s3", "s3fs", "remote"),
        ("https://example.org/a.yaml", "https", "aiohttp", "remote"),
        ("gs://plans/a.yaml", "gs", "gcsfs", "gs"),
        ("gcs://plans/a.yaml", "gcs", "gcsfs", "gs"),
        ("zip://*.yaml::abfs://plans/a.zip", "abfs", "adlfs", "azure"),
        ("abfss://plans/a.yaml", "abfss", "adlfs", "azure"),
        ("az://plans/a.yaml", "az", "adlfs", "azure"),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(
    url: str, protocol: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(_registry, protocol, raising=False)
    for module in [name for name in sys.modules if name.startswith("fsspec.implementations.http")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra) as caught:
        require([url])
    told = f"{protocol}:// needs the package {package}. Install it with: pip install 'spectrum-cli[{extra}]'"
    assert str(caught.value) == told


def test_each_extra_that_is_named_is_one_of_ours_and_brings_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    for package, extra in set(stores._PACKAGES.values()) - {("aiohttp", "spectrum-cli[remote]")}:
        brings = extras[extra.removeprefix("spectrum-cli[").removesuffix("]")]
        assert any(re.match(rf"{package}\b", line) for line in brings)
    assert any("aiohttp" in line for line in importlib.metadata.requires("s3fs") or [])


@pytest.mark.parametrize(
    ("url", "extra"),
    [("s3://plans/a.yaml", "remote"), ("memory://a", "remote"), ("gs://plans/a.yaml", "gs"), ("az://plans", "azure")],
)
def test_without_fsspec_no_url_is_read(url: str, extra: str) -> None:
    script = (
        "import sys; sys.modules['fsspec'] = None\n"
        "from spectrum_cli.__main__ import run\n"
        f"sys.exit(run(['portfolio', {url!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    expected = f"spectrum: a URL needs the package fsspec. Install it with: pip install 'spectrum-cli[{extra}]'\n"
    assert (done.stdout, done.stderr) == ("", expected)


def test_what_is_a_url() -> None:
    assert all(map(is_url, ("s3://a", "zip://*.yaml::b.zip", "https://a/b")))
    assert not any(map(is_url, ("a.yaml", "-", "C:\\plans", "/a//b", "a::b")))
