"""An office's and a province's largest figures, each against what is asked of it."""
