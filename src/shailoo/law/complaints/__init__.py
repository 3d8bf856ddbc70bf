"""Complaints, breaches, publication of results, the President's entry into office, money of elections.

Articles 37-1, 39, 40, 43 to 45, 47, 58 and 64.8. Every term is an event of `law.calendar`.
"""
