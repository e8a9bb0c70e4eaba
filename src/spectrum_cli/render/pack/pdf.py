"""The pack as a tagged PDF, set by typst with the bundled font.

PDF/UA-1 is asked for, which refuses a picture without words and a sign without a shape. The bundled font holds the
Latin letters, typst's own fonts Greek, Cyrillic, Hebrew and Arabic. Where other letters are used, the fonts of the
system are looked at too; a sign that is in none of them, such as an emoji, is named in brackets.
"""

import json
import re
import unicodedata
from typing import Any

import typst

from spectrum_cli.model.pack import CheckItem, Pack, Picture, Sheet
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.assets import FONTS, asset

_TRIES = 8
_NO_SHAPE = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def render_pdf(pack: Pack) -> bytes:
    """Return the document.

    Raises:
        RuntimeError: the template is at fault; no text from a file can bring that about.
    """
    data = json.dumps(_data(pack), ensure_ascii=False)
    system_fonts = False
    for _ in range(_TRIES):
        try:
            return _compiled(data, system_fonts=system_fonts)
        except typst.TypstError as error:
            missing = {_unescaped(text) for text in _NO_SHAPE.findall(error.diagnostic)}
            if not missing:
                raise RuntimeError(f"the PDF cannot be set: {error.message}") from None
            to_name = missing if system_fonts else {text for text in missing if not any(map(str.isalpha, text))}
            system_fonts = system_fonts or not to_name
            for text in sorted(to_name, key=len, reverse=True):
                data = data.replace(text, named(text))
    raise RuntimeError("the PDF cannot be set: too many signs have no shape")


def named(text: str) -> str:
    """Return the names of signs in brackets, such as ``[grinning face]``; their codes where they have no short name."""
    return "".join(f"[{_name(sign)}]" for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))


def _name(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return name if name and "ideograph" not in name else f"U+{ord(sign):04X}"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace('\\"', '"').replace("\\\\", "\\")


def _compiled(data: str, *, system_fonts: bool) -> bytes:
    fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=True, font_paths=[str(FONTS)])
    compiler = typst.Compiler(asset("pack/pack.typ").encode(), font_paths=fonts)
    made, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=["ua-1"], timestamp=0, sys_inputs={"pack": data}
    )
    if warnings:
        raise RuntimeError(f"the PDF cannot be set: {warnings[0].message}")
    if not isinstance(made, bytes):
        raise RuntimeError("the PDF cannot be set: there is no single document")
    return made


def _data(pack: Pack) -> dict[str, Any]:
    """Return what the template needs, every text from the file on one line without control characters."""
    here = {True: pack.texts("workshop.methods.here"), False: pack.texts("workshop.methods.other_numbers"), None: ""}
    lang, _, region = pack.texts.language.partition("-")
    clean = one_line
    nobody, no_date = pack.texts("workshop.nobody"), pack.texts("workshop.no_date")
    return {
        "lang": lang,
        "region": region or None,
        "paper": pack.paper,
        "document_title": f"{pack.texts('workshop.title')}: {clean(pack.title)}",
        "title": clean(pack.title),
        "part_of": clean(pack.part_of),
        "type": {name: getattr(pack.type, name) for name in ("name", "key_question", "promise", "not_promised")},
        "fit": pack.fit,
        "possible": pack.possible,
        "warnings": pack.warnings,
        "open_aspects": pack.open_aspects,
        "open_note": pack.open_note,
        "fixed": [
            {"what": clean(item.what), "why": clean(item.why) or pack.texts("workshop.cover.no_reason")}
            for item in pack.fixed
        ],
        "own_promise": clean(pack.own_promise),
        "facts": [{"label": fact.label, "value": clean(fact.value)} for fact in pack.facts],
        "minutes": pack.texts("workshop.minutes", count=pack.agenda.minutes),
        "grouping": pack.agenda.grouping,
        "before": [item._asdict() for item in pack.agenda.before],
        "after": [item._asdict() for item in pack.agenda.after],
        "steps": [step._asdict() | {"clock": step.clock} for step in pack.agenda.steps],
        "inputs": [fact._asdict() for fact in pack.inputs],
        "bringing": [
            {"what": item.what, "who": clean(item.who) or nobody, "by": item.by or no_date} for item in pack.bringing
        ],
        "readiness": pack.readiness,
        "checklist": [
            {
                "what": item.what,
                "state": item.state,
                "state_word": item.state_word,
                "why": item.why,
                "who": _who(item, pack),
            }
            for item in pack.checklist
        ],
        "missing": any(item.state == "missing" for item in pack.checklist),
        "methods": [method._asdict() | {"here": here[method.fits_here]} for method in pack.methods],
        "planned_methods": clean(pack.planned_methods),
        "notes": [note._asdict() for note in pack.notes],
        "cards": [card._asdict() for card in pack.cards],
        "cards_a_page": pack.cards_a_page,
        "sheets": [_sheet(sheet) for sheet in (pack.feedback, pack.quality) if sheet is not None],
        "pictures": [_picture(picture, picture.poster or picture.svg) for picture in pack.pictures],
        "acknowledgement": f"{pack.acknowledgement}.",
        "made_by": f"{pack.texts('workshop.drawn_by_us')} {clean(pack.made_by)}",
        "cover_picture": _picture(pack.pictures[0], pack.pictures[0].svg),
        "words": _words(pack),
    }


def _who(item: CheckItem, pack: Pack) -> str:
    told = ", ".join(one_line(text) for text in (item.owner, item.by, item.evidence) if text)
    return told or pack.texts("workshop.blank")


def _picture(picture: Picture, svg: str) -> dict[str, str]:
    return {"svg": svg, "alt": f"{picture.title}. {picture.description}"}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return sheet._asdict() | {"due": one_line(sheet.due)}


_WORDS = {
    "title": "title",
    **{name: f"cover.{name}" for name in ("quoted", "open", "fixed", "fixed_none", "promise", "own_promise")},
    "not_promised": "cover.not_promised",
    "agenda": "agenda.heading",
    "before": "agenda.before_heading",
    "after": "agenda.after_heading",
    **{name: f"agenda.{name}" for name in ("time", "length", "what", "who")},
    "inputs": "inputs.heading",
    "quality": "inputs.quality",
    "none_named": "inputs.none_named",
    "brought": "inputs.what",
    "responsible": "inputs.responsible",
    "by": "inputs.by",
    "checklist": "checklist.heading",
    "missing_stops": "checklist.missing_stops",
    "methods": "methods.heading",
    **{name: f"methods.{name}" for name in ("numbers", "fits", "not_when", "ours")},
    "notes": "notes.heading",
    "cards": "cards.heading",
    "how": "cards.how",
    "unanswered_for": "cards.unanswered_for",
}


def _words(pack: Pack) -> dict[str, str]:
    told = {name: pack.texts(f"workshop.{ident}") for name, ident in _WORDS.items()}
    told["total"] = pack.texts("workshop.agenda.total", count=pack.agenda.minutes)
    return told
