"""The command line: every use of the program without a window."""
