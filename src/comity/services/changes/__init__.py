"""What changed between states of the data: builds that are kept, or commits of a store."""
