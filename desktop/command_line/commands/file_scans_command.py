"""file-scans: a stack of scanned papers files itself by the codes in the foot margins."""

from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.ground.cleaning import visible
from forms.office.scan_filing import StackPaper, file_stack, read_stack, told


def file_scans_arguments(parser: Parser) -> None:
    """The scans, and whether they are only looked at."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="整叠扫描件：PDF，或 JPEG、PNG、TIFF 图片（可以多页）",
    )
    parser.add_argument("--dry-run", action="store_true", help="只识别，不归入")


def file_scans(session: Session) -> int:
    """Read the codes and keep each whole paper with its case; 1 where something is left."""
    args, terminal, store = session.args, session.terminal, session.store
    reading = terminal.progress("正在识别")
    stack = read_stack(store, session.shelf, args.files, progress=reading)
    terminal.clear()
    whole = [paper for paper in stack.papers if paper.is_whole]
    filed = whole if args.dry_run else file_stack(store, stack, who=session.who)
    terminal.table(
        ("专利号", "文书", "页"),
        [(paper.number or "（多件）", paper.title, _places(paper)) for paper in filed],
    )
    done = "可以归入" if args.dry_run else "已归入"
    terminal.show(f"共 {stack.count} 页，{done} {len(filed)} 份文书。")
    for sentence in told(stack):
        terminal.say(f"提示：{visible(sentence)}")
    lacking = [paper for paper in stack.papers if paper.missing and not paper.is_stale]
    stale = [paper for paper in stack.papers if paper.is_stale]
    terminal.json(
        {
            "pages": stack.count,
            "filed": [_json(paper) for paper in filed],
            "unread": [page.number for page in stack.unread],
            "stale": [_json(paper) for paper in stale],
            "missing": [
                {**_json(paper), "missing": list(paper.missing), "of": paper.count}
                for paper in lacking
            ],
        }
    )
    return 1 if stack.unread or stale or lacking else 0


def _places(paper: StackPaper) -> str:
    return "、".join(str(page.number) for page in paper.pages)


def _json(paper: StackPaper) -> dict[str, object]:
    return {
        "patent_number": paper.number or None,
        "paper": paper.export.paper,
        "pages": [page.number for page in paper.pages],
    }
