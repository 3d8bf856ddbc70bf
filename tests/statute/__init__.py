"""The room of the official texts."""
