"""Makes what an office installs: `python3 dev.py bundle`, step by step, each with its own check."""
