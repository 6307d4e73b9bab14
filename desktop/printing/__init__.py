"""Printing: a preview that is the PDF itself, the system's print dialog, the pages."""

from desktop.printing.printing import PrintPreview, print_cases, print_papers

__all__ = ["PrintPreview", "print_cases", "print_papers"]
