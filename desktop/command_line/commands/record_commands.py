"""license add, office, delete, undelete, revert: the records a clerk keeps."""

from datetime import date
from pathlib import Path

from desktop.command_line.arguments import Parser, count, one_case
from desktop.command_line.commands.look_commands import problem_json, problem_line
from desktop.command_line.session import Session
from forms.facts.derived import number_text
from forms.facts.paths import value_at, with_value
from forms.facts.record import Licence, Office
from forms.ground.cleaning import clean_line
from forms.office.licence_import import add_licence, licence_at, read_licence_file, remove_licence
from forms.office.store import CannotDo, case_mark, case_name, chosen_one, is_meant
from forms.office.stored import StoredCase
from forms.office.word_copy import CHANGE_WORDS, differences_of
from forms.rules.contact_rules import is_email, is_phone

OFFICE_WORDS = {
    "name": "单位名称",
    "contact": "联系人",
    "phone": "联系电话",
    "region": "地区",
    "email": "电子邮件",
    "kind": "单位类别",
    "address": "地址",
    "postcode": "邮编",
    "identity_number": "统一社会信用代码",
    "representative": "法定代表人",
    "bank.name": "开户银行",
    "bank.address": "开户银行地址",
    "bank.account": "帐号",
}


KIND_WORDS = {
    "city": "市州知识产权局",
    "university": "高校院所",
    "special_plan": "专项计划承担单位",
}


def license_add_arguments(parser: Parser) -> None:
    """Of which case, and the contract's facts."""
    one_case(parser)
    parser.add_argument("file", type=Path, metavar="FILE.json", help="格式见 schema licence")


def license_add(session: Session) -> int:
    """Add a licence to a case and say what its contract still wants."""
    args, terminal = session.args, session.terminal
    licence = read_licence_file(args.file)
    stored = chosen_one(session.store, args.number)
    pack = session.pack_of(stored)
    done = add_licence(session.store, pack, session.today, stored, licence, who=session.who)
    name = case_name(stored.case)
    if done.was_known:
        terminal.show(f"同一份已登记：{name} 的第 {done.place} 份许可合同，未重复登记。")
    else:
        terminal.show(f"已登记 {name} 的第 {done.place} 份许可合同：{licence.licensee.name}。")
    for problem in done.problems:
        terminal.show(f"  {problem_line(problem)}")
    terminal.json(
        {
            "case": name,
            "place": done.place,
            "licensee": licence.licensee.name,
            "was_known": done.was_known,
            "problems": [problem_json(problem) for problem in done.problems],
        }
    )
    return 0


def license_list(session: Session) -> int:
    """List the licences of a case by their places."""
    stored = chosen_one(session.store, session.args.number)
    licences = [one.licence for one in session.store.licences.of_case(stored.id)]
    session.terminal.table(
        ("第几份", "被许可人", "起始日", "届满日", "签订日期"),
        [
            (str(place), one.licensee.name or "（未填）", *map(_day, _days(one)))
            for place, one in enumerate(licences, start=1)
        ],
    )
    name = case_name(stored.case)
    session.terminal.show(f"{name} 共登记 {len(licences)} 份许可合同。")
    session.terminal.json({"case": name, "case_id": stored.id, "licences": licences})
    return 0


def _days(licence: Licence) -> tuple[date | None, ...]:
    return (licence.starts_on, licence.ends_on, licence.signed_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def license_remove_arguments(parser: Parser) -> None:
    """Of which case, and which contract."""
    one_case(parser)
    parser.add_argument("place", type=count, metavar="K", help="第几份，见 license list")


def license_remove(session: Session) -> int:
    """Take a licence away from a case."""
    stored, place = chosen_one(session.store, session.args.number), session.args.place
    licence = remove_licence(session.store, stored, place, who=session.who)
    name = case_name(stored.case)
    session.terminal.show(
        f"已移除 {name} 的第 {place} 份许可合同：{licence.licensee.name or '被许可人未填写'}。"
    )
    session.terminal.json({"case": name, "removed": place, "licensee": licence.licensee.name})
    return 0


def license_compare_arguments(parser: Parser) -> None:
    """Which contract, and what came back."""
    license_remove_arguments(parser)
    parser.add_argument("file", type=Path, metavar="FILE.docx", help="对方发回的合同")


def license_compare(session: Session) -> int:
    """List what a contract that came back in Word says otherwise than the record."""
    args, terminal = session.args, session.terminal
    stored = chosen_one(session.store, args.number)
    licence = licence_at(session.store, stored, args.place).licence
    office = session.store.parties.office()
    found = differences_of(session.pack_of(stored), stored.case, licence, office, args.file)
    for one in found:
        terminal.show(f"{one.where}　{CHANGE_WORDS[one.change]}")
        terminal.show(f"  本程序：{one.ours or '（无）'}")
        terminal.show(f"  对方：　{one.theirs or '（无）'}")
    said = f"有 {len(found)} 处不一致，请逐处核对。" if found else "与登记的内容一致。"
    terminal.show(f"“{args.file.name}”{said}")
    terminal.json({"case": case_name(stored.case), "place": args.place, "differences": found})
    return 1 if found else 0


def office_set_arguments(parser: Parser) -> None:
    """The office's facts."""
    for name, label in OFFICE_WORDS.items():
        if name != "kind":
            flag = name.replace(".", "-").replace("_", "-")
            parser.add_argument(f"--{flag}", dest=name, metavar="TEXT", help=label)
    kinds = "，".join(f"{kind} {word}" for kind, word in KIND_WORDS.items())
    parser.add_argument("--kind", choices=tuple(KIND_WORDS), metavar="KIND", help=kinds)


def office_set(session: Session) -> int:
    """Set what was given of the office's profile."""
    given = {
        name: clean_line(value)
        for name in OFFICE_WORDS
        if (value := getattr(session.args, name)) is not None
    }
    if not given:
        raise CannotDo("未写填写内容，例如：office set --name 单位名称 --contact 联系人。")

    def change(office: Office) -> Office:
        for name, value in given.items():
            office = with_value(office, name, value)
        return office

    session.store.parties.change_office(change)
    _show_office(session, session.store.parties.office())
    return 0


def office_show(session: Session) -> int:
    """Show the office's profile."""
    _show_office(session, session.store.parties.office())
    return 0


def _show_office(session: Session, office: Office) -> None:
    facts = {name: str(value_at(office, name)) for name in OFFICE_WORDS}
    facts["kind"] = KIND_WORDS.get(facts["kind"], facts["kind"])
    rows = [(word, facts[name] or "（未填）") for name, word in OFFICE_WORDS.items()]
    session.terminal.table(("单位资料", "内容"), rows)
    if office.phone and not is_phone(office.phone):
        session.terminal.say(f"提示：联系电话“{office.phone}”格式有误，请核对，例如 027-87000000。")
    if office.email and not is_email(office.email):
        session.terminal.say(f"提示：电子邮件“{office.email}”格式有误，请核对。")
    session.terminal.json({"office": office})


def delete(session: Session) -> int:
    """Put a case into the bin."""
    stored = chosen_one(session.store, session.args.number)
    session.store.cases.bin(stored.id, who=session.who)
    name, mark = case_name(stored.case), case_mark(stored.id)
    session.terminal.show(f"{name}（{mark}）已移入回收站。用 undelete {mark} 可取回。")
    session.terminal.json({"deleted": name, "case_id": stored.id})
    return 0


def undelete(session: Session) -> int:
    """Take a case out of the bin, the one put there last."""
    number = session.args.number
    found = [one for one in session.store.cases.binned() if is_meant(one, number)]
    if not found:
        raise CannotDo(f"回收站中没有专利号或案卷号为 {number} 的案卷，请用 list --bin 查看。")
    stored = session.store.cases.unbin(found[-1].id, who=session.who)
    name = case_name(stored.case)
    session.terminal.show(f"{name}（{case_mark(stored.id)}）已从回收站取回。")
    same = _of_the_same_number(session, stored)
    if same:
        marks = "、".join(case_mark(one.id) for one in same)
        session.terminal.say(
            f"提示：{marks} 也使用此专利号，一件专利只报一次，请核对后用 delete 移入回收站。"
        )
    session.terminal.json(
        {"undeleted": name, "case_id": stored.id, "same_number": [one.id for one in same]}
    )
    return 0


def _of_the_same_number(session: Session, stored: StoredCase) -> list[StoredCase]:
    """The other live cases of a case's number in its pack; those of none are every pack's."""
    number = number_text(stored.case)
    live = session.store.cases.listed([number]) if number else []
    pack = stored.case.pack
    alike = [one for one in live if not pack or one.case.pack in ("", pack)]
    return [one for one in alike if one.id != stored.id]


def revert_arguments(parser: Parser) -> None:
    """Which case, and to which version."""
    one_case(parser)
    parser.add_argument("version", type=count, metavar="VERSION", help="版次，见 history")


def revert(session: Session) -> int:
    """Bring a version of a case back."""
    stored = chosen_one(session.store, session.args.number)
    version = session.args.version
    saved = session.store.cases.restore_version(stored.id, version, who=session.who)
    name = case_name(saved.case)
    session.terminal.show(f"{name} 已恢复到第 {version} 版（存为第 {saved.revision} 版）。")
    session.terminal.json({"case": name, "restored": version, "revision": saved.revision})
    return 0
