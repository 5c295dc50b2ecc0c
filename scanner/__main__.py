"""`python -m scanner` is `outlast`."""

from scanner.cli import main

if __name__ == "__main__":
    main()
