"""The version of the tables, apart from them: who only looks at a file needs no more."""

VERSION = 6
"""A change of a table or of a record's JSON raises it by one and adds a step to `db.migrations`."""

SERVER_VERSION = 5
"""The same of shared databases: what is changed in files alone lets it be."""
