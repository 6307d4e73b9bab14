"""Templates (模板): answers that cases share, kept under a name, made into new cases."""

from desktop.pages.templates.template_menu import fill_menu, keep_as_template
from desktop.pages.templates.templates_sheet import TemplatesSheet

__all__ = ["TemplatesSheet", "fill_menu", "keep_as_template"]
