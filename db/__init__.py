"""The store: SQLAlchemy over SQLite by default.  Knows forms; never Qt."""
