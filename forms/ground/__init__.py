"""The ground: texts, files, fonts and problems; nothing here knows what a patent is."""
