"""What the administrators' home says: figures beside those of the period before, and what waits for somebody."""

from models.base import Timestamp, ViewModel


class MetricView(ViewModel):
    """A figure of a period, of the one as long before it, and of each of its days, the oldest first; None: no data."""

    now: float | None = None
    before: float | None = None
    days: list[float | None]


class OverviewView(ViewModel):
    """The figures of the last days: counts, seconds, and shares from 0 to 1."""

    conversations: MetricView
    first_reply_s: MetricView
    on_time: MetricView
    drafts_sent: MetricView
    sign_ups: MetricView


class WaitingView(ViewModel):
    """Somebody by name and the moment that matters: since when he waits, or until when something lasts."""

    name: str
    at: Timestamp


class NeedView(ViewModel):
    """How many there are, and the most urgent of them."""

    total: int
    first: list[WaitingView]
