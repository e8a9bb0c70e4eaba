"""Where a decision stands on the line of six stops, for every drawing."""

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.rulebase import ParticipationType


def position(found: Assessment, types: tuple[ParticipationType, ...]) -> float | None:
    """Return the place of the openness on the line, where stop n (from 0) stands at n and all bands are as wide.

    It never leaves the band of the advised type: a drawing must not round up past what is open. None where there
    is no type yet.
    """
    value, kind = found.openness.value, found.type
    if value is None or kind is None:
        return None
    top = types[kind.order + 1].band_from if kind.order + 1 < len(types) else 100
    share = (value - kind.band_from) / (top - kind.band_from)
    return kind.order - 0.45 + 0.9 * min(1.0, max(0.0, share))
