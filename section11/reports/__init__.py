"""Figures and what is made from them. Sees domain objects only: no database, user or clock."""
