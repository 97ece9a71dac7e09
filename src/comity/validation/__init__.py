"""The validation floor."""
