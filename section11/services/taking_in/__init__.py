"""Taking in tables: organisations, people and past results, all or nothing."""
