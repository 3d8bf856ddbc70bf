"""Protocols from a file: read, mapped by the names of columns, checked by the law, loaded all or not at all."""
