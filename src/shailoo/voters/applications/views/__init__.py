"""The faces of this room: voters in public; commissions, administrators and the Service at the desk."""
