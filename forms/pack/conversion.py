"""How a case of another pack becomes a case of this one, as a pack says it: conversion.toml.

Texts hold words and slots (`forms.pack.slots`), read of the case that is converted; conditions are
those of papers.  What a fact becomes is said by the items; a fact that no item covers goes along
where this pack asks it.  `forms.check.conversion` carries it out, `forms.vetting.conversion_lint`
says what is wrong with it.
"""

from typing import Literal

import msgspec

from forms.pack.language import When

Becomes = Literal["kept", "changed", "new", "dropped"]


class ConversionRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A frozen piece of it; an unknown key is a fault."""


class ConversionItem(ConversionRecord, frozen=True):
    """What becomes of a matter: how both sides read, on what basis.

    It is said of the cases of which `when` holds.  `paths` are the facts of a case it is about;
    "contact" is all of the contact.  A line whose slots are all blank is left out.
    """

    label: str
    becomes: Becomes
    basis: str = ""
    when: When | None = None
    paths: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class StandsBy(ConversionRecord, frozen=True):
    """What tells that a bar stands: a rule's finding, by "rule" or "rule.variant".

    With `says` only where what was found holds one of the words, with `says_none` where it holds
    none of them.
    """

    rule: str
    says: tuple[str, ...] = ()
    says_none: tuple[str, ...] = ()


class BarAnswer(ConversionRecord, frozen=True):
    """What is known of a bar that does not stand, where `when` holds; or that it is none here."""

    when: When
    text: str
    state: Literal["known", "needless"] = "known"


class Bar(ConversionRecord, frozen=True):
    """One of the bars (不得实行的情形): the first answer that holds counts, else it is asked."""

    label: str
    basis: str
    path: str = ""
    stands: tuple[StandsBy, ...] = ()
    answers: tuple[BarAnswer, ...] = ()


class LicenceNote(ConversionRecord, frozen=True):
    """What is to be known where licences were granted already; {count} is how many."""

    text: str
    basis: str


class Conversion(ConversionRecord, frozen=True):
    """The whole: `packs` are the codes of those whose cases are converted, `short` what each is.

    An error of such a case bars its conversion, but for those of `forgives`: rules whose fault has
    no place in the new case, or is found there again.
    """

    packs: dict[str, str]
    short: str
    chapter: str
    bars_title: str
    bars_basis: str
    done: str
    one_each_basis: str
    items: tuple[ConversionItem, ...]
    bars: tuple[Bar, ...] = ()
    forgives: tuple[str, ...] = ()
    licences: LicenceNote | None = None
