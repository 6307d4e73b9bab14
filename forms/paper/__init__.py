"""Papers: the language they are written in and how a case fills them."""
