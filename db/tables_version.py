"""The version of the tables, apart from them: who only looks at a file needs no more."""

VERSION = 5
"""A change of a table or of a record's JSON raises it by one and adds a step to `db.migrations`."""
