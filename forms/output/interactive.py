"""What a PDF offers besides its pages: what its pages are called, and fields to be signed in.

Source: ISO 32000-1, 12.4.2 (page labels), 12.7.4.5 (signature fields) and 14.7.4.3 (annotations
in the tree); ISO 19005-2, 6.3 (an annotation is printed, and has an appearance); ISO 14289-1,
7.18 (a widget is a Form of the tree and has a name that is heard).
"""

from collections.abc import Sequence

from forms.output.pdf_file import PdfFile, text_string

Box = tuple[float, float, float, float]


def page_labels(papers: Sequence[tuple[str, Sequence[str]]]) -> str | None:
    """Return what pages are called; None where counting from 1 says all.

    A paper is its name and its sheets' own names ("附页 1"), "" for those that are counted.
    """
    several = len(papers) > 1
    if not several and not any(name for _, names in papers for name in names):
        return None
    entries = []
    page = 0
    for paper, names in papers:
        before = "".join(paper.split()) + "-" if several and paper else ""
        for place, name in enumerate(names):
            shown = text_string(before + name)
            if name:
                entries.append(f"{page + place}<</P{shown}>>")
            elif place == 0 or names[place - 1]:
                start = f"/St {place + 1}" if place else ""
                prefix = f"/P{shown}" if before else ""
                entries.append(f"{page + place}<</S/D{prefix}{start}>>")
        page += len(names)
    return f"<</Nums[{''.join(entries)}]>>"


class SignatureFields:
    """The fields of one file in which it may be signed, each over a seal's area."""

    def __init__(self, file: PdfFile) -> None:
        """Begin with none."""
        self._file = file
        self._fields: list[str] = []
        self._here: list[str] = []  # of the page being drawn
        self._nothing = ""

    def add(self, box: Box, spoken: str, key: int | None) -> str:
        """Add a field to the page; return its reference.

        `box` is left, bottom, right and top in points; `key` its place in the tree of parents.
        """
        if not self._nothing:
            left, bottom, right, top = box
            entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {right - left:.2f} {top - bottom:.2f}]"
            self._nothing = self._file.stream(b"", entries)
        number = len(self._fields) + 1
        parent = "" if key is None else f"/StructParent {key}"
        place = " ".join(f"{side:.2f}" for side in box)
        field = (
            f"<</Type/Annot/Subtype/Widget/FT/Sig/F 4/Rect[{place}]/AP<</N {self._nothing}>>"
            f"/T{text_string(f'seal-{number}')}/TU{text_string(spoken)}{parent}>>"
        )
        here = self._file.put(field)
        self._fields.append(here)
        self._here.append(here)
        return here

    def of_page(self) -> str:
        """Return the page's entry for its fields and begin another page."""
        here, self._here = self._here, []
        return f"/Annots[{' '.join(here)}]" if here else ""

    def form(self) -> str | None:
        """Return the file's form; None where it has no field."""
        return f"<</Fields[{' '.join(self._fields)}]>>" if self._fields else None
