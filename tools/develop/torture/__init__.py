"""Torture: the program is killed at random moments, and what it leaves is looked through.

`python3 dev.py torture` runs it for long; the tests run some dozens of rounds.  Knows the
program from outside: its use cases, its store, its files.  A SIGKILL takes the process, not
the machine: what a power cut would leave is tried by `tools/develop/powercut`.
"""
