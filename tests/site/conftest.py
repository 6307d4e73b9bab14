"""A real browser at the public page: Chromium where one is installed; where none is, it is said."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

from forms.bureau.publication import Candidate, publication
from forms.bureau.publication_choice import Choice
from forms.bureau.publication_plan import find_plan
from forms.facts.record import Case
from forms.output.published_data import data_book
from forms.output.site import site_files
from tests.installed_browser import browser_here


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    path = browser_here()
    if not path:
        pytest.skip("no Chromium is installed here")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as player:
        opened = player.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if is_root else []
        )
        yield opened
        opened.close()


class Visitor:
    """Somebody at the page, from whose browser nothing may be asked of elsewhere."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.errors: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._heard)
        page.on("dialog", self._alarmed)
        page.on("request", lambda request: self.asked.append(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _alarmed(self, dialog: Dialog) -> None:
        self.errors.append(dialog.message)
        dialog.dismiss()

    def opens(self, name: str = "index.html", state: str = "") -> "Visitor":
        """Open a page of the site; the first one once its script is ready."""
        self.page.goto(f"{(self.folder / name).as_uri()}{state}")
        if name == "index.html":
            self.page.wait_for_selector("html[data-ready]", state="attached")
        return self

    def types(self, text: str) -> None:
        """Search."""
        self.page.fill("#q", text)

    @property
    def titles(self) -> list[str]:
        """The cards' titles, as they stand."""
        return self.page.locator("#cards h3").all_text_contents()

    @property
    def found(self) -> str:
        """How many are listed, as it is said."""
        return self.page.inner_text("#found")


def written(folder: Path, candidates: list[Candidate]) -> Path:
    """Write the site of these patents."""
    first = publication(candidates[:3], find_plan(), Choice(), date(2026, 9, 1)).issue()
    found = publication(candidates, find_plan(), Choice(), date(2026, 12, 1), [first])
    for name, content in site_files(found.published, data_book(found.published), b"PK"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def passed(*cases: Case) -> list[Candidate]:
    """Cases that passed, of one unit."""
    return [Candidate(case, "示例大学") for case in cases]
