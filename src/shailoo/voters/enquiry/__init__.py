"""The public side of the voters' department: one's own entry, one's precinct, and numbers."""
