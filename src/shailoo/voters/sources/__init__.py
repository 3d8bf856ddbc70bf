"""Where a voter's address lies, and who reports voters beside the register: missions abroad, hospitals, detention.

Nothing here changes a list. Precinct addresses say where the register's addresses belong; the data of missions reach
the register only by a delivery of the State Registry Service; those of institutions prepare mobile voting.
"""
