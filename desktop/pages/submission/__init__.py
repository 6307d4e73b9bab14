"""The page "submission"."""

from desktop.pages.submission.submission_page import SubmissionPage

__all__ = ["SubmissionPage"]
