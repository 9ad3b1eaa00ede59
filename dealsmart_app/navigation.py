"""The menu as data: section, route, label, icon, permission. No component, no state."""

from dataclasses import dataclass

from models.users import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu, shown to whoever has the permission."""

    route: str
    label: str
    icon: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of the menu."""

    title: str
    entries: tuple[Entry, ...]


PROFILE = Entry("/profile", "Your profile", "circle-user-round", Permission.OWN_ACCOUNT)
INBOX = Entry("/inbox", "Inbox", "inbox", Permission.READ_CONVERSATIONS)
INVENTORY = Entry("/inventory", "Inventory", "car", Permission.READ_VEHICLES)
AI_FIGURES = Entry("/ai", "AI drafts", "sparkles", Permission.READ_AI_FIGURES)
USERS = Entry("/users", "Users", "users", Permission.MANAGE_USERS)
DEALERSHIP = Entry("/dealership", "Dealership", "store", Permission.WRITE_DEALERSHIP)

MENU = (
    Section("Overview", (INBOX, INVENTORY, AI_FIGURES)),
    Section("People", (USERS,)),
    Section("Settings", (DEALERSHIP, PROFILE)),
)
