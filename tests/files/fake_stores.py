"""Servers in this process that answer like Google's Cloud Storage and Azure's Blob Storage, as far as reading goes.

They follow the published descriptions of the two services: the JSON API's list, get and download, and the Blob
service's list, properties and get, with pages, delimiters and ranges. What they check is real: a bearer token that was
fetched from the token endpoint, and a signature made with the account's key.
"""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

PAGE = 5
"""How many entries a page of a listing has. The services give up to 1,000 or 5,000."""

ACCOUNT = "devstoreaccount1"
# The key that Microsoft publishes for the emulator of its storage. It opens nothing.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
TOKEN = "ya29.token-of-the-imitation"
CHANGED = "Wed, 04 Nov 2026 10:00:00 GMT"


@dataclass
class FakeStore:
    """What a service holds, by ``container/name``, and how it behaves."""

    files: dict[str, bytes] = field(default_factory=dict)
    refuses: bool = False
    signs: bool = False
    """Whether only requests are answered that are signed, or carry the token."""
    gone: set[str] = field(default_factory=set)
    """What is still listed, and is not there any more."""
    faults: dict[str, list[int]] = field(default_factory=dict)
    """Which status a file's content is answered with, once each, before it is given."""
    asked: list[str] = field(default_factory=list)
    where: str = ""

    def containers(self) -> set[str]:
        return {name.partition("/")[0] for name in self.files}

    def count(self, name: str) -> int:
        """Return how often a file's content was asked for."""
        return Counter(self.asked)[name]

    def page(self, container: str, prefix: str, delimiter: str, start: int) -> tuple[list[str], list[str], int]:
        """Return the names and the common prefixes on a page, and where the next begins, or 0."""
        within = [name.partition("/")[2] for name in sorted(self.files) if name.startswith(f"{container}/")]
        entries: dict[str, bool] = {}
        for name in within:
            rest = name.removeprefix(prefix)
            if not name.startswith(prefix):
                continue
            if delimiter and delimiter in rest:
                entries[prefix + rest.partition(delimiter)[0] + delimiter] = True
            else:
                entries[name] = False
        some = list(entries.items())[start : start + PAGE]
        following = start + PAGE if start + PAGE < len(entries) else 0
        return [name for name, below in some if not below], [name for name, below in some if below], following


class _Service(BaseHTTPRequestHandler):
    """What both services have in common."""

    store: ClassVar[FakeStore]

    def parts(self) -> tuple[list[str], dict[str, str]]:
        """Return the pieces of the path and what is asked of it. A proxy is given the whole address."""
        address = urlsplit(self.path)
        pieces = [unquote(piece) for piece in address.path.split("/")[1:]]
        asked = parse_qs(address.query, keep_blank_values=True)
        return pieces, {name: values[0] for name, values in asked.items()}

    def answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        with suppress(ConnectionError):  # gcsfs asks two things at once and drops the slower answer
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def content(self, name: str) -> tuple[int, bytes]:
        """Return the status and the content of a file, or the fault that is its turn."""
        self.store.asked.append(name)
        if faults := self.store.faults.get(name):
            return faults.pop(0), b""
        if name in self.store.gone or name not in self.store.files:
            return 404, b""
        return 200, self.store.files[name]

    def ranged(self, whole: bytes, asked: str | None) -> tuple[int, bytes, dict[str, str]]:
        """Return the bytes that a range names: none of an empty file can be named."""
        if not asked:
            return 200, whole, {}
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin, end = int(first), min(int(last) if last else len(whole), len(whole) - 1)
        if begin > end:
            return 416, b"", {"Content-Range": f"bytes */{len(whole)}"}
        return 206, whole[begin : end + 1], {"Content-Range": f"bytes {begin}-{end}/{len(whole)}"}

    def log_message(self, *_: object) -> None:
        pass


class Google(_Service):
    """The JSON API of Cloud Storage, and a token endpoint at ``/token``."""

    signs_in: ClassVar[bool] = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.store.asked.append("token")
        if self.signs_in and not self.store.refuses:
            self.tell(200, {"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"})
        else:
            self.tell(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})

    def do_GET(self) -> None:
        pieces, asked = self.parts()
        if self.store.signs and self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.refuse(401, "Anonymous caller does not have storage.objects.list access")
        if self.store.refuses:
            return self.refuse(403, f"somebody does not have access, token={TOKEN}")
        match pieces:
            case ["storage", "v1", "b", bucket, *_] if bucket not in self.store.containers():
                return self.refuse(404, "The specified bucket does not exist.")
            case ["storage", "v1", "b", bucket]:
                return self.tell(200, {"kind": "storage#bucket", "id": bucket, "name": bucket})
            case ["storage", "v1", "b", bucket, "o"]:
                return self.tell(200, self.listing(bucket, asked))
            case ["storage", "v1", "b", bucket, "o", name] if f"{bucket}/{name}" in self.store.files:
                return self.tell(200, self.metadata(bucket, name))
            case ["download", "storage", "v1", "b", bucket, "o", name]:
                return self.download(f"{bucket}/{name}")
        return self.refuse(404, "No such object")

    def listing(self, bucket: str, asked: Mapping[str, str]) -> dict[str, object]:
        start = int(asked.get("pageToken", "0"))
        names, prefixes, following = self.store.page(bucket, asked.get("prefix", ""), asked.get("delimiter", ""), start)
        listing: dict[str, object] = {"kind": "storage#objects"}
        if names:
            listing["items"] = [self.metadata(bucket, name) for name in names]
        if prefixes:
            listing["prefixes"] = prefixes
        return {**listing, "nextPageToken": str(following)} if following else listing

    def metadata(self, bucket: str, name: str) -> dict[str, object]:
        content = self.store.files[f"{bucket}/{name}"]
        return {
            "kind": "storage#object",
            "bucket": bucket,
            "name": name,
            "size": str(len(content)),
            "etag": hashlib.md5(content).hexdigest(),
            "generation": "1",
            "metageneration": "1",
            "timeCreated": "2026-11-04T10:00:00.000Z",
            "updated": "2026-11-04T10:00:00.000Z",
        }

    def download(self, name: str) -> None:
        status, whole = self.content(name)
        if status != 200:
            return self.refuse(status, "no content")
        return self.answer(*self.ranged(whole, self.headers["Range"]))

    def refuse(self, status: int, message: str) -> None:
        self.tell(status, {"error": {"code": status, "message": message, "errors": [{"message": message}]}})

    def tell(self, status: int, document: Mapping[str, object]) -> None:
        self.answer(status, json.dumps(document).encode(), {"Content-Type": "application/json; charset=UTF-8"})


class Azure(_Service):
    """The Blob service, below the account's name as its emulator has it."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        pieces, asked = self.parts()
        if self.store.refuses or (self.store.signs and self.headers["Authorization"] != self.expected(asked)):
            return self.refuse(403, "AuthenticationFailed", f"The MAC signature is not the same, key={KEY}")
        match pieces:
            case [str(), container, *_] if container not in self.store.containers():
                return self.refuse(404, "ContainerNotFound", "The specified container does not exist.")
            case [str(), container] if asked.get("comp") == "list":
                return self.answer(200, self.listing(container, asked), {"Content-Type": "application/xml"})
            case [str(), container]:
                return self.answer(200, b"", {"Last-Modified": CHANGED, "ETag": '"0x1"'})
            case [str(), container, *names]:
                return self.blob(f"{container}/{'/'.join(names)}")
        return self.refuse(400, "InvalidUri", "The requested URI does not represent any resource.")

    def expected(self, asked: Mapping[str, str]) -> str:
        """Return what the request's signature must be, by the rules of the Blob service for a shared key."""
        plain = ("Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date")
        conditions = ("If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range")
        own = sorted((name.lower(), value) for name, value in self.headers.items() if name.lower().startswith("x-ms-"))
        lines = [
            self.command,
            *(self.headers[name] or "" for name in (*plain, *conditions)),
            *(f"{name}:{value}" for name, value in own),
            f"/{ACCOUNT}{urlsplit(self.path).path}",
            *(f"{name.lower()}:{value}" for name, value in sorted(asked.items())),
        ]
        made = hmac.new(base64.b64decode(KEY), "\n".join(lines).encode(), hashlib.sha256).digest()
        return f"SharedKey {ACCOUNT}:{base64.b64encode(made).decode()}"

    def listing(self, container: str, asked: Mapping[str, str]) -> bytes:
        start = int(asked.get("marker") or 0)
        names, prefixes, following = self.store.page(
            container, asked.get("prefix", ""), asked.get("delimiter", ""), start
        )
        blobs = "".join(
            f"<Blob><Name>{escape(name)}</Name><Properties><Last-Modified>{CHANGED}</Last-Modified><Etag>0x1</Etag>"
            f"<Content-Length>{len(self.store.files[f'{container}/{name}'])}</Content-Length>"
            "<BlobType>BlockBlob</BlobType></Properties></Blob>"
            for name in names
        ) + "".join(f"<BlobPrefix><Name>{escape(name)}</Name></BlobPrefix>" for name in prefixes)
        return (
            f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://127.0.0.1/{ACCOUNT}" '
            f'ContainerName="{container}"><Blobs>{blobs}</Blobs><NextMarker>{following or ""}</NextMarker>'
            "</EnumerationResults>"
        ).encode()

    def blob(self, name: str) -> None:
        if self.command == "HEAD":
            status, whole = (200, self.store.files[name]) if name in self.store.files else (404, b"")
        else:
            status, whole = self.content(name)
        if status != 200:
            return self.refuse(status, "BlobNotFound" if status == 404 else "ServerBusy", "The request failed.")
        headers = {"Last-Modified": CHANGED, "ETag": '"0x1"', "x-ms-blob-type": "BlockBlob"}
        if self.command == "HEAD":
            return self.answer(200, whole, headers)
        status, some, extent = self.ranged(whole, self.headers["x-ms-range"] or self.headers["Range"])
        if status == 416:
            return self.refuse(416, "InvalidRange", "The range specified is invalid.")
        return self.answer(status, some, {**headers, **extent})

    def refuse(self, status: int, code: str, message: str) -> None:
        body = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>'
        self.answer(status, body.encode(), {"Content-Type": "application/xml", "x-ms-error-code": code})


class _Server(ThreadingHTTPServer):
    """Lets as many wait as ask at the same time: the others would come again after a second."""

    request_queue_size = 200


SERVICES: dict[str, type[_Service]] = {"gs": Google, "abfs": Azure}


def connections_to(silent: socket.socket) -> int:
    """Return how many connections wait at a server that answers none."""
    silent.setblocking(False)
    asked = 0
    with suppress(BlockingIOError):
        while True:
            silent.accept()[0].close()
            asked += 1
    return asked


@contextmanager
def serving(service: type[_Service], store: FakeStore) -> Iterator[str]:
    """Serve a store and return where: ``http://127.0.0.1:PORT``."""
    handler = type(service.__name__, (service,), {"store": store})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def google_settings(where: str, home: Path) -> dict[str, str]:
    """Return the environment in which gcsfs asks an imitation, with nobody signed in."""
    return {
        "STORAGE_EMULATOR_HOST": where,
        "NO_GCE_CHECK": "true",
        "GOOGLE_APPLICATION_CREDENTIALS": "",
        "GOOGLE_CLOUD_PROJECT": "imitation",
        "CLOUDSDK_CONFIG": str(home),
        "HOME": str(home),
    }


def azure_settings(where: str, key: str = KEY) -> dict[str, str]:
    """Return the environment in which adlfs asks an imitation, with an account's key."""
    endpoint = f"BlobEndpoint={where}/{ACCOUNT}"
    return {
        "AZURE_STORAGE_CONNECTION_STRING": f"AccountName={ACCOUNT};AccountKey={key};{endpoint};",
    }
