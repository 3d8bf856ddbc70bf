"""The desk of a commission: what waits for its answer, the lists put to it, whom it accredited."""
