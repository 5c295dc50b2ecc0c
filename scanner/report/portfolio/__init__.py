"""The report of a portfolio: a folder of static pages, and answers for a terminal."""
