"""The live preview: the very page that will be printed, with the field in hand marked on it."""

from desktop.on_paper.preview.document_pane import DocumentPreview
from desktop.on_paper.preview.preview_pane import PaperPreview

__all__ = ["DocumentPreview", "PaperPreview"]
