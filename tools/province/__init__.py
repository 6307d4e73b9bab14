"""A simulated province: offices of the invented kind, and the packages that they hand in."""
