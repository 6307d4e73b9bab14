"""Neutral documents to PDF, Word and spreadsheet bytes."""
