"""Pushing (推送): what is offered here, told to a company that needs it, and remembered.

A letter, a list and a mail draft with both; nothing is sent by this program.  What was pushed is
kept with the need, so that it is not told twice unasked, with what the company answered.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package import File, write_folder
from forms.facts.amounts import chinese_date
from forms.facts.record import Office
from forms.ground.files import safe_name
from forms.office.matching import NAMES, Match, Offer, offer_of
from forms.office.needs import ANSWERS, NEEDS, Answer, Need, Push
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.paper.document import Document

MAIL_LIMIT = 20 << 20
_QUOTED = 60  # characters of a need in a letter; the whole stands in the list
HEAD = ("序号", "专利号", "专利名称", "专利权人", "许可使用费", "相符程度", "依据")


def offers_here(store: CaseStore) -> list[Offer]:
    """What an office offers: its cases with a number and a title, one for each patent."""
    found: dict[str, Offer] = {}
    for stored in store.cases.listed():
        offer = offer_of(stored.case, stored.id)
        if offer.number and offer.title:
            found[offer.number] = offer
    return list(found.values())


def need_of(store: CaseStore, need_id: int) -> Kept[Need]:
    """A need by its number.  Raises a StoreProblem where there is none."""
    return store.records.of(NEEDS).get(need_id)


def why(match: Match) -> str:
    """The reasons of a match in one line: those that count, each with its part's name."""
    counted = (part for part in match.parts if part.value is not None and part.reason)
    return "；".join(f"{NAMES[part.name]}：{part.reason}" for part in counted)


def written(
    out: Path, need: Need, matches: Sequence[Match], office: Office, today: date
) -> tuple[Path, Path, tuple[str, ...]]:
    """Write letter, list and mail draft into a folder and a zip in `out`.

    Returns where they lie, and the files' names.  Raises CannotDo without a match, CannotWrite.
    """
    if not matches:
        raise CannotDo(f"没有选定要推送给“{need.company}”的专利，请先勾选。")
    printed = File(name="推送函.pdf", content=letter_pdf(need, matches, office, today))
    listed = File(name="专利清单.xlsx", content=list_book(matches))
    attached = [Attachment(file.name, file.content) for file in (printed, listed)]
    said = Letter(to=need.email, subject=_subject(office), text=_text(need, office), day=today)
    mails = [
        File(name=f"邮件草稿{'' if mail.parts == 1 else mail.part}.eml", content=mail.content)
        for mail in write_mails(said, attached, MAIL_LIMIT)
    ]
    name = safe_name(f"推送_{need.company}_{today.isoformat()}")
    return write_folder(out, name, [printed, listed, *mails], today)


def letter_pdf(need: Need, matches: Sequence[Match], office: Office, today: date) -> bytes:
    """The letter (推送函) as a PDF."""
    from forms.output.pdf import render  # slow to import

    return render(letter(need, matches, office, today))


def letter(need: Need, matches: Sequence[Match], office: Office, today: date) -> Document:
    """The letter (推送函)."""
    from forms.paper.list_paper import compose_list, list_paper  # slow to import

    quoted = " ".join(need.words.split())
    words = {
        "company": need.company,
        "need": quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED]}……",
        "count": str(len(matches)),
        "clerk": office.contact,
        "phone": office.phone,
        "email": office.email,
        "office": office.name,
        "day": chinese_date(today),
    }
    rows = [
        {
            "row": str(place),
            "number": match.offer.number,
            "title": match.offer.title,
            "fee": match.offer.fee,
            "why": "、".join(match.words),
        }
        for place, match in enumerate(matches, 1)
    ]
    return compose_list(list_paper("push_letter"), words, rows)


def list_book(matches: Sequence[Match]) -> bytes:
    """The patents as a workbook, each with its reasons."""
    from forms.output.plain_book import SheetOfRows, write_plain_book

    rows = [
        (
            *(place, match.offer.number, match.offer.title, match.offer.owners, match.offer.fee),
            *(match.score, why(match)),
        )
        for place, match in enumerate(matches, 1)
    ]
    return write_plain_book([SheetOfRows("专利清单", HEAD, rows)], "专利清单")


def note_pushed(
    store: CaseStore, kept: Kept[Need], matches: Iterable[Match], today: date, *, who: str = ""
) -> Kept[Need]:
    """Remember what was pushed; a patent pushed before keeps its answer and gets the new day.

    Raises StaleRevision where another has saved the need since it was read.
    """
    known = {push.number: push for push in kept.record.pushes}
    for match in matches:
        offer = match.offer
        before = known.get(offer.number) or Push(number=offer.number)
        known[offer.number] = msgspec.structs.replace(before, title=offer.title, on=today, by=who)
    after = msgspec.structs.replace(kept.record, pushes=tuple(known.values()))
    shelf = store.records.of(NEEDS)
    return shelf.save(kept.id, after, revision=kept.revision, who=who, what="推送")


def note_answer(
    store: CaseStore,
    kept: Kept[Need],
    number: str,
    answer: Answer,
    today: date,
    *,
    who: str = "",
) -> Kept[Need]:
    """Keep what a company answered of a patent.  Raises CannotDo where that was not pushed."""
    pushes = kept.record.pushes
    if all(push.number != number for push in pushes):
        raise CannotDo(f"{number} 没有推送给“{kept.record.company}”，不能登记回复。")
    on = today if answer else None
    changed = tuple(
        msgspec.structs.replace(push, answer=answer, answered_on=on)
        if push.number == number
        else push
        for push in pushes
    )
    after = msgspec.structs.replace(kept.record, pushes=changed)
    shelf = store.records.of(NEEDS)
    what = f"登记回复：{ANSWERS[answer]}"
    return shelf.save(kept.id, after, revision=kept.revision, who=who, what=what)


def _subject(office: Office) -> str:
    return f"专利开放许可推送（{office.name}）" if office.name else "专利开放许可推送"


def _text(need: Need, office: Office) -> str:
    lines = (
        f"{need.contact or need.company}：",
        "",
        "    附件是与贵公司技术需求相符的开放许可专利，请查收。愿意实施或者需要了解详情的，"
        "请与我们联系。",
        "",
        *(part for part in (office.name, office.contact, office.phone) if part),
    )
    return "\n".join(lines)
