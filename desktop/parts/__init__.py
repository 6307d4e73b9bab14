"""What every screen is made of: theme, widgets, dialogs; none knows a case or the store."""
