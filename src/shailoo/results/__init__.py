"""From figures to sums, the determined result, seats, and publications that anyone can verify (Art. 36, 37, 39, 64)."""
