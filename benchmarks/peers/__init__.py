"""Comity beside the systems that people would take instead of it: same data, same questions."""
