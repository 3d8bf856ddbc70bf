"""People, the offices they hold, and sign-in. Knows nothing of elections."""
