"""Benchmarks: how long the main work takes, beside the bare minimum (`make bench`)."""
