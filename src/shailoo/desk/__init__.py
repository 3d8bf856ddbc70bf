"""The staff's face: what is due for my office today."""
