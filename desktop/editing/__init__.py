"""What filling in a form takes, whatever is filled in: draft, fields, undo, versions."""
