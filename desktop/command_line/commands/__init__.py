"""The commands, by what they work on.  Each takes a Session and returns the exit code:

0 fine; 1 errors found, or something left out; 2 bad use or a file that can not be read.
"""
