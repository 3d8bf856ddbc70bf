"""The pages of those who send people: their account, their applications, and what became of them."""
