"""Papers on the screen and to the printer."""
