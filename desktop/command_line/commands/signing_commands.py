"""pack key, pack sign: for a bureau that issues packs and wants them known as its own."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.ground.files import CannotWrite, read_bytes, why, write_atomically
from forms.office.store import CannotDo
from forms.vetting.pack_intake import ENDING, packed
from forms.vetting.pack_lint import lint
from forms.vetting.pack_signature import (
    SIGNATURE_FILE,
    BadKey,
    new_key,
    public_key_of,
    signature_text,
    without_signature,
)

_MOST_KEY_BYTES = 10_000


def pack_key_arguments(parser: Parser) -> None:
    """Where the private key goes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="写入私钥的文件（不能已经存在）")


def pack_key(session: Session) -> int:
    """Make a key: the private one into a file, the public one for the edition to see."""
    file: Path = session.args.file
    private, public = new_key()
    _write_secret(file, private)
    session.terminal.show(f"私钥已写入 {file}。请妥善保管，不要外传，也不要放进表单包的文件夹。")
    session.terminal.show("公钥写进本部门版本的 edition.toml：")
    session.terminal.show("[packs]")
    session.terminal.show(f'key = "{public}"')
    session.terminal.json({"private": str(file), "public": public})
    return 0


def _write_secret(file: Path, content: bytes) -> None:
    """Write a file that is there for nobody else, and never over another.  Raises CannotWrite."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise CannotWrite(f"“{file}”未能写入：{why(error)}。") from error


def pack_sign_arguments(parser: Parser) -> None:
    """The pack's folder, the key, and where the packed one goes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="表单包的文件夹")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="私钥文件")
    parser.add_argument("--out", type=Path, metavar="FILE", help="同时打包成这个 .pack.zip")


def pack_sign(session: Session) -> int:
    """Sign a pack's folder, and pack it where asked; 1 where the pack has faults."""
    folder, out = session.args.folder, session.args.out
    if not folder.is_dir():
        raise CannotDo(f"找不到文件夹：{folder}")
    if out is not None and not out.name.lower().endswith(ENDING):
        raise CannotDo(f"“{out.name}”应以 {ENDING} 结尾，对方才能直接打开，请改名。")
    faults = lint(folder)
    if faults:
        for fault in faults:
            session.terminal.show(str(fault))
        session.terminal.say(f"表单包有 {len(faults)} 处问题，未签名。")
        session.terminal.json({"faults": faults})
        return 1
    key_file = session.args.key
    try:
        private = read_bytes(key_file, most=_MOST_KEY_BYTES)
        contents = without_signature(packed(folder))
        text = signature_text(contents, private).encode()
        public = public_key_of(private)
    except BadKey as bad:
        raise CannotDo(f"“{key_file}”不是签名私钥，请使用 pack key 生成的文件。") from bad
    write_atomically(folder / SIGNATURE_FILE, text)
    session.terminal.show(f"已签名：{folder / SIGNATURE_FILE}（公钥 {public}）。")
    if out is not None:
        write_atomically(out, _zipped({**contents, SIGNATURE_FILE: text}))
        session.terminal.show(f"已打包：{out}，可以发给各单位。")
    session.terminal.json({"folder": str(folder), "public": public, "out": out and str(out)})
    return 0


def _zipped(contents: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
