"""The dealership's clock: its weekday now, and times of day in its own way of writing."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.services.grounding.evidence import EvidencePack


def local_today(pack: EvidencePack) -> date:
    """Return the day at the dealership at the pack's now."""
    try:
        zone = ZoneInfo(str((pack.dealership or {}).get("timezone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return pack.now.astimezone(zone).date()


def weekday_now(pack: EvidencePack, ahead: int = 0) -> int:
    """Return the weekday at the dealership `ahead` days from the pack's now, 0 for Monday."""
    return (local_today(pack) + timedelta(days=ahead)).weekday()


def minutes_of(clock: str) -> int:
    """Return the minutes after midnight of "HH:MM"."""
    hour, minute = clock.split(":")[:2]
    return int(hour) * 60 + int(minute)


def clock_text(clock: str, twelve_hours: bool) -> str:
    """Write "HH:MM" as "9 am", "12:30 pm" or, on a 24-hour clock, "09:00"."""
    hour, minute = divmod(minutes_of(clock), 60)
    if not twelve_hours:
        return f"{hour:02d}:{minute:02d}"
    half = "am" if hour % 24 < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{minute:02d}' if minute else ''} {half}"


__all__ = ["clock_text", "local_today", "minutes_of", "weekday_now"]
