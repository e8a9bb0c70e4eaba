"""Draws the pictures of docs/gallery.md anew: ``python -m tests.render.pictures.make_gallery``."""

import io
from pathlib import Path

import typst
from PIL import Image

import spectrum_cli.render
from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.assessment import Advice, Assessment
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render.pictures.contributions import openness_svg
from spectrum_cli.render.pictures.national_local import national_local_svg
from spectrum_cli.render.pictures.parts import parts_svg
from spectrum_cli.render.pictures.poster import spectrum_poster
from spectrum_cli.render.pictures.spectrum import spectrum_svg
from spectrum_cli.workflows.advise import advise_file

ROOT = Path(__file__).parents[3]
GALLERY = ROOT / "docs" / "gallery"
FONTS = Path(spectrum_cli.render.__file__).parent / "assets" / "fonts"
WIDTH = 1200
COLOURS = 48
OF_A_TYPE = {
    "inform": "phone-alert-test",
    "educate": "library-move",
    "consult": "diabetes-clinic",
    "engage": "hospital-discharge",
    "co-design": "youth-wellbeing-service",
    "co-produce": "poverty-commission",
}
OTHERS = {"parts": "water-meters", "place": "diabetes-plan", "openness": "climate-measures"}


def gallery(advice: dict[str, Advice]) -> dict[str, str]:
    """Return the pictures by the names of their files, without ending.

    They do not name the rule base: its hash changes with every comment in a rule.
    """
    drawn = {f"spectrum-{kind}": spectrum_svg(*_given(advice[name])) for kind, name in OF_A_TYPE.items()}
    drawn["parts"] = parts_svg(advice[OTHERS["parts"]]) or ""
    drawn["place"] = national_local_svg(*_given(advice[OTHERS["place"]])) or ""
    drawn["openness"] = openness_svg(*_given(advice[OTHERS["openness"]]))
    drawn["poster"] = spectrum_poster(*_given(advice[OF_A_TYPE["engage"]]))
    return drawn


def _given(advice: Advice) -> tuple[tuple[ParticipationType, ...], Assessment, str, str]:
    return advice.types, advice.whole.assessment, advice.acknowledgement, advice.title


def png(svg: str) -> bytes:
    """Return the picture in the bundled font, with few colours, so that the file is small."""
    page = (
        f"#set page(width: {WIDTH}pt, height: auto, margin: 0pt)\n"
        '#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
    )
    large = typst.compile(
        page.encode(),
        format="png",
        ppi=72,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"picture": svg},
    )
    out = io.BytesIO()
    Image.open(io.BytesIO(large)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    rules = prepare(load_rule_base("practice"))
    advice = {}
    for name in {*OF_A_TYPE.values(), *OTHERS.values()}:
        found = advise_file(str(ROOT / "examples" / f"{name}.yaml"), rules).advice
        assert found is not None
        advice[name] = found
    GALLERY.mkdir(exist_ok=True)
    for name, svg in gallery(advice).items():
        (GALLERY / f"{name}.png").write_bytes(png(svg))


if __name__ == "__main__":
    main()
