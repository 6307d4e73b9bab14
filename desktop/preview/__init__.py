"""The live preview: the very page that will be printed, with the field in hand marked on it."""

from desktop.preview.preview import PaperPreview

__all__ = ["PaperPreview"]
