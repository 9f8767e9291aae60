"""The benchmarks: each compares two things in one run. ``python -m bench`` runs them all."""
