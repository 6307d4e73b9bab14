"""From printing with codes to a stack that files itself, at the command line."""

import pytest

from desktop.installed import coded_papers
from forms.ground.locate import packs_folder
from tests.desktop.clerk import Clerk
from tests.scanned import as_pdf, pages_of

SAMPLE = packs_folder() / "hubei-2022" / "sample.xlsx"


def test_a_stack_files_itself_and_says_what_is_left(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coded_papers, "are_asked", lambda: True)
    assert clerk.types("import", SAMPLE).code == 0
    cases = clerk.types("list", "--json").json["cases"]
    numbers = [one["patent_number"] for one in cases if one["state"] == "ready"][:2]
    assert len(numbers) == 2
    out = clerk.folder / "文书"
    clerk.types("export", *numbers, "--paper", "consent", "--out", out)
    files = sorted(out.rglob("*.pdf"), reverse=True)
    images = [page for file in files for page in pages_of(file.read_bytes())]
    stack = clerk.folder / "整叠.pdf"
    stack.write_bytes(as_pdf([*reversed(images), images[0].resize((300, 400))]))
    looked = clerk.types("file-scans", stack, "--dry-run", "--json").json
    assert looked["pages"] == len(images) + 1
    made = clerk.types("file-scans", stack, "--json")
    told = made.json
    assert told == looked
    assert {one["patent_number"] for one in told["filed"]} == set(numbers)
    assert {one["paper"] for one in told["filed"]} == {"consent"}
    assert (told["unread"], told["stale"], told["missing"]) == ([len(images) + 1], [], [])
    assert made.code == 1, "a page is left"
    assert "没有识别码" in made.err
