"""The facts: patent, case, licence and office as typed records, and their arithmetic."""
