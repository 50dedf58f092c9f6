"""Version 1 of the API: thin views over the same queries and operations as the pages."""
