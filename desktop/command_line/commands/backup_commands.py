"""backup, restore, verify: the data as one file, and back; whether all of it is whole."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.command_line.arguments import Complaint, Parser, count
from desktop.command_line.session import Session, now
from forms.ground.files import CannotWrite, why
from forms.office.store import CannotDo

if TYPE_CHECKING:  # the store is slow to load, and --help does without
    from collections.abc import Sequence

    from db.file_inside import Inside
    from db.leading_settings import Leading
    from db.rotation import Kept

REASONS = {
    "auto": "每日自动",
    "before-restore": "恢复前",
    "manual": "人工",
}


def backup_arguments(parser: Parser) -> None:
    """The file, and how backups are made from now on."""
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="备份文件；不写时存入数据旁的 backups"
    )
    parser.add_argument("--keep", type=count, metavar="N", help="今后自动备份各留几份")
    parser.add_argument(
        "--second", metavar="DIR", help='今后另存一份到这个文件夹（如 U盘）；写 "" 取消'
    )


def backup(session: Session) -> int:
    """Back the data up, into a file or among the store's own backups; settle how that is done."""
    args = session.args
    session.need_file()
    settled = args.keep is not None or args.second is not None
    if settled:
        _settle(session)
    if args.file is not None:
        from db.backup import backup as back_up

        _spare(args.file)
        inside = back_up(session.database, args.file)
        target = args.file
    elif settled:
        return 0
    else:
        from db.file_inside import look_inside

        target = session.store.backups.make()
        inside = look_inside(target, full=False)
    session.terminal.show(f"备份已完成并核对：{target}（{_holds(inside)}）。")
    apart = _originals(session)
    if apart is not None:
        session.terminal.say(f"提示：收到的报送包原件不在备份中，请另行复制整个“{apart}”文件夹。")
    session.terminal.json(
        {"backup": str(target), "inside": inside, "originals": apart and str(apart)}
    )
    return 0


def _originals(session: Session) -> Path | None:
    """The folder of what a bureau took in, which no backup holds; None where there is nothing."""
    from forms.bureau.originals import has_any, originals_folder

    folder = originals_folder(session.database.parent)
    return folder if has_any(folder) else None


def _lacking(session: Session) -> list[str]:
    """Tell which packages' originals are not beside the data."""
    from desktop.installed.originals_told import lacking_originals, told_lacking
    from forms.bureau.originals import originals_folder

    folder = originals_folder(session.database.parent)
    if found := lacking_originals(session.store, folder):
        session.terminal.say(f"提示：{told_lacking(found, folder)}")
    return found


def _spare(file: Path) -> None:
    """Refuse to put a backup over what is none.  Raises CannotDo."""
    from db.file_inside import look_inside
    from db.store_problems import StoreProblem

    if file.is_dir():
        example = file / "案卷备份.db"
        raise CannotDo(f"“{file}”是文件夹，请写明备份文件的名称，例如 {example}。")
    if not file.exists():
        return
    try:
        look_inside(file, full=False)
    except StoreProblem as problem:
        raise CannotDo(f"“{file}”已存在，且不是完好的备份，未覆盖，请另选文件名。") from problem


def _settle(session: Session) -> None:
    """Settle how many backups are kept, and where else."""
    keep, second = session.args.keep, session.args.second
    if keep is not None and keep < 1:
        raise Complaint("命令写法有误：--keep 至少为 1。")
    place = None if second is None else Path(second)
    if second:
        try:
            Path(second).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(f"“{second}”不能用作备份位置：{why(error)}。") from error
    store = session.store
    store.backups.settle(keep=keep, second_place=place)
    other = f"，另存一份到 {store.backups.second_place}" if store.backups.second_place else ""
    session.terminal.show(f"自动备份各留 {store.backups.keep} 份{other}。")
    if session.args.file is None:
        session.terminal.json(
            {
                "keep": store.backups.keep,
                "second": store.backups.second_place and str(store.backups.second_place),
            }
        )


def _holds(inside: "Inside") -> str:
    binned = f"，回收站 {inside.binned} 件" if inside.binned else ""
    changed = f"，最后改动 {_moment(inside.changed_at)}" if inside.changed_at else ""
    records = f"，专利池、报送包等记录 {inside.records} 条" if inside.records else ""
    return (
        f"案卷 {inside.cases} 件{binned}，许可 {inside.licences} 份，"
        f"扫描件 {inside.scans} 份{records}{changed}"
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def restore_arguments(parser: Parser) -> None:
    """The file, and whether it is only looked at."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="备份文件")
    parser.add_argument("--list", action="store_true", help="列出完好的备份，新的在前")
    parser.add_argument(
        "--settings",
        action="store_true",
        help="连同备份中的收件邮箱、备份位置等设置一并恢复（不写时仍用现在的）",
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出备份内容和将替换的内容")


def restore(session: Session) -> int:
    """Say what a backup holds and what it replaces, then put it in the place of the data."""
    from db.backup import look_inside
    from db.backup import restore as bring_back
    from db.leading_settings import leading

    session.need_file()
    file = session.args.file
    if session.args.list or file is None:
        return _list(session)
    inside = look_inside(file)
    session.terminal.show(f"备份 {file}：{_holds(inside)}。")
    session.terminal.show(f"将被替换的现有数据 {session.database}：{_there(session.database)}。")
    settings = leading(file, session.database)
    _tell_settings(session, settings)
    if session.args.dry_run:
        session.terminal.show("仅查看内容，未作改动。")
        session.terminal.json(
            {"dry_run": True, "file": str(file), "inside": inside, "settings": settings}
        )
        return 0
    takes = bool(settings) and (session.args.settings or _takes_settings(session))
    done = bring_back(file, session.database, now=now, takes_settings=takes)
    kept = f"原有数据另存在 {done.kept}。" if done.kept else ""
    session.terminal.show(f"已恢复 {file}：案卷 {done.inside.cases} 件。{kept}")
    session.terminal.json(
        {
            "restored": str(file),
            "inside": done.inside,
            "settings": settings,
            "settings_taken": takes,
            "kept": None if done.kept is None else str(done.kept),
            "lacking_originals": _lacking(session) if done.inside.records else [],
        }
    )
    return 0


def _tell_settings(session: Session, settings: "Sequence[Leading]") -> None:
    """Say what the backup would change of where the office's data go."""
    from desktop.installed.leading_words import told

    if settings:
        session.terminal.show("备份中的下列设置会将资料发往别处，或从别处打开文件：")
        for line in told(settings):
            session.terminal.show(f"  {line}")


def _takes_settings(session: Session) -> bool:
    from desktop.command_line.agreement import agreed

    return agreed(
        session.terminal,
        "是否一并恢复这些设置？仅限本单位所做的备份。",
        "这些设置未从备份恢复，仍用现在的设置；确需恢复的，请加 --settings。",
    )


def _there(database: Path) -> str:
    """Say what the data hold that are to be replaced; they may be damaged or gone."""
    from db.backup import look_inside
    from db.store_problems import MissingDatabase, StoreProblem

    try:
        return _holds(look_inside(database, full=False))
    except MissingDatabase:
        return "没有"
    except StoreProblem:
        return "已损坏或为空，无法读取"


def _list(session: Session) -> int:
    """List the good backups, the newest first; 1 where there is none."""
    from db.store_problems import NoBackup

    found = _good(session)
    if not found:
        raise NoBackup(session.database)
    session.terminal.table(
        ("备份时间", "原因", "案卷", "最后改动", "文件"),
        [
            (
                f"{one.made_at:%Y-%m-%d %H:%M}",
                _reason(one.reason),
                f"{one.inside.cases} 件",
                _moment(one.inside.changed_at) if one.inside.changed_at else "",
                one.file.name,
            )
            for one in found
        ],
    )
    for folder in dict.fromkeys(one.file.parent for one in found):
        session.terminal.show(f"文件夹：{folder}")
    session.terminal.show("恢复：restore FILE（写出文件的完整路径）。")
    session.terminal.json({"backups": _json(found)})
    return 0


def _good(session: Session) -> "list[Kept]":
    """The good backups beside the data, and those in the second place where it can be read."""
    from db.rotation import good_backups
    from db.store_problems import StoreProblem

    found = list(good_backups(session.database))
    with suppress(StoreProblem):  # the data may be damaged: then nobody knows a second place
        second = session.store.backups.second_place if session.database.exists() else None
        if second is not None:
            found += good_backups(session.database, second)
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def _json(backups: "list[Kept]") -> list[dict[str, object]]:
    return [
        {
            "file": str(one.file),
            "made_at": one.made_at,
            "reason": one.reason,
            "inside": one.inside,
        }
        for one in backups
    ]


def _reason(reason: str) -> str:
    return REASONS.get(reason, f"升级前（{reason}）")


def verify(session: Session) -> int:
    """Examine the data in full, with the originals beside them, and say which backups are good.

    1 where a fault was found.
    """
    found = session.store.examine()
    terminal = session.terminal
    terminal.show(
        f"已核对 {session.shown}：案卷 {found.cases} 件、"
        f"专利 {found.patents} 件、各次保存 {found.versions} 版、"
        f"许可 {found.licences} 份、扫描件 {found.scans} 份。"
    )
    for fault in found.faults:
        terminal.show(f"  {fault}")
    without_original = _lacking(session)
    is_file = isinstance(session.place, Path)
    backups = _good(session) if is_file else []
    faults = len(found.faults) + len(without_original)
    terminal.show(f"发现 {faults} 处问题。" if faults else "全部完好。")
    if is_file:
        terminal.show(f"完好的备份 {len(backups)} 份；用 restore --list 查看。")
    else:
        terminal.show("共享数据库由管理员用 PostgreSQL 自带的工具备份（见 backup 的说明）。")
    terminal.json(
        {"examined": found, "backups": _json(backups), "lacking_originals": without_original}
    )
    return 1 if faults else 0
