"""What everybody sees of observers."""
