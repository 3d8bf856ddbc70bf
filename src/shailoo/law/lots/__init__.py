"""Public lots: what the law has drawn by lot, who may stand on the list, and what is drawn from it."""
