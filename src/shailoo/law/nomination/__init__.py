"""Candidates, their nomination, signatures and lists (Art. 21, 49 to 52, 59, 60): each module one question of the law.

Every rule is pure and takes its facts whole; `law.rulebook` names those that can be asked from a file.
"""
