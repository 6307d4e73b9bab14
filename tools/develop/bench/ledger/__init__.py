"""A ledger of a hundred thousand patents in a file, and of a million on a server."""
