"""The values and readings of an edition by chapter; `Edition` is made of them. Data: the files of the same names."""
