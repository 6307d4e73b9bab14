"""The program a clerk meets: the command line, later the windows.  It wires, and decides
nothing about forms or law."""
