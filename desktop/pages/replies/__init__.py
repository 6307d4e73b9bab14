"""The page "replies"."""

from desktop.pages.replies.replies_page import RepliesPage

__all__ = ["RepliesPage"]
