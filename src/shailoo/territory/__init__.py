"""Where: areas as a tree, boundaries, precincts."""
