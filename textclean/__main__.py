"""``python -m textclean``: the commands."""

from textclean.cli import main

if __name__ == "__main__":
    main()
