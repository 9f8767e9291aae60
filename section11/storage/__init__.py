"""The only SQL: engine, tables, repositories, unit of work and migrations."""
