"""Shailoo: an election commission's system of record in which the law is the program."""
