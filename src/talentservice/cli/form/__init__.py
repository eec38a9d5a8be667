"""The commands on forms: list, schema, blank, fill, read."""
