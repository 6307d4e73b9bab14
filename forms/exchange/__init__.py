"""Workbooks in, submission packages and e-mail drafts out."""
