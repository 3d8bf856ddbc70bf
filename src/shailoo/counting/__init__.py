"""From a signed precinct protocol to figures that may be summed (Art. 34 to 36)."""
