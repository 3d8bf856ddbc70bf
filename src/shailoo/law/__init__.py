"""The statute as pure functions: editions, norms, formulas. No Django, no I/O but its own data, no clock, no random."""
