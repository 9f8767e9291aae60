"""The command line: what other people script against."""
