"""How the windows look: tokens, palette, type, style sheet, icons and chips, each in one place.

Nothing here knows a case, a pack or the store.
"""
