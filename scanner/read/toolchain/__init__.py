"""Files that say with which language and tools a project is run and built."""
