"""Packs from strangers: looked through, compared, agreed to, kept in versions."""
