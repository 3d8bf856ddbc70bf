"""Certificates of observers, representatives and others, which anyone verifies without a network."""
