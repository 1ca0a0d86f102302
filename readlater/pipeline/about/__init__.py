"""What a page says about its article, a field a module: candidates by source, and one chosen."""
