"""A search on the public page of very many patents, in a Chromium without a window."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Error, sync_playwright

from forms.bureau.publication import Candidate, publication
from forms.bureau.publication_choice import Choice
from forms.bureau.publication_plan import find_plan
from forms.output.published_data import data_book
from forms.output.site import LIST_FOLDER, site_files
from tests.installed_browser import browser_here
from tools.develop.bench.figures import Figure
from tools.develop.bench.patents import patents
from tools.develop.console import say

_ASKED_MS = 50
_READY_WITHIN_MS = 60_000
_SEARCHES = ("水", "水体", "装置", "武汉示例大学", "20211", "没有符合条件的", "方法 襄阳")
_ROUNDS = 3
_SEARCH = """text => {
  const field = document.getElementById("q"), began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""
"""From the key to the cards laid out; the search runs within the event."""


def page_figures(folder: Path, count: int) -> Iterator[Figure]:
    """Searches of one character and more, with what they find laid out."""
    browser = browser_here()
    if not browser:
        say("not measured  the public page: no Chromium is installed here")
        return
    began = time.perf_counter()
    _write(folder, count)
    made_in = time.perf_counter() - began
    try:
        ready_s, took = _searched(browser, folder)
    except Error as fault:
        say(f"not measured  the public page: the Chromium here does not serve ({fault.message})")
        return
    yield Figure(
        name=f"public page of {count:,} patents: search",
        value=median(took),
        unit="ms",
        target=_ASKED_MS,
        note=f"from the key to the cards laid out, most {max(took):.0f} ms; search ready after"
        f" {ready_s:.1f} s; made in {made_in:.0f} s",
    )


def _write(folder: Path, count: int) -> None:
    candidates = [Candidate(case, "示例大学") for case in patents(count)]
    found = publication(candidates, find_plan(), Choice(), date(2026, 12, 1))
    for name, content in site_files(found.published, data_book(found.published), b"PK"):
        if not name.startswith(LIST_FOLDER):
            (folder / name).write_bytes(content)


def _searched(browser: str, folder: Path) -> tuple[float, list[float]]:
    """The seconds until the search is ready, and the ms of each search."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as player:
        opened = player.chromium.launch(
            executable_path=browser, args=["--no-sandbox"] if is_root else []
        )
        page = opened.new_page()
        began = time.perf_counter()
        page.goto((folder / "index.html").as_uri())
        page.wait_for_selector("html[data-ready]", state="attached", timeout=_READY_WITHIN_MS)
        ready_s = time.perf_counter() - began
        took = [
            float(page.evaluate(_SEARCH, text))
            for _ in range(_ROUNDS)
            for one in _SEARCHES
            for text in (one, "")
        ]
        opened.close()
    return ready_s, took
