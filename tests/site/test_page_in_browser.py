"""Somebody looks for a patent on the public page: in a real browser, from a folder."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, Route

from forms.facts.record import Case, OtherStandard, Party, Royalty
from tests.forms.bureau.made_cases import candidates, case_of, number_of
from tests.site.conftest import Visitor, passed, written

COUNT = 230


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("公布"), candidates(COUNT))


def seat(browser: Browser, folder: Path, wide: int, high: int, **given: bool) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": wide, "height": high}, **given)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield Visitor(page, folder)
    context.close()


@pytest.fixture
def visitor(browser: Browser, folder: Path) -> Iterator[Visitor]:
    """At a desk, with all that a visit must not do checked at its end."""
    for one in seat(browser, folder, 1312, 820):
        yield one
        assert one.errors == []
        assert all(address.startswith(folder.as_uri()) for address in one.asked)
        assert one.page.context.cookies() == []


@pytest.fixture
def phone(browser: Browser, folder: Path) -> Iterator[Visitor]:
    yield from seat(browser, folder, 390, 844, has_touch=True, is_mobile=True)


def test_the_list_stands_and_is_searched(visitor: Visitor) -> None:
    visitor.opens()
    assert visitor.found == f"列出 {COUNT} 件"
    assert len(visitor.titles) == 50
    visitor.types("碳纤维")
    assert visitor.titles
    assert all("碳纤维" in title for title in visitor.titles)
    visitor.types("碳纤维 装置")
    assert set(visitor.titles) == {"一种碳纤维增强装置"}
    visitor.types("荆楚示例理工大学")
    assert visitor.found == "列出 46 件"


def test_a_number_is_found_however_it_is_written(visitor: Visitor) -> None:
    number = number_of(7, "1")
    wide = number.translate({ord(one): ord(one) + 0xFEE0 for one in number})
    visitor.opens()
    for text in (f" {number} ", number[2:], number[2:].replace(".", ""), number.lower(), wide):
        visitor.types(text)
        assert visitor.found == "列出 1 件", text


def test_filters_narrow_and_live_in_the_address(visitor: Visitor) -> None:
    visitor.opens()
    page = visitor.page
    page.get_by_role("checkbox", name="发明").check()
    page.get_by_role("checkbox", name="武汉市").check()
    told = visitor.found
    assert told != f"列出 {COUNT} 件"
    assert page.locator("#chips button").all_inner_texts() == ["发明", "武汉市"]
    again = page.url
    visitor.opens()
    page.goto("about:blank")
    page.goto(again)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert visitor.found == told
    assert page.get_by_role("checkbox", name="武汉市").is_checked()
    page.get_by_role("button", name="取消筛选：武汉市").click()
    page.locator("#clear").click()
    assert visitor.found == f"列出 {COUNT} 件"


def test_none_found_says_so_and_offers_a_way_back(visitor: Visitor) -> None:
    visitor.opens()
    visitor.types("没有的东西")
    assert "没有相符的专利。" in visitor.page.inner_text("#none")
    visitor.page.get_by_role("button", name="清除筛选").click()
    assert visitor.found == f"列出 {COUNT} 件"


def test_all_is_done_with_keys_alone(visitor: Visitor) -> None:
    visitor.opens()
    keys = visitor.page.keyboard
    keys.press("/")
    keys.type("中药饮片")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    second = visitor.titles[1]
    assert focus(visitor.page) == second
    keys.press("ArrowUp")
    keys.press("ArrowDown")
    keys.press("Enter")
    detail = visitor.page.locator("#detail")
    assert detail.locator("h2").inner_text() == second
    assert focus(visitor.page) == second  # the heading: a screen reader reads on from there
    keys.press("Escape")
    assert detail.is_hidden()
    assert focus(visitor.page) == second  # the card again
    keys.press("/")
    keys.press("Escape")
    assert visitor.found == f"列出 {COUNT} 件"


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_detail_has_contact_and_contract(visitor: Visitor) -> None:
    number = number_of(1, "2")
    visitor.opens(state=f"#p={number}")
    detail = visitor.page.locator("#detail")
    text = detail.inner_text()
    for words in (number, "陈思远", "027-87000001", "示例水环境研究院", "怎样取得许可"):
        assert words in text
    contract = detail.get_by_role("link", name="合同参考样例")
    assert contract.get_attribute("href") == "contract.docx"
    assert detail.get_by_role("link", name="zscq@example.edu.cn").get_attribute("href") == (
        "mailto:zscq@example.edu.cn"
    )


def test_the_list_is_sorted_by_fee_and_goes_on(visitor: Visitor) -> None:
    visitor.opens()
    page = visitor.page
    page.get_by_role("button", name="再列 50 件").click()
    assert len(visitor.titles) == 100
    page.select_option("#sort", "fee")
    fees = page.locator("#cards .fee b").all_text_contents()
    assert fees[0] == "免费使用"
    page.get_by_role("checkbox", name="一次总付").check()
    paid = [
        int(one.removesuffix(" 元").replace(",", ""))
        for one in page.locator("#cards .fee b").all_text_contents()
    ]
    assert paid == sorted(paid)


def test_a_phone_has_one_column_and_room_for_a_finger(phone: Visitor) -> None:
    phone.opens()
    page = phone.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    filters = page.locator("#filters")
    assert filters.is_hidden()
    page.locator("#open-filters").tap()
    assert filters.is_visible()
    assert page.locator("#open-filters").get_attribute("aria-expanded") == "true"
    small = page.evaluate(
        "[...document.querySelectorAll('button, .choice, select, input[type=search], nav a')]"
        ".filter(one => one.checkVisibility() && !one.closest('.chips'))"
        ".map(one => [one.textContent, one.closest('.field')"
        " ? one.closest('.field').offsetHeight : one.offsetHeight])"
        ".filter(([, high]) => high < 44)"
    )
    assert small == []
    page.locator("#open-filters").tap()
    page.locator("#cards a").first.tap()
    assert page.locator("#detail").is_visible()
    assert page.locator("#cards").is_hidden()
    page.go_back()
    assert page.locator("#cards").is_visible()
    assert phone.errors == []


def test_without_a_script_all_is_there(browser: Browser, folder: Path) -> None:
    for visitor in seat(browser, folder, 1312, 820, java_script_enabled=False):
        page = visitor.page
        visitor.page.goto((folder / "index.html").as_uri())
        assert len(visitor.titles) == 50
        assert page.locator("#search").is_hidden()
        page.locator("#cards a").first.click()
        assert page.locator("article:target dd").count() > 5
        page.get_by_role("link", name="下一页").click()
        page.get_by_role("link", name="下一页").click()
        assert page.locator("article").count() == COUNT - 200


def test_on_paper_there_are_cards_and_no_filters(visitor: Visitor) -> None:
    visitor.opens()
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    assert len(visitor.titles) == COUNT
    for place in ("#filters", "#search", "#more", "nav"):
        assert visitor.page.locator(place).first.is_hidden()
    assert visitor.page.locator("#cards .fee b").first.is_visible()


def test_it_works_from_a_web_server_too(browser: Browser, folder: Path) -> None:
    """Answered within the browser: no socket is opened by anybody."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix("https://bureau.example/open/")
        route.fulfill(path=folder / name)

    for visitor in seat(browser, folder, 1312, 820):
        visitor.page.route("**/*", answer)
        visitor.page.goto("https://bureau.example/open/index.html")
        visitor.page.wait_for_selector("html[data-ready]", state="attached")
        visitor.page.get_by_role("checkbox", name="发明").check()
        assert visitor.found != f"列出 {COUNT} 件"
        assert visitor.errors == []
        assert {url.split("/open/")[0] for url in visitor.asked} == {"https://bureau.example"}


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "\u202e反\u2066",
    "{{main}}",
    "a\tb\u001f\u001e",
)


def test_what_a_stranger_typed_is_words_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    def spoiled(place: int, text: str) -> Case:
        case = case_of(place, region=text, other_terms=f"{text}\n{text}")
        contact = msgspec.structs.replace(case.contact, name=text, phone=text, email=text)
        number = f"ZL{place}{text}"
        patent = msgspec.structs.replace(case.patent, number=number, title=text, main_class=text)
        royalty = Royalty(way="other", other=OtherStandard(text=text))
        owners = (Party(name=text, kind="unit"),)
        return msgspec.structs.replace(
            case, contact=contact, patent=patent, royalty=royalty, owners=owners
        )

    site = written(tmp_path, passed(*(spoiled(at, text) for at, text in enumerate(HOSTILE))))
    for visitor in seat(browser, site, 1312, 820):
        visitor.opens()
        assert set(visitor.titles) == {
            *("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "javascript:alert(1)"),
            *("反", "{{main}}", "a b"),
        }
        for place in range(len(HOSTILE)):
            visitor.page.locator("#cards a").nth(place).click()
            assert visitor.page.locator("#detail img, #detail script").count() == 0
            links = visitor.page.locator("#detail a, #cards a")
            assert not links.evaluate_all("all => all.some(one => one.protocol === 'javascript:')")
        visitor.opens(state="#q=<img src=x onerror=alert(1)>&p=<script>&kind=<b>")
        visitor.page.goto((site / "list" / "0001.html").as_uri())
        assert visitor.errors == []


def test_everything_has_a_name_and_a_role(visitor: Visitor) -> None:
    """By our own look: what is not named, not labelled, out of order or too pale."""
    for state in ("", "#kind=发明", f"#p={number_of(0)}", "#q=没有的东西"):
        visitor.opens()
        visitor.page.goto("about:blank")
        visitor.opens(state=state)
        assert visitor.page.evaluate(_LOOK) == [], state
    for name in ("list/0001.html", "list/index.html", "how.html", "issues.html", "data.html"):
        visitor.opens(name)
        assert visitor.page.evaluate(_LOOK) == [], name


_LOOK = """() => {
  const faults = [], all = (what) => [...document.querySelectorAll(what)]
    .filter(one => one.checkVisibility());
  const name = (one) => (one.getAttribute('aria-label') || one.textContent || '').trim()
    || [...(one.labels || [])].map(label => label.textContent.trim()).join('')
    || (one.getAttribute('aria-labelledby') || '').split(' ')
      .map(id => (document.getElementById(id) || {}).textContent || '').join('');
  for (const one of all('a, button, input, select, section, nav, aside')) {
    if (!name(one)) faults.push('no name: ' + one.outerHTML.slice(0, 80));
  }
  if (!document.documentElement.lang) faults.push('no language');
  if (all('h1').length !== 1) faults.push('not one h1');
  let before = 1;
  for (const one of all('h1, h2, h3, h4')) {
    const level = Number(one.tagName[1]);
    if (level > before + 2) faults.push('heading leaps: ' + one.textContent);
    before = level;
  }
  for (const id of new Set(all('[id]').map(one => one.id))) {
    if (document.querySelectorAll('#' + CSS.escape(id)).length > 1) faults.push('twice: ' + id);
  }
  for (const one of all('[tabindex]')) {
    if (Number(one.getAttribute('tabindex')) > 0) faults.push('out of order: ' + one.id);
  }
  for (const one of all('[aria-controls], [aria-describedby]')) {
    for (const to of ['aria-controls', 'aria-describedby']) {
      const id = one.getAttribute(to);
      if (id && !document.getElementById(id)) faults.push(to + ' nowhere: ' + id);
    }
  }
  const lit = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map(v => v / 255)
      .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!colour.endsWith(', 0)')) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const one of all('p, a, span, b, li, dt, dd, h1, h2, h3, button, legend')) {
    if (![...one.childNodes].some(at => at.nodeType === 3 && at.textContent.trim())) continue;
    if (one.closest('.unseen, .skip')) continue;
    const pair = [lit(getComputedStyle(one).color), lit(ground(one))].sort((a, b) => b - a);
    if ((pair[0] + .05) / (pair[1] + .05) < 4.5) faults.push('pale: ' + one.textContent);
  }
  return faults;
}"""
