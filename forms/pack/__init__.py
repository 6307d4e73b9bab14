"""What an authority issues as data: its types, its loader, its linter."""
