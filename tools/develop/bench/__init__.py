"""`dev.py bench`: how fast the program is, as ratios with its peers measured in the same run."""
