"""Patent pools (专利池): who and what is in them, from and until when, and what is due to whom."""
