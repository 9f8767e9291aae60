"""``python -m section11``: the command line."""

from section11.cli.app import main

if __name__ == "__main__":
    main()
