"""Pages that show commands, programs and files: each is run, in a folder of its own."""
