"""The public page of what is published: a folder of files that any web server serves, or none.

Nothing is fetched from elsewhere, no cookie is set, and without a script every patent stands in
plain HTML.  Same input, same bytes.
"""

import hashlib
from collections.abc import Iterator
from itertools import chain

from forms.ground.locate import resources
from forms.output import site_pages
from forms.output.published import PublishedSet
from forms.output.published_data import SCHEMA_NAME, data_csv, data_json, data_schema, feed
from forms.output.site_data import PER_PAGE, data_script
from forms.output.web_font import song_of

CONTRACT_NAME = "contract.docx"
BOOK_NAME = "公布.xlsx"
LIST_FOLDER = "list"
_SHIPPED = ("site.css", "site.js")


def site_files(
    published: PublishedSet, book: bytes, contract: bytes | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the site's files by their names within it, folders parted by "/".

    `book` is 公布.xlsx, `contract` the contract to be filled in, as Word file.
    """
    data = data_json(published)
    checksum = hashlib.sha256(data).hexdigest()
    address = CONTRACT_NAME if contract else ""

    def page(name: str, heading: str, main: str) -> tuple[str, bytes]:
        return name, site_pages.page(published, name, heading, main, checksum=checksum)

    files = [
        ("data.json", "公布的全部数据"),
        (SCHEMA_NAME, "data.json 的格式（JSON Schema）"),
        ("data.csv", "同一份数据的文本表格（UTF-8）"),
        (BOOK_NAME, "同一份数据的工作簿，另有与上一期的变化"),
        ("feed.xml", "这一期的变化，供平台订阅（Atom）"),
    ]
    yield page("index.html", "", site_pages.index_main(published))
    yield page("how.html", "怎样取得许可", site_pages.how_main(published, address))
    yield page("issues.html", "历次公布", site_pages.issues_main(published))
    yield page("data.html", "数据下载", site_pages.data_main(published, files, checksum))
    yield page(f"{LIST_FOLDER}/index.html", "全部目录", site_pages.list_index_main(published))
    for first in range(0, len(published.patents), PER_PAGE):
        name = site_pages.list_page_name(first)
        yield page(name, "公布目录", site_pages.list_main(published, first, address))
    yield "data.json", data
    yield SCHEMA_NAME, data_schema(published)
    yield "data.csv", data_csv(published)
    yield BOOK_NAME, book
    yield "feed.xml", feed(published)
    yield "data.js", data_script(published, address)
    for name in _SHIPPED:
        yield name, (resources() / "site" / name).read_bytes()
    words = ("公布目录怎样取得许可历次公布数据下载全部目录，第页0123456789", published.title)
    yield "song.woff", song_of(chain(words, (one.title for one in published.patents)))
    if contract:
        yield CONTRACT_NAME, contract
