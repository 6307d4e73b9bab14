"""The widgets every page is made of; they know neither cases nor the store."""
