"""Every change of a pack is told; those that could do harm come first."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from forms.pack.load import load
from forms.pack.types import Pack
from forms.vetting.pack_changes import LONGEST_SHOWN, Difference, differences
from tests.pack_files import HUBEI, QINGLAN

OURS = load(HUBEI)
replace = msgspec.structs.replace


def graves(pack: Pack) -> dict[str, str]:
    return {one.what: one.after for one in differences(OURS, pack) if one.is_grave}


def test_the_same_pack_changes_nothing() -> None:
    assert differences(OURS, load(HUBEI)) == ()


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case str():
            return value + "别的"
        case int():
            return value + 1
        case date():
            return value.replace(year=value.year + 1)
        case None:
            return date(2030, 1, 1)
        case tuple():
            return value[:-1] if value else ("多了",)
        case dict():
            return dict(list(value.items())[:-1]) if value else {"多了": "一项"}
    raise AssertionError(type(value))


def changed_somewhere() -> Iterator[tuple[str, Pack]]:
    """The pack with each of its facts changed by itself."""
    for name in OURS.identity.__struct_fields__:
        if name != "code":
            now = getattr(OURS.identity, name)
            yield name, replace(OURS, identity=replace(OURS.identity, **{name: other(now)}))
    for name in OURS.submission.__struct_fields__:
        now = getattr(OURS.submission, name)
        yield name, replace(OURS, submission=replace(OURS.submission, **{name: other(now)}))
    for name in ("steps", "fields", "rules", "wording", "papers", "sample"):
        yield name, replace(OURS, **{name: other(getattr(OURS, name))})
    for name in OURS.fields[0].__struct_fields__:
        if name not in ("choices", "when", "kind"):
            first = replace(OURS.fields[0], **{name: other(getattr(OURS.fields[0], name))})
            yield f"field {name}", replace(OURS, fields=(first, *OURS.fields[1:]))
    for name in ("rule", "basis"):
        first_rule = replace(OURS.rules[0], **{name: other(getattr(OURS.rules[0], name))})
        yield f"rule {name}", replace(OURS, rules=(first_rule, *OURS.rules[1:]))
    yield "order", replace(OURS, fields=OURS.fields[::-1])
    paper = OURS.papers["consent"]
    for name in ("title", "label", "blocks"):
        changed = replace(paper, **{name: other(getattr(paper, name))})
        yield f"paper {name}", replace(OURS, papers={**OURS.papers, "consent": changed})


@pytest.mark.parametrize(("name", "pack"), list(changed_somewhere()), ids=lambda one: str(one)[:20])
def test_no_change_is_silent(name: str, pack: Pack) -> None:
    assert differences(OURS, pack), name


HARMFUL: dict[str, tuple[Callable[[Pack], Pack], str]] = {
    "authority": (lambda p: replace(p, identity=replace(p.identity, authority="别处")), "发布部门"),
    "address": (
        lambda p: replace(p, submission=replace(p.submission, address="a@b.example")),
        "收件邮箱",
    ),
    "deadlines": (lambda p: replace(p, submission=replace(p.submission, deadlines=())), "报送期限"),
    "rules": (lambda p: replace(p, rules=p.rules[3:]), "不再检查"),
    "papers": (
        lambda p: replace(p, papers={k: v for k, v in p.papers.items() if k != "consent"}),
        "文书",
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_could_do_harm_is_marked(name: str) -> None:
    change, what = HARMFUL[name]
    assert what in graves(change(OURS))


def test_a_weaker_rule_is_told_as_one() -> None:
    first = OURS.rules[0]
    weaker = replace(OURS, rules=(replace(first, severity="advice"), *OURS.rules[1:]))
    assert "由“错误”改为“提示”" in graves(weaker)["检查放宽"]
    back = {one.what: one for one in differences(weaker, OURS)}
    assert not back["检查加严"].is_grave


def test_a_new_pack_says_who_issues_it_and_where_it_sends() -> None:
    told = {one.what: one for one in differences(None, load(QINGLAN))}
    assert told["发布部门"].is_grave and told["收件邮箱"].is_grave
    assert "@" in told["收件邮箱"].after
    assert all(one.before == "" for one in told.values())


def test_texts_are_shown_in_one_line_and_bounded() -> None:
    long = replace(OURS, submission=replace(OURS.submission, body="长\n" * 3000))
    (one,) = differences(OURS, long)
    assert isinstance(one, Difference)
    assert len(one.after) < LONGEST_SHOWN + 20
    assert "\n" not in one.before + one.after
    assert "字）" in one.after


def test_what_changes_of_the_statement_is_told_part_by_part() -> None:
    ours = load(HUBEI.parent / "cnipa-2024")
    moulds = ours.statement
    assert moulds is not None
    first, *others = moulds.parts
    text = replace(first.texts[0], text="改过的一段。")
    changed = replace(first, texts=(text, *first.texts[1:]))
    for moved in (
        replace(moulds, parts=(changed, *others)),
        replace(moulds, parts=(*others, first)),
        replace(moulds, references=()),
        replace(moulds, factors=()),
        replace(moulds, methods=(replace(moulds.methods[0], hint="甲"), *moulds.methods[1:])),
    ):
        told = differences(ours, replace(ours, statement=moved))
        assert told
        assert all(one.what.startswith("简要说明") for one in told)
    (only,) = differences(ours, replace(ours, statement=replace(moulds, parts=(changed, *others))))
    assert "改过的一段" in only.after
