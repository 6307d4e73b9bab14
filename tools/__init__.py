"""What the makers use beside the program: nothing here is part of it or shipped with it."""
