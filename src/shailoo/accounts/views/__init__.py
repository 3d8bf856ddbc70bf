"""Pages of signing in, of one's own second factor, password and sessions, and of the office in use."""
