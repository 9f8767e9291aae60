"""How long data are kept: a partnership's rules, what is due under them, and taking that away."""
