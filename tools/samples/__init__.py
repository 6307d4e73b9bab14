"""The rows of the sample workbooks of our packs: invented offices and patents."""
