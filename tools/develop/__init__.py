"""The makers' commands behind dev.py. Standard library only; knows nothing of forms or law."""
