"""The program a clerk meets: the windows and the command line.  It wires, and decides
nothing about forms or law."""
