"""How a connection to a shared database is enciphered, as `sslmode` in its address says.

`prefer` (if none is said) and `require` keep listeners out; `verify-full` also makes sure of the
server, by the certificate of `sslrootcert` or else the system's.
https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
"""

import ssl

from db.shared_database import SharedDatabase


def tls_context(to: SharedDatabase) -> ssl.SSLContext | bool | None:
    """Return what pg8000 takes for it: None tries, False does without, True insists."""
    if to.tls == "verify-full":
        return ssl.create_default_context(cafile=to.tls_root or None)
    return {"disable": False, "prefer": None, "require": True}[to.tls]
