"""A hostile run against a live server: what is sent, what may come back, and the table of what came."""
