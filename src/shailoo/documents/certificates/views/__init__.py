"""Pages of certificates: the checker and what it needs, the public look-up, and the register at the desk."""
