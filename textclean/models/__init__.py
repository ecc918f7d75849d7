"""What all trained models share: one file format, hashing, networks as integers."""
