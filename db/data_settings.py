"""Small settings kept with the data: each a name and a text."""

from collections.abc import Callable

from db.transactions import Transactions
from db.writes import put_setting, setting


class DataSettings:
    """The repository of settings."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    def get(self, name: str) -> str | None:
        """Return a setting, or None."""
        with self._transactions.reading() as connection:
            return setting(connection, name)

    def put(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._transactions.writing() as connection:
            put_setting(connection, name, value)

    def change(self, name: str, made_of: Callable[[str | None], str]) -> None:
        """Keep of a setting what is made of it as it stands now, so that no other's is lost."""
        with self._transactions.writing() as connection:
            put_setting(connection, name, made_of(setting(connection, name)))
