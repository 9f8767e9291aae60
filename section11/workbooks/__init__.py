"""The only Excel cells: what is written, what is read back, and the checks between."""
