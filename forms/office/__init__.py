"""The use cases an office has: import, check, print, keep what was sealed, submit.

The command line and the windows both call these; each takes the store as an argument, gives
back what was done as values, and speaks to nobody.  Sentences in `CannotDo` are for the clerk.
"""
