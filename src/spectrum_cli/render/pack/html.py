"""The pack as one page: no script, no network, every text from the file escaped."""

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from spectrum_cli.model.pack import Pack
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.assets import asset, font_faces


def render_html(pack: Pack) -> bytes:
    """Return the page, for the screen and for the printer."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["line"] = one_line
    environment.filters["drawing"] = Markup  # the drawings are our own and have escaped what they took from the file

    def t(ident: str, **blanks: object) -> str:
        return pack.texts(f"workshop.{ident}", **blanks)

    page = environment.from_string(asset("pack/pack.html.j2"))
    style = Markup(font_faces() + asset("pack/pack.css"))
    return page.render(pack=pack, t=t, style=style).encode()
