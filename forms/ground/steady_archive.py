"""Office files are zip archives with the clock in them; here they become the same bytes each time.

Same input, same bytes: python-docx and openpyxl stamp the moment of saving into the archive's
entries and its core properties.  `steady` takes both out.  They also say that Word or Excel made
the file: it says who did.
"""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

# The earliest moment a zip entry can state; it stands for "no moment".
_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # the rights below are written as Unix has them
MADE_BY = "OpenLicense Desk"
_MADE_BY = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>" + MADE_BY.encode() + b"</Application></Properties>"
)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(archive: bytes, mend: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """Return the archive with the same entries, no moment of making in it, and who made it.

    `mend` may change what stands in an entry, by its name.
    """
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            elif name == "docProps/app.xml":
                content = _MADE_BY
            content = mend(name, content) if mend else content
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX  # the same on every system
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return result.getvalue()
