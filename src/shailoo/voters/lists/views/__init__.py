"""The pages of voter lists: at the desk and for everyone."""
