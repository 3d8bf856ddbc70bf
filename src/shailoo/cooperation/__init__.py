"""International cooperation: organizations, what a commission agreed with them, where it met them, whom it invited."""
