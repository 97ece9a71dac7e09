"""Open data sets as named graphs: each row mapped, or told why it was not."""
