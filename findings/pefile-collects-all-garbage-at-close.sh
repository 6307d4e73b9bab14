#!/usr/bin/env bash
# pefile's `PE.close()`, and so the end of every `with pefile.PE(...)`, runs a full collection of
# the garbage of the whole process.  What that costs has nothing to do with the file: it grows
# with everything else the program holds.  In a test worker with a few million objects, closing a
# library of four sections took longer than all the reading of it, a hundred times over.
#
# An audit of a Windows bundle (119 executables, each closed twice) and the tests of it paid with
# minutes.  installer/windows/audit.py reads the bytes itself and closes nothing.
#
# Exits with 1 where that is no longer so.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet pefile==2024.8.26
cat > "$place/try.py" <<'PYTHON'
import gc, struct, sys, time
import pefile

print("pefile", pefile.__version__, "Python", sys.version.split()[0])
# The least that is a 64-bit image: DOS header, COFF header, optional header, one section.
optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 512, 0, 0, 0x1000, 0x1000)
optional += struct.pack("<QIIHHHHHHIIIIHH", 1 << 32, 0x1000, 512, 6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0, 3, 0)
optional += struct.pack("<QQQQII", 1 << 20, 4096, 1 << 20, 4096, 0, 16) + bytes(128)
coff = struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0x22)
section = b".text\0\0\0" + struct.pack("<IIIIIIHHI", 512, 0x1000, 512, 512, 0, 0, 0, 0, 0x60000020)
image = (b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + coff + optional + section).ljust(512, b"\0") + bytes(512)

seen = []
gc.callbacks.append(lambda phase, info: phase == "stop" and seen.append(info["generation"]))


def closing():
    """Seconds of one close, and how many full collections it ran; no automatic ones meanwhile."""
    gc.disable()
    pe = pefile.PE(data=image)
    seen.clear()
    begun = time.perf_counter()
    pe.close()
    took = time.perf_counter() - begun
    gc.enable()
    return took, seen.count(2)


few, times = min(closing() for _ in range(5))
held = [[number] for number in range(2_000_000)]
many, _ = min(closing() for _ in range(5))
print(f"full collections in one close: {times}; a close with two million objects more takes {many / few:.0f} times as long")
sys.exit(0 if times == 1 and many > 3 * few else 1)
PYTHON
"$place/venv/bin/python" "$place/try.py"
# Seen: pefile 2024.8.26 Python 3.11.7
#   full collections in one close: 1; a close with two million objects more takes 757 times as long
