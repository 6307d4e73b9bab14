"""审核: a package's patents one by one, beside the sealed scan; what is decided of each."""

from desktop.pages.review.review_page import ReviewPage

__all__ = ["ReviewPage"]
