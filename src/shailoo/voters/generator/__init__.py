"""Generated voters: registers of any size for tests, demonstrations and rehearsals. Nobody in them exists.

The same seed gives the same file, byte for byte. What is generated says so in its manifest, and the register of a real
election takes none of it.
"""
