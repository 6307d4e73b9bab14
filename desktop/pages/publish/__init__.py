"""公布: what of the patents that passed goes out, to whom it matters, and the files of an issue."""

from desktop.pages.publish.publish_page import PublishPage

__all__ = ["PublishPage"]
