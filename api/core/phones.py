"""Telephone numbers for services; the rule itself stands with the nouns, which check it too."""

from models.phones import to_e164

__all__ = ["to_e164"]
