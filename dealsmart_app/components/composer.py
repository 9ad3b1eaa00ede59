"""What stands under the thread: the draft panel and the composer."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.island import ICONS, four_texts, island, three_texts, two_texts

Words = dict[str, Any]


class Dock(NoSSRComponent):
    """Draft panel above composer; texts are kept in the browser until the server has stored them.

    `answers` hold `{nonce, ok, code, detail}`; `check` the verdicts on an edited text; `support` what stands behind
    the draft's own claims; `unsent` maps `<conversation>.<mode>` to `{content, updated_at}` as the server keeps it;
    `engine` is `on`, `off` (by the settings) or `none` (nothing is connected); `gone` says that the address leads
    nowhere, so that a thread which only loads anew is told from one that is not there.
    """

    library = island("dock.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "Dock"
    conversation: rx.Var[Words]
    gone: rx.Var[bool]
    person: rx.Var[str]
    me: rx.Var[str]
    messages: rx.Var[list[Words]]
    message: rx.Var[Words | None]
    draft: rx.Var[Words]
    check: rx.Var[Words]
    support: rx.Var[Words]
    answers: rx.Var[list[Words]]
    canned: rx.Var[list[dict[str, str]]]
    house: rx.Var[dict[str, str]]
    vehicles: rx.Var[list[dict[str, str]]]
    stock: rx.Var[Words]
    unsent: rx.Var[dict[str, dict[str, str]]]
    engine: rx.Var[str]
    may_draft: rx.Var[bool]
    on_draft: rx.EventHandler[three_texts]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]
    on_dismiss: rx.EventHandler[rx.event.no_args_event_spec]
    on_accept: rx.EventHandler[rx.event.passthrough_event_spec(Words)]
    on_reject: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_explain: rx.EventHandler[three_texts]
    on_check: rx.EventHandler[two_texts]
    on_send: rx.EventHandler[rx.event.passthrough_event_spec(Words)]
    on_keep: rx.EventHandler[four_texts]
    on_find: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_resolve: rx.EventHandler[rx.event.passthrough_event_spec(str)]


dock = Dock.create
