"""Whether a PDF can be opened page by page: what can not be is no scan and no paper.

This module must not know cases, papers or a screen.
"""

from threading import Lock

PDFIUM = Lock()  # PDFium may be used by one thread at a time


def page_count(content: bytes) -> int:
    """Return how many pages of a PDF there are, 0 where it or any of them can not be opened."""
    import pypdfium2  # slow to import, and wanted where there is a scan alone

    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            for place in range(len(document)):
                document[place].close()
            return len(document)
    except pypdfium2.PdfiumError:
        return 0
