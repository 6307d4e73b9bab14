"""The page "submission"."""

from desktop.submission.page import SubmissionPage

__all__ = ["SubmissionPage"]
