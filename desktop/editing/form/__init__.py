"""Forms made from a pack: one builder, one mapping from a field's kind to its widget."""

from desktop.editing.form.builder import Form, FormBuilder

__all__ = ["Form", "FormBuilder"]
