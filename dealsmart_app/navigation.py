"""The menu as data: section, route, label, icon, permission. No component, no state."""

from dataclasses import dataclass

from models.users import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu, shown to whoever has the permission, and has not the one that stands for better."""

    route: str
    label: str
    icon: str
    permission: Permission
    unless: Permission | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of the menu."""

    title: str
    entries: tuple[Entry, ...]


HOME = Entry("/", "Your page", "house", Permission.OWN_ACCOUNT, unless=Permission.READ_CONVERSATIONS)
# where whoever must set up a second factor first is led, whatever page he asks for
SECOND_STEP = "/settings?tab=security"
SETTINGS = Entry("/settings", "Your settings", "settings", Permission.SIGN_IN)
INBOX = Entry("/inbox", "Inbox", "inbox", Permission.READ_CONVERSATIONS)
INVENTORY = Entry("/inventory", "Inventory", "car", Permission.READ_VEHICLES)
AI_FIGURES = Entry("/ai", "AI drafts", "sparkles", Permission.READ_AI_FIGURES)
USERS = Entry("/users", "Users", "users", Permission.LOOK_UP_USERS)
AUDIT = Entry("/audit", "Audit log", "scroll-text", Permission.READ_AUDIT)
JOBS = Entry("/jobs", "Jobs", "list-checks", Permission.MANAGE_PLATFORM)
WEBHOOKS = Entry("/webhooks", "Webhooks", "webhook", Permission.MANAGE_PLATFORM)
FLAGS = Entry("/flags", "Feature flags", "flag", Permission.MANAGE_PLATFORM)
SYSTEM = Entry("/system", "System status", "activity", Permission.READ_PLATFORM)
DEALERSHIP = Entry("/dealership", "Dealership", "store", Permission.WRITE_DEALERSHIP)
ADMIN_HOME = Entry("/admin", "Dashboard", "layout-dashboard", Permission.MANAGE_PLATFORM)

MENU = (
    Section("Overview", (HOME, ADMIN_HOME, INBOX, INVENTORY, AI_FIGURES)),
    Section("People", (USERS, AUDIT)),
    Section("Developers", (WEBHOOKS, JOBS, FLAGS, SYSTEM)),
    Section("Settings", (DEALERSHIP, SETTINGS)),
)
# what the workspace's narrow rail has room for
RAIL = (INBOX, INVENTORY, AI_FIGURES, ADMIN_HOME, USERS, DEALERSHIP)
