"""Lists on paper: printed once under a number, bound and sealed, handed to the precinct commission, received by it."""
