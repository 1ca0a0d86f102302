"""Find the article in a page: measure its lines, weigh them by a model, build what was chosen."""
