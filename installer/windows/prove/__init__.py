"""Installs what was built in a Windows without Python and tries it, as an office would.

Every check says what it saw, and shows on a spoiled example that it can fail.
"""
