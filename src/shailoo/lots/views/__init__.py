"""The pages of lots: for everyone, and at the desk of the commission that draws."""
