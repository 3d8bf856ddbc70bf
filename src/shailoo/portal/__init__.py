"""The public face: results, seats and their reasons, the law, downloads. No sign-in."""
