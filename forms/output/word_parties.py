"""The parties at the head of a contract in Word: labels spread, answers on rules that hang."""

import msgspec
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from forms.output import name_breaks
from forms.output.word_runs import em_wide, put_run, put_spread
from forms.output.word_styles import set_as_answer
from forms.paper import document as doc

_SPARE_EM = 2.0  # of a line's half, so that an answer never touches its end
_COLON_EM = 1.0


def put_party(word: WordDocument, block: doc.Party, width_mm: float) -> None:
    """Write one party; its lines stay on one page."""
    lines: list[tuple[doc.Entry, ...]] = []
    for line in block.lines:
        if len(line) > 1 and not _halves_hold(block, line, width_mm):
            lines += [(entry,) for entry in line]
        else:
            lines.append(line)
    for place, line in enumerate(lines, 1):
        _put_line(word, block, line, width_mm, is_last=place == len(lines))
    word.paragraphs[-1].paragraph_format.space_after = Pt(block.spec.after_pt)


def _halves_hold(block: doc.Party, line: tuple[doc.Entry, ...], width_mm: float) -> bool:
    """Whether each answer of a line finds room in its part; else each takes a line."""
    em_mm = Pt(block.type.size_pt).mm
    shares = (block.spec.second_part, 1 - block.spec.second_part)
    labels = (block.spec.label_em, block.spec.second_label_em)
    return all(
        em_wide(doc.text_of(entry.inlines)) + label + _SPARE_EM <= width_mm * share / em_mm
        for entry, share, label in zip(line, shares, labels, strict=False)
    )


def _put_line(
    word: WordDocument,
    block: doc.Party,
    line: tuple[doc.Entry, ...],
    width_mm: float,
    *,
    is_last: bool,
) -> None:
    """A line of one entry or two; what does not fit hangs under the answer, not the label."""
    type_, spec = block.type, block.spec
    part_mm = width_mm * spec.second_part
    paragraph = word.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(type_.leading_pt)
    shape.keep_together, shape.keep_with_next = True, not is_last
    if len(line) == 1:
        hang = Pt((spec.label_em + _COLON_EM) * type_.size_pt)
        shape.left_indent, shape.first_line_indent = hang, -hang
    for place, entry in enumerate(line):
        last = place == len(line) - 1
        label_em = spec.second_label_em if place else spec.label_em
        put_spread(paragraph, entry.label, label_em, type_.role, type_.size_pt)
        put_run(paragraph, spec.colon, type_.role, type_.size_pt)
        end_mm = width_mm if last else part_mm - 3
        shape.tab_stops.add_tab_stop(Mm(end_mm), WD_TAB_ALIGNMENT.RIGHT)
        words = f" {doc.text_of(entry.inlines)}\t"
        run = put_run(paragraph, words, type_.answer_role, type_.answer_pt or type_.size_pt)
        set_as_answer(run)
        if not last:
            shape.tab_stops.add_tab_stop(Mm(part_mm))
            put_run(paragraph, "\t", type_.role, type_.size_pt)


def with_broken_name(line: doc.Paragraph, room_mm: float) -> doc.Paragraph:
    """Return a signing line whose name is broken where the PDF's would be: before 有限公司 …

    Word would part （盖|章） and break a company's form; a name that fits is left alone.
    """
    place = next((at for at, one in enumerate(line.inlines) if _is_name(one)), None)
    if place is None:
        return line
    before, name, behind = line.inlines[:place], line.inlines[place], line.inlines[place + 1 :]
    assert isinstance(name, doc.Run)
    em_pt, room_pt = line.type.size_pt, Mm(room_mm).pt
    letters = [em_wide(letter) * (line.type.answer_pt or em_pt) for letter in name.text]
    ends = name_breaks.ends_of_lines(
        name.text,
        letters,
        [0.0] * len(letters),
        name_breaks.Place(
            room=room_pt,
            em=em_pt,
            hang=line.hang_em * em_pt,
            before=em_wide(doc.text_of(before)) * em_pt,
            after=em_wide(doc.text_of(behind)) * em_pt,
        ),
    )
    broken: list[doc.AnyInline] = []
    for start, end in zip((0, *ends), ends, strict=False):
        if start:
            broken.append(doc.Break())
        broken.append(msgspec.structs.replace(name, text=name.text[start:end]))
    if len(broken) < 2:
        return line
    return msgspec.structs.replace(line, inlines=(*before, *broken, *behind), align="left")


def _is_name(inline: doc.AnyInline) -> bool:
    return isinstance(inline, doc.Run) and inline.path.endswith(".name")
