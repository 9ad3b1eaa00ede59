"""The settings' section of password and second factor."""

import reflex as rx

from dealsmart_app.components.account import change_password, two_factor
from dealsmart_app.states.profile import ProfileState
from dealsmart_app.states.security import SecurityState
from dealsmart_app.states.settings import SettingsState

STATE = SecurityState


def security_section() -> rx.Component:
    """Two ways to make sure that it is oneself who signs in."""
    password = change_password(email=ProfileState.profile["email"], has_password=STATE.has_password, on_done=STATE.load)
    second = two_factor(
        enabled=STATE.two_factor,
        codes_left=STATE.codes_left,
        has_password=STATE.has_password,
        on_enroll=STATE.enroll,
        on_done=STATE.enrolled,
    )
    return rx.el.div(
        rx.cond(
            SettingsState.must_enroll,
            rx.fragment(),
            rx.el.section(rx.el.h2("Password"), password, class_name="form-card"),
        ),
        rx.el.section(rx.el.h2("Second factor"), second, class_name="form-card"),
        class_name="form",
    )
