"""The ways in which a package goes wrong on its way to a bureau, or is made to.

Each takes the files of a sound package and writes what arrives; beside it stands what an intake has
to find.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.bureau.records import FaultCode, Verdict
from forms.exchange.package_manifest import MANIFEST_NAME

Files = dict[str, bytes]
BIDI = "表\u202efdp.exe"
MARKUP = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://203.0.113.1/")'


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to go wrong: what arrives (name and bytes), and what has to be found of it."""

    arrives: Callable[[Files, str], dict[str, bytes]]
    verdict: Verdict
    code: FaultCode | None = None


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A plain zip of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def write(folder: Path, arrived: Mapping[str, bytes]) -> list[Path]:
    """Let something arrive in a folder; where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in arrived.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in arrived]


def manifest_of(files: Files) -> dict[str, Any]:
    """The manifest of a package."""
    said: dict[str, Any] = json.loads(files[MANIFEST_NAME])
    return said


def with_manifest(files: Files, said: object) -> Files:
    """The same files under another manifest."""
    return files | {MANIFEST_NAME: json.dumps(said, ensure_ascii=False).encode()}


def _pdf(files: Files) -> str:
    return next(name for name in files if name.endswith(".pdf") and name.startswith("ZL"))


def _one_zip(change: Callable[[Files], Files]) -> Callable[[Files, str], dict[str, bytes]]:
    return lambda files, name: {f"{name}.zip": zipped(change(dict(files)))}


def _altered(files: Files) -> Files:
    return files | {_pdf(files): files[_pdf(files)] + b"\n% changed"}


def _missing(files: Files) -> Files:
    del files[_pdf(files)]
    return files


def _of_manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Files], Files]:
    def changed(files: Files) -> Files:
        said = manifest_of(files)
        change(said)
        return with_manifest(files, said)

    return changed


def _case_altered(said: dict[str, Any]) -> None:
    said["cases"][0]["case"]["offer_end"] = "2039-12-31"


def _hash_forged(said: dict[str, Any]) -> None:
    said["files"][-1]["sha256"] = "0" * 64


def _number_wrong(said: dict[str, Any]) -> None:
    said["cases"][0]["case"]["patent"]["number"] = None
    said["cases"][0]["case"]["unread"] = {"patent.number": "ZL20211034567"}


def _case_unknown(said: dict[str, Any]) -> None:
    said["cases"][0]["case"]["surprise"] = 1


def _hostile_words(said: dict[str, Any]) -> None:
    said["office"] = f"{MARKUP}{BIDI}{FORMULA}"
    said["files"].append({"name": f"{BIDI}{MARKUP}.pdf", "sha256": "0" * 64})


def _older(said: dict[str, Any]) -> None:
    said["version"] = 1
    for one in said["cases"]:
        for name in ("case", "content_sha256", "files"):
            del one[name]


def _bomb(files: Files, name: str) -> dict[str, bytes]:
    return {f"{name}.zip": zipped({**files, "空.pdf": bytes(60 << 20)})}


def _outside(files: Files, name: str) -> dict[str, bytes]:
    odd = {"../../逃.pdf": b"%PDF", "/etc/逃.pdf": b"%PDF", "C:\\逃.pdf": b"%PDF"}
    return {f"{name}.zip": zipped({**files, **odd})}


def _linked(files: Files, name: str) -> dict[str, bytes]:
    made = io.BytesIO(zipped(files))
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("链接.pdf")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return {f"{name}.zip": made.getvalue()}


def _twice(files: Files, name: str) -> dict[str, bytes]:
    made = io.BytesIO(zipped(files))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(zipfile.ZipInfo(_pdf(files).upper()), b"%PDF other")
    return {f"{name}.zip": made.getvalue()}


def _without_manifest(files: Files) -> Files:
    del files[MANIFEST_NAME]
    return files


def _papers_alone(files: Files) -> Files:
    return {name: content for name, content in files.items() if name.startswith("ZL")}


def _bare_mail(_files: Files, name: str) -> dict[str, bytes]:
    return {f"{name}.eml": b"From: a@example.cn\r\nSubject: hello\r\n\r\nno attachment\r\n"}


def _deep(files: Files) -> Files:
    deep = b'{"format": "openlicense-package", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    return files | {MANIFEST_NAME: deep}


WAYS: Mapping[str, Way] = {
    "打包后改过文件": Way(arrives=_one_zip(_altered), verdict="faulty", code="altered"),
    "少一个文件": Way(arrives=_one_zip(_missing), verdict="faulty", code="missing"),
    "多一个文件": Way(
        arrives=_one_zip(lambda files: files | {"说明.txt": b"hello"}),
        verdict="new",
        code="further",
    ),
    "校验值伪造": Way(
        arrives=_one_zip(_of_manifest(_hash_forged)), verdict="faulty", code="altered"
    ),
    "案卷数据改过": Way(
        arrives=_one_zip(_of_manifest(_case_altered)), verdict="faulty", code="case"
    ),
    "案卷有未知内容": Way(
        arrives=_one_zip(_of_manifest(_case_unknown)), verdict="faulty", code="case"
    ),
    "专利号不完整": Way(
        arrives=_one_zip(_of_manifest(_number_wrong)), verdict="faulty", code="number"
    ),
    "清单不完整": Way(
        arrives=_one_zip(lambda files: files | {MANIFEST_NAME: files[MANIFEST_NAME][:900]}),
        verdict="faulty",
        code="manifest",
    ),
    "清单层次过深": Way(arrives=_one_zip(_deep), verdict="faulty", code="manifest"),
    "清单为新版": Way(
        arrives=_one_zip(_of_manifest(lambda said: said.update(version=3))),
        verdict="faulty",
        code="manifest",
    ),
    "清单为旧版": Way(arrives=_one_zip(_of_manifest(_older)), verdict="new"),
    "单位名称含代码": Way(
        arrives=_one_zip(_of_manifest(_hostile_words)), verdict="faulty", code="missing"
    ),
    "没有清单": Way(arrives=_one_zip(_without_manifest), verdict="new", code="no_manifest"),
    "只有扫描件": Way(arrives=_one_zip(_papers_alone), verdict="new", code="no_manifest"),
    "压缩包不完整": Way(
        arrives=lambda files, name: {f"{name}.zip": zipped(files)[: -len(files) * 60]},
        verdict="unreadable",
        code="unreadable",
    ),
    "压缩炸弹": Way(arrives=_bomb, verdict="unreadable", code="unreadable"),
    "路径指向包外": Way(arrives=_outside, verdict="new", code="further"),
    "含链接": Way(arrives=_linked, verdict="new", code="further"),
    "同名文件": Way(arrives=_twice, verdict="faulty", code="altered"),
    "空压缩包": Way(
        arrives=lambda _files, name: {f"{name}.zip": zipped({})},
        verdict="unreadable",
        code="unreadable",
    ),
    "rar 文件": Way(
        arrives=lambda _files, name: {f"{name}.rar": b"Rar!\x1a\x07\x01\x00" + bytes(64)},
        verdict="unreadable",
        code="unreadable",
    ),
    "加密软件锁住": Way(
        arrives=lambda _files, name: {f"{name}.zip": b"E-SafeNet" + bytes(512)},
        verdict="unreadable",
        code="unreadable",
    ),
    "邮件没有附件": Way(arrives=_bare_mail, verdict="unreadable", code="unreadable"),
}
