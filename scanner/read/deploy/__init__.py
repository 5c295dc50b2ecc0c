"""Files that say what a project runs on."""
