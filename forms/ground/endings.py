"""The endings of the files that clerks bring: the first thing known of a file, never the last.

What a file is, its content decides (`forms.exchange`, `forms.ground.pdf_pages`). Loads nothing,
since the window asks before anything slow is there.
"""

TABLES = (".xlsx", ".xls", ".et", ".ods", ".csv", ".xlsm", ".txt")
ANSWERS = (".eml", ".msg", ".zip", ".json")
SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
