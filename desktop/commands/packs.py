"""pack list, check and take, schema: what an authority issues, and the shape of our records."""

from typing import Any

import msgspec

from desktop.session import Session
from forms.office.store import CannotDo
from forms.pack.load import PackFault, load
from forms.record import Case, Licence, Office

RECORDS: dict[str, type[msgspec.Struct]] = {"case": Case, "licence": Licence, "office": Office}


def pack_list(session: Session) -> int:
    """List the packs there are."""
    packs: list[dict[str, object]] = []
    rows = []
    for code, folder in session.packs.items():
        try:
            identity = load(folder).identity
        except PackFault as fault:
            rows.append((code, "", "", "", f"不能使用，有 {len(fault.faults)} 处问题"))
            packs.append({"code": code, "faults": [str(one) for one in fault.faults]})
            continue
        until = identity.in_force_until
        over = until is not None and session.today > until
        note = "试点已结束" if over else ""
        rows.append((code, identity.version, identity.name, identity.authority, note))
        packs.append({**msgspec.to_builtins(identity), "over": over, "folder": str(folder)})
    session.terminal.table(("代号", "版本", "名称", "机关", "说明"), rows)
    session.terminal.json({"packs": packs})
    return 0


def pack_check(session: Session) -> int:
    """Say every fault of a pack; 1 where there is one."""
    from forms.pack.lint import lint

    folder = session.args.folder
    if not folder.is_dir():
        raise CannotDo(f"没有这个文件夹：{folder}")
    faults = lint(folder)
    for fault in faults:
        session.terminal.show(str(fault))
    said = f"共 {len(faults)} 处问题。" if faults else "没有问题。"
    session.terminal.show(f"表单包 {folder.resolve().name}：{said}")
    session.terminal.json({"folder": str(folder), "faults": faults})
    return 1 if faults else 0


def pack_take(session: Session) -> int:
    """Take in a .pack.zip; 1 where it has faults, which are listed."""
    from desktop.places import taken_packs_folder
    from forms.locate import packs_folder
    from forms.pack.taking import PackRefused, take_in, told

    folder = taken_packs_folder(session.database)
    try:
        taken = take_in(session.args.file, packs_folder(), folder)
    except PackRefused as refused:
        for fault in refused.faults:
            session.terminal.show(str(fault))
        session.terminal.json({"faults": refused.faults})
        session.terminal.say(str(refused))
        return 1
    session.terminal.show(told(taken))
    said = {name: getattr(taken, name) for name in ("code", "version", "name", "is_known", "newer")}
    session.terminal.json({**said, "folder": str(taken.folder)})
    return 0


def schema(session: Session) -> int:
    """Write the JSON Schema of a record; it is JSON with or without --json."""
    session.terminal.as_json = True
    session.terminal.json(schema_of(session.args.record))
    return 0


def schema_of(record: str) -> dict[str, Any]:
    """The published JSON Schema of a record."""
    made = msgspec.json.schema(RECORDS[record])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
