"""The report formats of ``spectrum check``, listed once. A format is imported when it is used."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from spectrum_cli.model.report import ReportFormat, ReportOptions

REPORT_FORMATS: Mapping[str, str] = {
    "text": "spectrum_cli.render.reports.text:TextReport",
    "concise": "spectrum_cli.render.reports.concise:ConciseReport",
    "json": "spectrum_cli.render.reports.json:JsonReport",
    "github": "spectrum_cli.render.reports.github:GitHubReport",
    "gitlab": "spectrum_cli.render.reports.gitlab:GitLabReport",
    "sarif": "spectrum_cli.render.reports.sarif:SarifReport",
    "junit": "spectrum_cli.render.reports.junit:JUnitReport",
    "azure": "spectrum_cli.render.reports.azure:AzureReport",
}


def new_report(name: str, options: ReportOptions) -> ReportFormat:
    """Return a new report in the named format."""
    module, _, attribute = REPORT_FORMATS[name].partition(":")
    make = cast(Callable[[ReportOptions], ReportFormat], getattr(import_module(module), attribute))
    return make(options)
