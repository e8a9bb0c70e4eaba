"""A picture of an advice as a file of its own; :mod:`spectrum_cli.render.pictures` draws it."""

from spectrum_cli.model.assessment import Advice
from spectrum_cli.render import words
from spectrum_cli.render.pictures.contributions import openness_svg
from spectrum_cli.render.pictures.national_local import national_local_svg
from spectrum_cli.render.pictures.parts import parts_svg
from spectrum_cli.render.pictures.spectrum import spectrum_svg

NO_PARTS = "the file has no parts, so there is no picture of them"
NO_PLACE = (
    "place says neither that this decision carries out another one nor that it is carried out locally, so there is no "
    "picture of national and local"
)


class NoPicture(Exception):
    """The file does not say enough for this picture. The message says what is missing."""


def render_svg(advice: Advice, *, part: str = "", picture: str = "spectrum") -> str:
    """Return a picture for a whole file, or for one of its parts: ``spectrum``, ``parts``, ``place`` or ``openness``.

    Raises:
        NoPicture: the file has no parts, or its ``place`` says nothing that the picture could show.
    """
    found = advice.scope(part).assessment
    title, thanks = found.title or advice.title, advice.acknowledgement
    rules = words.rules_used(advice)
    if picture == "parts":
        return _there(parts_svg(advice, rules=rules), NO_PARTS)
    if picture == "place":
        return _there(national_local_svg(advice.types, found, thanks, title, rules=rules), NO_PLACE)
    if picture == "openness":
        return openness_svg(advice.types, found, thanks, title, rules=rules)
    return spectrum_svg(advice.types, found, thanks, title, rules=rules)


def _there(picture: str | None, else_why: str) -> str:
    if picture is None:
        raise NoPicture(else_why)
    return picture
