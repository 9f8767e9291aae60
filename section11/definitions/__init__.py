"""YAML definitions to domain objects and back, with every fault named by file and line."""
