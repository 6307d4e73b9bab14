"""Printing: a preview that is the PDF itself, the system's print dialog, the pages."""

from desktop.on_paper.printing.print_preview import PrintPreview, print_cases, print_papers

__all__ = ["PrintPreview", "print_cases", "print_papers"]
