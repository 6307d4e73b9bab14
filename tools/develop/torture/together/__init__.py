"""Several programs on one data file at once: windows and the command line, killed at random.

`python3 dev.py torture --together`.  Every program is a process of its own, forked from one that
has loaded everything; what each was told is done must be there after every round, and each must
see what the others have done without starting anew.
"""
