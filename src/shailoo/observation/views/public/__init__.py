"""What everybody sees of observers: the guide, rights, the accredited, organizations, numbers, what missions say."""
