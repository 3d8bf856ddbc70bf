"""What the pages of observation read, as plain rows."""
