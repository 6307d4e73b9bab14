"""The pages of the window, a folder each; they do not know each other."""
