"""How far an empty house is set up: what is still to do before customers' messages arrive and can be answered."""

from models.base import ViewModel


class SetUpView(ViewModel):
    """What of the set-up is done; `conversations` means that the house has had at least one."""

    conversations: bool
    channel: bool
    inventory: bool
    team: bool
    may_load_demo: bool
