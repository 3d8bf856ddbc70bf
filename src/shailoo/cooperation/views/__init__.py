"""The pages of international cooperation: for everyone, and at the desk of the commission's department."""
