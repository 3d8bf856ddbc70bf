"""Work in the background that a person asked for: how far it is, whether it ended, and what came of it."""
