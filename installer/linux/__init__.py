"""The program for Linux offices: a folder, a tarball and a .deb, built and proven here.

`run` names the steps in their order; each step is a module with its own check.
"""
