"""What a clerk waits for: the window's start, the page after a keystroke, a large register."""
