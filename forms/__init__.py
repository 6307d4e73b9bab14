"""The domain: record, packs, rules, papers. Never Qt, never a database, no clock, no network."""
