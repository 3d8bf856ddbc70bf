"""Observation: who sends observers and media staff, who is accredited, and where they observe (Art. 8 to 11)."""
