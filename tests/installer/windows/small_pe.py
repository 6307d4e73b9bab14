"""Makes small Windows executables by hand, as the audit has to tell them apart."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

X64, X86 = 0x8664, 0x014C
_BASE, _ALIGN = 0x1000, 0x200
_DELAYED = 13  # the directory of what is loaded when it is first used


def write(
    file: Path,
    *,
    imports: Mapping[str, Sequence[str]] | None = None,
    delayed: Mapping[str, Sequence[str]] | None = None,
    exports: Sequence[str] = (),
    forwards: Mapping[str, str] | None = None,
    machine: int = X64,
    section: str = ".rdata",
    extra: bytes = b"",
) -> Path:
    """Write a library with one section that holds its imports, exports and further bytes."""
    body = _Body()
    exported = {**dict.fromkeys(exports, ""), **(forwards or {})}
    export_place = body.exports(file.name, exported) if exported else (0, 0)
    import_place = body.imports(imports) if imports else (0, 0)
    delayed_place = body.delayed(delayed) if delayed else (0, 0)
    body.put(extra)
    content = bytes(body.content)
    padded = content + b"\0" * (-len(content) % _ALIGN)
    directories = [export_place, import_place, *[(0, 0)] * 14]
    directories[_DELAYED] = delayed_place
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, len(padded), 0, 0, 0)
    optional += struct.pack("<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, _ALIGN, 6, 0, 0, 0, 6, 0, 0,
                            _BASE + 0x10000, 0x400, 0, 2, 0)  # fmt: skip
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += b"".join(struct.pack("<II", *one) for one in directories)
    header = b"MZ" + b"\0" * 58 + struct.pack("<I", 64)
    coff = struct.pack("<4sHHIIIHH", b"PE\0\0", machine, 1, 0, 0, 0, len(optional), 0x2022)
    name = section.encode().ljust(8, b"\0")
    table = struct.pack("<8sIIIIIIHHI", name, len(padded), _BASE, len(padded), 0x400, 0, 0, 0, 0,
                        0x40000040)  # fmt: skip
    head = header + coff + optional + table
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(head.ljust(0x400, b"\0") + padded)
    return file


class _Body:
    def __init__(self) -> None:
        self.content = bytearray()

    def put(self, data: bytes) -> int:
        """Append, and tell the address it will have."""
        place = _BASE + len(self.content)
        self.content += data
        return place

    def imports(self, wanted: Mapping[str, Sequence[str]]) -> tuple[int, int]:
        descriptors = b""
        for library, functions in wanted.items():
            names, first, place = self._wanted(library, functions)
            descriptors += struct.pack("<IIIII", names, 0, 0, place, first)
        descriptors += b"\0" * 20
        return self.put(descriptors), len(descriptors)

    def delayed(self, wanted: Mapping[str, Sequence[str]]) -> tuple[int, int]:
        descriptors = b""
        for library, functions in wanted.items():
            names, first, place = self._wanted(library, functions)
            descriptors += struct.pack("<IIIIIIII", 1, place, 0, first, names, 0, 0, 0)
        descriptors += b"\0" * 32
        return self.put(descriptors), len(descriptors)

    def _wanted(self, library: str, functions: Sequence[str]) -> tuple[int, int, int]:
        hints = [self.put(b"\0\0" + name.encode() + b"\0") for name in functions]
        thunks = struct.pack(f"<{len(hints) + 1}Q", *hints, 0)
        return self.put(thunks), self.put(thunks), self.put(library.encode() + b"\0")

    def exports(self, library: str, functions: Mapping[str, str]) -> tuple[int, int]:
        """Functions by name; one with a value leads on to it, as in `python311.Py_Main`."""
        count = len(functions)
        size = 40 + count * 10 + sum(len(f"{name}{to}") + 2 for name, to in functions.items())
        start = self.put(b"")
        text = start + 40 + count * 10
        addresses, names, strings = b"", b"", b""
        for name, leads_to in sorted(functions.items()):
            names += struct.pack("<I", text + len(strings))
            strings += name.encode() + b"\0"
            target = text + len(strings) if leads_to else start + 0x8000
            addresses += struct.pack("<I", target)
            strings += leads_to.encode() + b"\0"
        library_place = text + len(strings)
        tables = start + 40, start + 40 + 4 * count, start + 40 + 8 * count
        ordinals = struct.pack(f"<{count}H", *range(count))
        head = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, library_place, 1, count, count, *tables)
        self.put(head + addresses + names + ordinals + strings + library.encode() + b"\0")
        return start, size
