"""The findings as SARIF 2.1.0, which GitHub's code scanning and many editors read.

SARIF counts lines and columns from 1 and takes the end of a region as exclusive, as our spans do.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.location import Span
from spectrum_cli.model.report import ReportOptions, RuleInfo, Summary, fingerprinted, portable_path
from spectrum_cli.render.reports.escaping import JsonItems, inert_json, shown

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "spectrum/v1"
COULD_NOT_RUN = 2

# In a SARIF message, [text](target) is a link.
_LINK = re.compile(r"\](?=\()")
_NOT_A_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:/")


class SarifReport:
    """Writes one run with every rule first, then the results as they come, then how the run ended."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._places = {rule.code: number for number, rule in enumerate(options.rules)}
        self._items = JsonItems(ascii_only=options.ascii_only)

    def begin(self) -> str:
        driver: dict[str, Any] = {"name": "spectrum"}
        if self._options.version:
            driver["version"] = self._options.version
        driver["rules"] = [_rule(rule) for rule in self._options.rules]
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that was checked."}}},
        }
        start = inert_json({"$schema": SCHEMA, "version": "2.1.0"}, ascii_only=self._options.ascii_only)
        opened = inert_json(run, ascii_only=self._options.ascii_only)
        return f'{start[:-1]}, "runs": [{opened[:-1]}, "results": ['

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(self._items.item(self._result(item, mark)) for item, mark in fingerprinted(findings))

    def end(self, summary: Summary, /) -> str:
        invocation: dict[str, Any] = {
            "executionSuccessful": summary.exit_status < COULD_NOT_RUN,
            "exitCode": summary.exit_status,
        }
        if summary.reason:
            invocation["exitCodeDescription"] = shown(summary.reason)
        run: dict[str, Any] = {"invocations": [invocation]}
        if summary.rules is not None:
            run["properties"] = {"ruleBase": summary.rules._asdict()}
        return f"\n], {inert_json(run, ascii_only=self._options.ascii_only)[1:-1]}}}]}}\n"

    def _result(self, item: Diagnostic, mark: str) -> dict[str, Any]:
        result: dict[str, Any] = {"ruleId": item.code}
        if item.code in self._places:
            result["ruleIndex"] = self._places[item.code]
        result |= {
            "level": str(item.severity),
            "message": _message("\n".join(shown(part) for part in (item.message, item.hint) if part)),
            "locations": [{"physicalLocation": _place(item.file, item.span)}],
            "partialFingerprints": {FINGERPRINT: mark},
        }
        if item.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": _message(shown(place.message)),
                    "physicalLocation": _place(place.file or item.file, place.span),
                }
                for number, place in enumerate(item.related, start=1)
            ]
        return result


def _rule(rule: RuleInfo) -> dict[str, Any]:
    title = rule.title[:1].upper() + rule.title[1:]
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": title},
        "fullDescription": {"text": rule.why or title},
        "help": {"text": rule.instead or title},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _message(text: str) -> dict[str, str]:
    return {"text": _LINK.sub("] ", text)}


def _place(file: str, span: Span | None) -> dict[str, Any]:
    # A finding about a whole file has no region in SARIF, but code scanning refuses a result without a line.
    region = {"startLine": 1}
    if span:
        region = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {"artifactLocation": artifact_location(file), "region": region}


def artifact_location(file: str) -> dict[str, str]:
    """Return a file's place as a URI: relative to the root, or a file URI where its name is absolute."""
    path = portable_path(file)
    uri = quote(_NOT_A_BYTE.sub("\ufffd", path), safe="/", errors="surrogateescape")
    if path.startswith("//"):
        return {"uri": f"file:{uri}"}
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{path[0]}:{uri.partition('%3A')[2]}"}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}
