"""What is said about a flagged claim, and what would put it right."""

from models.base import Timestamp, ViewModel


class RemedyView(ViewModel):
    """The words and the mends of one claim that is red or amber.

    `start` and `end` are the claim's own, in code points. `sentence` says in plain words what is wrong. `value` is the
    record's value that can stand in the claim's place, None where there is none. `question` can stand in the place of
    the claim's whole sentence and states nothing, None where the customer cannot know. `finding_out` says in its place
    that staff will look into it, where only they can. `restated` is the record as a sentence that can stand there.
    """

    start: int
    end: int
    sentence: str
    value: str | None
    question: str | None
    finding_out: str | None
    restated: str | None


class StaleReason(ViewModel):
    """One thing that happened since a draft was written; `quote` is what was said, cut to 280 characters."""

    words: str
    at: Timestamp
    quote: str = ""


__all__ = ["RemedyView", "StaleReason"]
