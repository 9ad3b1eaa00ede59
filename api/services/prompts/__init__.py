"""Prompts by version; a version that drafts were made with never changes again, a better one is a new file."""
