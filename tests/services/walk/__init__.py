"""Who may do what, written by hand: tests/services/test_permissions_walk.py asks every service for every person."""
