"""The forms of people's own accounts: they post to the API themselves, past the screens' state."""

from typing import Any

import reflex as rx
from reflex_base.components.component import Component

from dealsmart_app.components.island import ICONS, island


class SignIn(Component):
    """The sign-in with its second step; `sentences` are words by error code, `notices` by what was done before."""

    library = island("enter.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "SignIn"
    google: rx.Var[bool]
    sentences: rx.Var[dict[str, str]]
    notices: rx.Var[dict[str, str]]


class SignUp(Component):
    """The form of a new account."""

    library = island("enter.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "SignUp"
    google: rx.Var[bool]
    sentences: rx.Var[dict[str, str]]


class ForgotPassword(Component):
    """Asks for the mail with the link to another password."""

    library = island("reset.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ForgotPassword"


class ResetPassword(Component):
    """Takes another password by the token of the mailed link."""

    library = island("reset.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ResetPassword"


class LeaveGuard(Component):
    """Asks before somebody leaves a form with changes that are not saved."""

    library = island("leave_guard.jsx")
    tag = "LeaveGuard"
    dirty: rx.Var[bool]


class Choices(Component):
    """Fills the lists behind the fields of time zone and language with what the browser knows."""

    library = island("choices.jsx")
    tag = "Choices"


class AvatarEditor(Component):
    """One's picture: choose, see, save, take away; `on_done` says that it changed."""

    library = island("avatar_editor.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "AvatarEditor"
    url: rx.Var[str]
    initials: rx.Var[str]
    on_done: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class ChangePassword(Component):
    """Another password, or the first one where `has_password` is not so."""

    library = island("change_password.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ChangePassword"
    email: rx.Var[str]
    has_password: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class TwoFactor(Component):
    """The second factor, on and off; `on_enroll` asks for a secret, which comes as an event of the window."""

    library = island("two_factor.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "TwoFactor"
    enabled: rx.Var[bool]
    codes_left: rx.Var[int]
    has_password: rx.Var[bool]
    on_enroll: rx.EventHandler[rx.event.no_args_event_spec]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class NewKey(Component):
    """The form of a new API key, and its secret, this once; `scopes` are lines of value, words, note."""

    library = island("new_key.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "NewKey"
    scopes: rx.Var[list[dict[str, Any]]]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class ExportData(Component):
    """A button that saves everything held about oneself as a file."""

    library = island("my_data.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ExportData"
    username: rx.Var[str]


class DeleteAccount(Component):
    """The way out: consequences, one's username and password, and then it is over."""

    library = island("my_data.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "DeleteAccount"
    username: rx.Var[str]
    has_password: rx.Var[bool]


sign_in = SignIn.create
sign_up = SignUp.create
forgot_password = ForgotPassword.create
reset_password = ResetPassword.create
leave_guard = LeaveGuard.create
choices = Choices.create
avatar_editor = AvatarEditor.create
change_password = ChangePassword.create
two_factor = TwoFactor.create
new_key = NewKey.create
export_data = ExportData.create
delete_account = DeleteAccount.create
