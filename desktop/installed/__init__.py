"""What is so wherever this copy of the program runs: places, settings, packs, texts."""
