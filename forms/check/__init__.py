"""A case looked at: what is wrong with it, in words, and what a form asks next."""
