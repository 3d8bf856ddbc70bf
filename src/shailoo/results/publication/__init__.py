"""Publishing results so that anyone can check them: snapshot, files, signed bundle, and the verifier.

`snapshot`, `tables`, `err`, `bundle`, `minisign` and `verify` are pure: they need no database and no Django.
"""
