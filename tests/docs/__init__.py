"""Pages that show commands, programs and files: each is run as a reader would, in a folder of its own."""
