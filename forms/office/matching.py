"""Matching (匹配): how well a patent that is offered answers a company's need, and why.

Four plain parts, each from 0 to 1 with its reason, weighed by weights that the unit may change
(resources/matching.toml): words, field, region, fee.  A part of which nothing is known does not
count, and that is told.  It is an aid, never a verdict (湖北省试点工作通知 三（二） asks for
精准匹配 and says no measure).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from heapq import heappush, heapreplace

import msgspec
import tomli

from forms.facts import derived
from forms.facts.licence_effect import first_payment
from forms.facts.record import Case
from forms.ground.cleaning import fold
from forms.ground.combining import combined
from forms.ground.likeness import Likeness, Wanted
from forms.ground.locate import resources
from forms.office.case_states import royalty_in_short
from forms.office.needs import Need
from forms.office.store import SettingKeeper

PARTS = ("words", "field", "region", "fee")
NAMES: Mapping[str, str] = {"words": "用语", "field": "领域", "region": "地区", "fee": "费用"}
_OVER = Decimal(2)  # above how many times the budget a fee answers nothing of the need


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A patent as it is offered: what is compared of it, and what is shown.

    `first_fee` is what is to be paid first, in yuan; None where nothing fixed is.  `source` names
    the record it was made of.
    """

    number: str
    title: str
    owners: str = ""
    texts: tuple[str, ...] = ()
    main_class: str = ""
    region: str = ""
    fee: str = ""
    is_free: bool = False
    first_fee: Decimal | None = None
    source: int = 0

    @property
    def searched(self) -> str:
        """All that is compared with the words of a need."""
        return "\n".join((self.title, *self.texts))


class Part(msgspec.Struct, frozen=True):
    """A part of a match: its name, from 0 to 1 (None where nothing is known), why."""

    name: str
    value: float | None
    reason: str


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A patent for a need: `score` from 0 to 100, the parts it comes from, whether it was sent."""

    offer: Offer
    score: int
    parts: tuple[Part, ...]
    words: tuple[str, ...]
    is_sent: bool = False


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each part counts; whole numbers from 0 to 100, not all of them 0."""

    words: int
    field: int
    region: int
    fee: int

    def __post_init__(self) -> None:
        """Refuse what can not be weighed by."""
        values = msgspec.structs.astuple(self)
        if not all(0 <= value <= 100 for value in values) or not self.words:
            raise ValueError("weights")


@cache
def shipped() -> tuple[Weights, tuple[str, ...]]:
    """The weights that ship, and the words that say nothing."""
    read = tomli.loads((resources() / "matching.toml").read_text(encoding="utf-8"))
    return msgspec.convert(read["weights"], Weights), tuple(read["idle"])


def offer_of(case: Case, source: int = 0) -> Offer:
    """A case as an offer: its title, what it says of its use, what its pack asks besides."""
    royalty = case.royalty
    extras = (extra.text or "" for extra in case.extra.values())
    places = (case.region, case.contact.address, *(owner.address for owner in case.owners))
    return Offer(
        number=derived.number_text(case),
        title=case.patent.title,
        owners=derived.owners_joined(case),
        texts=tuple(text for text in (case.statement.use, case.other_terms, *extras) if text),
        main_class=case.patent.main_class,
        region=" ".join(place for place in places if place),
        fee="，".join(royalty_in_short(royalty)),
        is_free=royalty.way == "free",
        first_fee=first_payment(royalty),
        source=source,
    )


class Matcher:
    """Patents by what is offered; made once, asked for many needs."""

    def __init__(self, offers: Sequence[Offer], weights: Weights | None = None) -> None:
        """Take the offers; `weights` are those of the unit, else those that ship."""
        own, idle = shipped()
        self.weights = weights or own
        self._offers = offers
        self._likeness = Likeness([offer.searched for offer in offers], idle)

    @property
    def count(self) -> int:
        """How many patents are offered."""
        return len(self._offers)

    def missing(self, need: Need) -> tuple[str, ...]:
        """The words of a need that no patent has; they are left out of the comparison."""
        return self._likeness.wanted(need.words).missing

    def best(self, need: Need, *, most: int = 20, least: int = 1) -> list[Match]:
        """Return the patents that answer a need best, those of `least` points or more.

        Only patents with at least one of its words are looked at.  Equal ones stand in the order of
        the offers.
        """
        wanted = self._likeness.wanted(need.words)
        of_field = self._likeness.wanted(need.field)
        sent = {push.number for push in need.pushes}
        kept: list[tuple[float, int, tuple[Part, ...]]] = []
        for share, place in self._likeness.ranked(wanted):
            if len(kept) == most and self._at_most(share) < kept[0][0]:
                break  # those that follow have fewer of its words still
            parts = tuple(self._parts(need, share, of_field, self._offers[place]))
            points = self._points(parts)
            if points < least:
                continue
            one = (points, -place, parts)
            if len(kept) < most:
                heappush(kept, one)
            elif one[:2] > kept[0][:2]:
                heapreplace(kept, one)
        kept.sort(key=lambda one: (-one[0], -one[1]))
        return [
            self._match(wanted, self._offers[-behind], points, parts, sent)
            for points, behind, parts in kept
        ]

    def needs_of(self, needs: Iterable[Need], number: str, *, least: int = 1) -> list[Match | None]:
        """How each need is answered by one patent; None where it has none of its words."""
        place = next((at for at, offer in enumerate(self._offers) if offer.number == number), None)
        return [None if place is None else self._of(need, place, least) for need in needs]

    def _of(self, need: Need, place: int, least: int) -> Match | None:
        offer, wanted = self._offers[place], self._likeness.wanted(need.words)
        share = self._likeness.agreement(wanted, offer.searched).share
        if not share:
            return None
        of_field = self._likeness.wanted(need.field)
        parts = tuple(self._parts(need, share, of_field, offer))
        points = self._points(parts)
        sent = {push.number for push in need.pushes}
        return self._match(wanted, offer, points, parts, sent) if points >= least else None

    def _match(
        self,
        wanted: Wanted,
        offer: Offer,
        points: float,
        parts: tuple[Part, ...],
        sent: set[str],
    ) -> Match:
        words = self._likeness.agreement(wanted, offer.searched).words
        first = Part("words", parts[0].value, f"都有“{'”“'.join(words)}”" if words else "")
        return Match(
            offer=offer,
            score=int(points),
            parts=(first, *parts[1:]),
            words=words,
            is_sent=offer.number in sent,
        )

    def _at_most(self, share: float) -> float:
        """What a patent with this share of the words can come to, all else being the best."""
        others = self.weights.field + self.weights.region + self.weights.fee
        return 100 * (self.weights.words * share + others) / (self.weights.words + others)

    def _points(self, parts: Sequence[Part]) -> float:
        whole = points = 0.0
        for part in parts:
            if part.value is not None:
                weight: int = getattr(self.weights, part.name)
                whole += weight
                points += weight * part.value
        return 100 * points / whole

    def _parts(self, need: Need, share: float, of_field: Wanted, offer: Offer) -> Iterator[Part]:
        yield Part("words", share, "")
        yield self._field(need, of_field, offer)
        yield _region(need, offer)
        yield _fee(need, offer)

    def _field(self, need: Need, wanted: Wanted, offer: Offer) -> Part:
        asked = fold(need.field)
        if not asked:
            return Part("field", None, "需求没有写领域，不计")
        if offer.main_class and fold(offer.main_class).startswith(asked):
            return Part("field", 1.0, f"主分类号 {offer.main_class}")
        if not wanted.weights:
            return Part("field", None, f"没有专利提到“{need.field}”，不计")
        found = self._likeness.agreement(wanted, offer.searched)
        told = f"提到“{'”“'.join(found.words)}”" if found.words else f"没有提到“{need.field}”"
        return Part("field", found.share, told)


def _region(need: Need, offer: Offer) -> Part:
    asked = fold(need.region).rstrip("省市州区县")
    if not asked:
        return Part("region", None, "需求没有写地区，不计")
    if not offer.region and not offer.owners:
        return Part("region", None, "专利没有写地区，不计")
    if asked in fold(offer.region + offer.owners):
        return Part("region", 1.0, f"同在{need.region}")
    return Part("region", 0.0, f"没有写在{need.region}")


def _fee(need: Need, offer: Offer) -> Part:
    if offer.is_free:
        return Part("fee", 1.0, "免费使用")
    if need.budget is None:
        return Part("fee", None, "需求没有写费用，不计")
    if offer.first_fee is None:
        return Part("fee", None, f"没有固定的首付金额（{offer.fee or '未填'}），不计")
    asked, most = f"{offer.first_fee:,f} 元", f"{need.budget:,f} 元"
    if offer.first_fee <= need.budget:
        return Part("fee", 1.0, f"首付 {asked}，在可接受的 {most}以内")
    over = offer.first_fee / need.budget if need.budget else _OVER
    value = max(0.0, float((_OVER - over) / (_OVER - 1)))
    return Part("fee", value, f"首付 {asked}，超过可接受的 {most}")


def weights_kept(text: str | None) -> Weights:
    """The weights that a unit has set; those that ship where it has none that can be used."""
    try:
        return msgspec.json.decode(text or "", type=Weights)
    except (msgspec.DecodeError, ValueError):
        return shipped()[0]


def weigh(kept: SettingKeeper, shown: Weights, weights: Weights) -> None:
    """Keep what was weighed otherwise than was shown; what another has weighed meanwhile stays."""

    def made(text: str | None) -> str:
        return msgspec.json.encode(combined(shown, weights, weights_kept(text))[0]).decode()

    kept.change(WEIGHTS_KEY, made)


WEIGHTS_KEY = "match.weights"
"""Under which name a unit's own weights are kept with its data."""
