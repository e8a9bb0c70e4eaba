"""The pictures, as SVG text: no drawing library, no script, no reference to anything outside.

Each function returns a whole SVG document as text (``<svg ...>`` with a title and a description that say the same in
words), the same bytes each time, safe for any text from a file. It can stand in a page as it is, be written to a
file, or be given to typst as ``image(bytes(...))``. ``uid`` keeps ids apart where several pictures stand in one page.
The font that it asks for first is the bundled one, "Atkinson Hyperlegible Next"; room is reckoned with its widths.

``spectrum.spectrum_svg(types, found, acknowledgement, title, uid="spectrum") -> str``
    Six stops from TO to WITH, the marker with its range, a hollow flag where another type is planned, the input of
    both sides, the relationship. 1200 wide, about 800 high.

``poster.spectrum_poster(types, found, acknowledgement, title, uid="poster") -> str``
    The same line for a wall, A3 landscape (1680 by 1188, which is 420 : 297, so it fits A4 too): all six key
    questions, promises and who takes part. ``found`` is None for a poster without a marker.

``parts.parts_svg(advice, uid="parts") -> str | None``
    The whole and each of its parts on one line each; the first dozen, then how many more of which type. None where
    the file has no parts. 1200 wide, as high as it needs.

``national_local.national_local_svg(types, found, acknowledgement, title, uid="place", *, poster=False) -> str | None``
    Blue and pink become purple, return to blue, remain purple, with this decision's own case marked. None where the
    section ``place`` says nothing that it can show. 1200 wide, about 730 high; as a poster A3 landscape (1200 by
    848.571).

``contributions.openness_svg(types, found, acknowledgement, title, uid="openness") -> str``
    What each question adds to the openness, what is not stated, and where gates hold it. 1200 wide, as high as it
    needs.

``types`` is ``advice.types``, ``found`` an assessment (``advice.whole.assessment``, or that of a part),
``acknowledgement`` is ``advice.acknowledgement``. All take ``rules=`` too, a sentence for the foot that names the rule
base, such as ``words.rules_used(advice)``; leave it out where the page says so already.
"""
