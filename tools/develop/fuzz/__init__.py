"""`dev.py fuzz`: hostile input for the readers, in millions, each in bounded time."""
