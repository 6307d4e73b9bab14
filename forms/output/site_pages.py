"""The public page's HTML: whole without a script, every text of a patent escaped.

`page` puts a page's main part into the frame that all pages share (`resources/site/page.html`).
Addresses made of what a stranger typed are never links, but for telephone numbers and mailboxes
that have exactly that shape.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape

from forms.ground.locate import resources
from forms.output.published import CHANGE_WORDS, PublishedPatent, PublishedSet
from forms.output.site_data import PER_PAGE

FIRST_CARDS = 50
CHANGES_SHOWN = 500
_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")
_PLACES = (
    ("index.html", "公布目录"),
    ("how.html", "怎样取得许可"),
    ("issues.html", "历次公布"),
    ("data.html", "数据下载"),
)
_HEADED = frozenset({"number", "title", "kind", "industry"})
"""Fields that stand above the list of a patent's fields."""
_PHONE = re.compile(r"[0-9-]{7,14}")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SCRIPTS = '<script src="data.js" defer></script>\n<script src="site.js" defer></script>\n'


_PLAIN_IN_ADDRESS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def quote(text: str) -> str:
    """A text as a part of an address (RFC 3986, 2.1)."""
    signs = text.encode("utf-8", "replace")
    return "".join(chr(one) if one in _PLAIN_IN_ADDRESS else f"%{one:02X}" for one in signs)


@cache
def template(name: str) -> str:
    """A page's frame or part, as it is shipped."""
    return (resources() / "site" / name).read_text(encoding="utf-8")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values, which are HTML already, into a template; all at once, so that none is read anew.

    Raises KeyError for a slot without a value.
    """
    return _SLOT.sub(lambda slot: values[slot[1]], text)


def page(published: PublishedSet, name: str, heading: str, main: str, *, checksum: str) -> bytes:
    """Return a page of the site; `name` is its address within it, `main` its HTML."""
    root = "../" * name.count("/")
    current = name if "/" not in name else "index.html"
    links = [
        f'<a href="{root}{address}"{_CURRENT * (address == current)}>{word}</a>'
        for address, word in _PLACES
    ]
    count = f"{published.issue_word}　公布日 {published.day.isoformat()}　"
    title = escape(published.title)
    values = {
        "root": root,
        "head_title": title if not heading else f"{escape(heading)}－{title}",
        "title": title,
        "issue": count + f"共 {len(published.patents):,} 件",
        "scripts": _SCRIPTS if name == "index.html" else "",
        "page": "list" if "/" in name else name.removesuffix(".html"),
        "nav": "\n".join(links),
        "main": main,
        "notice": escape(published.notice),
        "hash": f"{checksum[:4]} {checksum[4:8]} … {checksum[-4:]}",
    }
    return filled(template("page.html"), values).encode()


_CURRENT = ' aria-current="page"'


def index_main(published: PublishedSet) -> str:
    """The first page: its first cards, and the way to all of them without a script."""
    cards = [_card(one, place) for place, one in enumerate(published.patents[:FIRST_CARDS])]
    pages = -(-len(published.patents) // PER_PAGE)
    link = '<a href="list/index.html">全部目录</a>' if pages > 1 else ""
    first = f'<a href="list/0001.html">逐件详情，第 1 页，共 {pages} 页</a>' if pages else ""
    none = "" if cards else '<li class="card"><p>这一期没有公布的专利。</p></li>'
    return filled(
        template("index.html"),
        {
            "title": escape(published.title),
            "count": f"{len(published.patents):,}",
            "cards": "\n".join(cards) or none,
            "pages": f"{first} {link}",
        },
    )


def list_page_name(place: int) -> str:
    """The address of the page without script on which the patent at a place, from 0, stands."""
    return f"list/{place // PER_PAGE + 1:04d}.html"


def _tags(patent: PublishedPatent) -> str:
    texts = (patent.kind, patent.industry, patent.region)
    items = "".join(f"<li>{escape(text)}</li>" for text in texts if text)
    return f'<ul class="tags" aria-label="类别">{items}</ul>'


def _card(patent: PublishedPatent, place: int) -> str:
    fee = patent.royalty
    address = f"{list_page_name(place)}#{quote(patent.number)}"
    parts = [f"<b>{escape(fee.head or '见详情')}</b>"]
    parts += [f"<span>{escape(fee.line)}</span>"] * bool(fee.line)
    parts += [f"<span>至 {patent.offer_end}</span>"] * bool(patent.offer_end)
    free = " is-free" if fee.code == "free" else ""
    return (
        f'<li class="card"><div><h3><a href="{escape(address)}">'
        f"{escape(patent.title or patent.number)}</a></h3>"
        f'<p class="who"><span class="no">{escape(patent.number)}</span>'
        f"{escape('、'.join(patent.owners))}</p>{_tags(patent)}</div>"
        f'<p class="fee{free}">{"".join(parts)}</p></li>'
    )


def _entry(patent: PublishedPatent, published: PublishedSet, contract: str) -> str:
    """A patent in full, as it stands without a script."""
    rows = []
    for column in published.columns:
        if column.name in _HEADED or not patent.text(column.name):
            continue
        value = getattr(patent, column.name)
        texts = value if isinstance(value, tuple) else (patent.text(column.name),)
        shown = "\n".join(_linked(column.name, text) for text in texts)
        rows.append(f"<div><dt>{escape(column.label)}</dt><dd>{shown}</dd></div>")
    number = escape(patent.number)
    link = f'<p><a href="../{escape(contract)}" download>合同参考样例</a></p>' if contract else ""
    return (
        f'<article class="entry" id="{number}">{_tags(patent)}'
        f"<h2>{escape(patent.title or patent.number)}</h2>"
        f'<p class="no">{number}</p><dl>{"".join(rows)}</dl>{link}</article>'
    )


def _linked(name: str, text: str) -> str:
    shown = escape(text)
    if name == "contact_email" and _MAIL.fullmatch(text):
        return f'<a href="mailto:{shown}">{shown}</a>'
    if name == "contact_phone" and _PHONE.fullmatch(text):
        return f'<a href="tel:{text.replace("-", "")}">{shown}</a>'
    return shown


def list_main(published: PublishedSet, first: int, contract: str) -> str:
    """One of the pages that need no script: 100 patents in full, from the one at `first`."""
    total = -(-len(published.patents) // PER_PAGE)
    here = first // PER_PAGE + 1
    some = published.patents[first : first + PER_PAGE]
    turn = [f"第 {here} 页，共 {total} 页"]
    turn += [f'<a href="{here - 1:04d}.html" rel="prev">上一页</a>'] * (here > 1)
    turn += [f'<a href="{here + 1:04d}.html" rel="next">下一页</a>'] * (here < total)
    turn += ['<a href="index.html">全部目录</a>', '<a href="../index.html">查找和筛选</a>']
    nav = f'<nav class="pages" aria-label="翻页">{" ".join(turn)}</nav>'
    entries = "\n".join(_entry(one, published, contract) for one in some)
    heading = f"<h1>公布目录，第 {here} 页</h1>"
    return f'<div class="sheet">{heading}\n{entries}\n{nav}</div>'


def list_index_main(published: PublishedSet) -> str:
    """The pages without script, by the numbers that stand on each."""
    patents = published.patents
    lines = []
    for first in range(0, len(patents), PER_PAGE):
        last = min(first + PER_PAGE, len(patents)) - 1
        span = f"{escape(patents[first].number)} 至 {escape(patents[last].number)}"
        name = list_page_name(first).removeprefix("list/")
        lines.append(f'<li><a href="{name}">第 {first // PER_PAGE + 1} 页</a>　{span}</li>')
    return f'<div class="sheet"><h1>全部目录</h1><ol class="paper">{"".join(lines)}</ol></div>'


def how_main(published: PublishedSet, contract: str) -> str:
    """How a licence is got."""
    steps = "".join(f"<li>{escape(step)}</li>" for step in published.steps)
    link = f'<p><a href="{escape(contract)}" download>下载合同参考样例</a></p>' if contract else ""
    return (
        '<div class="sheet"><h1>怎样取得许可</h1><div class="paper">'
        f'<ol class="steps">{steps}</ol>{link}'
        f"<p>{escape(published.notice)}联系方式在每一件专利的详情里。</p></div></div>"
    )


def issues_main(published: PublishedSet) -> str:
    """All issues, the last one first, and what the last one changed."""
    rows = [
        _row(
            (f"第 {one.number} 期", one.day.isoformat()),
            (one.count, one.added, one.removed, one.changed),
        )
        for one in reversed(published.issues)
    ]
    issues = _table(("期次", "公布日"), ("件数", "新增", "撤下", "改动"), rows)
    changes = [
        _row((CHANGE_WORDS[one.what], one.number, one.title, "、".join(one.fields)), ())
        for one in published.changes[:CHANGES_SHOWN]
    ]
    told = _table(("变化", "专利号", "名称", "改动的内容"), (), changes) if changes else ""
    more = len(published.changes) - CHANGES_SHOWN
    rest = f"<p>其余 {more} 件见数据下载中的工作簿。</p>" if more > 0 else ""
    if not changes:
        told = "<p>与上一期相同。</p>" if len(published.issues) > 1 else "<p>这是第一期。</p>"
    return (
        f'<div class="sheet"><h1>历次公布</h1><div class="paper">{issues}</div>'
        f'<div class="paper"><h2>与上一期的变化</h2>{told}{rest}</div></div>'
    )


def data_main(published: PublishedSet, files: Sequence[tuple[str, str]], checksum: str) -> str:
    """The files for machines, and their fields."""
    links = "".join(
        f'<li><a href="{escape(quote(name))}">{escape(name)}</a>　{escape(word)}</li>'
        for name, word in files
    )
    rows = [_row((one.name, one.label, one.basis), ()) for one in published.columns]
    fields = _table(("字段", "名称", "公布的依据"), (), rows)
    return (
        '<div class="sheet"><h1>数据下载</h1><div class="paper"><h2>文件</h2>'
        f"<ul>{links}</ul><p>data.json 的 SHA-256：{checksum}</p></div>"
        f'<div class="paper"><h2>字段</h2>{fields}</div></div>'
    )


def _row(texts: Iterable[str], figures: Iterable[int]) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
    return f"<tr>{cells}{''.join(f'<td class=n>{figure:,}</td>' for figure in figures)}</tr>"


def _table(texts: Sequence[str], figures: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{word}</th>' for word in texts)
    head += "".join(f'<th scope="col" class="n">{word}</th>' for word in figures)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
