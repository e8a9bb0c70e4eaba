"""Where something in a rule base stands: from the id of a rule to a file, a line and a column."""

from spectrum_cli.files.rulebase import RULE_BASE_FILE, find_layers
from spectrum_cli.files.rulebase_reader import _Faults, _File, _parsed
from spectrum_cli.model.diagnostic import Diagnostic, Related
from spectrum_cli.model.location import Span
from spectrum_cli.model.verification import Fault, Place


class Places:
    """The files of a rule base that has been loaded, with the place of every value in them."""

    def __init__(self, name_or_folder: str) -> None:
        layers = find_layers(name_or_folder)
        self._files = [file for layer in layers for file in _parsed(layer, _Faults())]

    def diagnostic(self, fault: Fault) -> Diagnostic:
        """Return a fault with the file and line in which it stands."""
        file, span = self._find(fault.at)
        related = []
        for sentence, place in fault.related:
            other, there = self._find(place)
            told = sentence if other is file else f"{sentence}, in {other.shown}"
            related.append(Related(told, there, other.source.line(there.line), other.shown))
        return Diagnostic(
            fault.code,
            fault.severity,
            fault.message,
            file.shown,
            span,
            file.source.line(span.line),
            fault.hint,
            tuple(related),
        )

    def _find(self, place: Place) -> tuple[_File, Span]:
        """Return the file that counts, of the highest layer that has it, and the place in it or around it."""
        wanted = place.path
        files = [file for file in reversed(self._files) if self._is(file, place)]
        stating = [file for file in files if not wanted or wanted[:1] in file.spans]
        file = next(iter((*stating, *files)))
        return file, file.span(wanted)

    @staticmethod
    def _is(file: _File, place: Place) -> bool:
        if not place.folder:
            return file.path == RULE_BASE_FILE
        return file.path.rpartition("/")[0] == place.folder and file.value.get("id") == place.id
