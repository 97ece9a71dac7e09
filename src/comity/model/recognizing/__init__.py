"""What a program can read in an English sentence: dates and amounts, as it writes them.

Nothing here completes what a sentence leaves out, and nothing raises: what cannot be read for
sure is passed over. What is found is a suggestion to a curator, never a fact.
"""
