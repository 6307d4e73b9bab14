"""Another revision of the program, measured in turn with this one: A B A B in the same minutes."""
