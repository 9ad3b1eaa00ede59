"""What stands under the thread: the draft panel and the composer."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.island import ICONS, island, three_texts, two_texts


class Dock(NoSSRComponent):
    """Draft panel above composer; texts are kept in the browser until the server has stored them.

    `answers` hold `{nonce, ok, code, detail}`; `check` the verdicts on an edited text; `support` the
    sources and mends of the draft's own claims.
    """

    library = island("dock.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "Dock"
    conversation: rx.Var[dict[str, Any]]
    person: rx.Var[str]
    messages: rx.Var[list[dict[str, Any]]]
    message: rx.Var[dict[str, Any] | None]
    draft: rx.Var[dict[str, Any]]
    check: rx.Var[dict[str, Any]]
    support: rx.Var[dict[str, Any]]
    answers: rx.Var[list[dict[str, Any]]]
    canned: rx.Var[list[dict[str, str]]]
    configured: rx.Var[bool]
    may_draft: rx.Var[bool]
    on_draft: rx.EventHandler[three_texts]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]
    on_dismiss: rx.EventHandler[rx.event.no_args_event_spec]
    on_accept: rx.EventHandler[rx.event.passthrough_event_spec(dict[str, Any])]
    on_reject: rx.EventHandler[two_texts]
    on_check: rx.EventHandler[two_texts]
    on_send: rx.EventHandler[rx.event.passthrough_event_spec(dict[str, Any])]


dock = Dock.create
