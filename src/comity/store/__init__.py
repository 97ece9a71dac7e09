"""The store floor: graph files, the engine, and everything that touches RDF syntax."""
