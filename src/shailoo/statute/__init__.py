"""The official texts of the law that this installation was given: every import kept, none ever changed."""
