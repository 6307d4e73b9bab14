"""The program with windows: from its start to its end, whatever happens."""
