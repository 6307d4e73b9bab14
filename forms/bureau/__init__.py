"""The bureau (省局): what it keeps of packages that offices hand in, and what it does with them."""
