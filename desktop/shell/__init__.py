"""The window around the pages: rail, strip, progress, keys."""
