"""Measures the draft verifier on the development cases (ai-drafts, section 4)."""
