"""Files kept by their hash, and frozen, numbered documents made from typed data."""
