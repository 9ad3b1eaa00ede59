"""/inbox: views, list, thread and context side by side; the address holds what is shown."""

import reflex as rx

from dealsmart_app.components.chat import (
    STATUSES,
    ThreadLog,
    no_thread,
    thread_gone,
    thread_head,
    thread_skeleton,
)
from dealsmart_app.components.composer import dock
from dealsmart_app.components.context_panel import context_panel, customer_dialog
from dealsmart_app.components.inbox_list import FILTERS, ConversationRows, list_body, list_head, view_title, views
from dealsmart_app.components.keyboard import Keyboard, address
from dealsmart_app.components.list_tools import BulkBar, DensitySwitch, FilterBar, ListEdge, SavedViews
from dealsmart_app.components.snooze import SNOOZES
from dealsmart_app.pages.inbox_set_up import demonstration_dialog, set_up_steps
from dealsmart_app.pages.shell import hub_page, out_of_date
from dealsmart_app.states.bulk import BulkState
from dealsmart_app.states.composer import ComposerState
from dealsmart_app.states.context import ContextState
from dealsmart_app.states.draft import DraftState
from dealsmart_app.states.handling import HandlingState
from dealsmart_app.states.inbox import ROUTE, InboxState
from dealsmart_app.states.set_up import SetUpState
from dealsmart_app.states.thread import ThreadState
from dealsmart_app.states.workspace import WorkspaceState
from models.users import Permission

BACK = f"{ROUTE}?view=" + InboxState.query["view"].to(str)


LOOK = {"preferences": WorkspaceState.preferences, "on_prefer": WorkspaceState.prefer}
KINDS = [[field, title, [list(choice) for choice in choices]] for field, (title, choices) in FILTERS.items()]


def _tools() -> list[rx.Component]:
    people = {"colleagues": InboxState.colleagues, "labels": InboxState.labels, "me": InboxState.user_id}
    filters = FilterBar.create(
        query=InboxState.query, kinds=KINDS, saved=WorkspaceState.saved, on_save=WorkspaceState.save_view, **people
    )
    bulk = BulkBar.create(
        rows=InboxState.rows,
        list_key=InboxState.list_key,
        report=BulkState.report,
        snoozes=[list(one) for one in SNOOZES],
        statuses=[*([value, label] for value, _, label in STATUSES), ["resolved", "Resolved"]],
        on_change=BulkState.change,
        on_undo=BulkState.undo,
        **people,
    )
    return [filters, bulk]


def _views() -> rx.Component:
    saved = SavedViews.create(
        query=InboxState.query,
        saved=WorkspaceState.saved,
        on_rename=WorkspaceState.rename_view,
        on_delete=WorkspaceState.delete_view,
    )
    return views(InboxState.query, InboxState.counts, saved, Keyboard.create(**LOOK))


def _beginning() -> rx.Var[bool]:
    """Tell whether an administrator looks at a house in which nobody has written yet."""
    may = InboxState.permissions.contains(Permission.WRITE_DEALERSHIP.value)
    return SetUpState.fresh & may & (InboxState.counts.get("open", 0).to(int) == 0)


def _list() -> rx.Component:
    rows = ConversationRows.create(
        rows=InboxState.rows,
        label=view_title(InboxState.query),
        list_key=InboxState.list_key,
        selected=ThreadState.wanted,
        me=InboxState.user_id,
        target=InboxState.target_minutes,
        density=WorkspaceState.preferences["density"].to(str),
        has_more=InboxState.next_cursor != "",
        on_more=InboxState.more,
        on_unread=InboxState.mark_unread,
    )
    return rx.el.section(
        list_head(
            InboxState.query,
            InboxState.counts,
            WorkspaceState.saved,
            rx.fragment(InboxState.rows.length().to_string(), rx.cond(InboxState.next_cursor != "", "+", "")),
            DensitySwitch.create(**LOOK),
            *_tools(),
        ),
        out_of_date(ROUTE),
        list_body(
            rows,
            InboxState.query,
            loaded=InboxState.loaded,
            any_rows=InboxState.rows.length() > 0,
            problem=InboxState.problem,
            next_due=InboxState.next_due,
            near=InboxState.near,
            retry=InboxState.go(""),
            first=rx.cond(_beginning(), rx.el.div(set_up_steps(), class_name="only-narrow")),
        ),
        ListEdge.create(**LOOK),
        class_name="list",
        id="main",
        tab_index=-1,
        custom_attrs={"aria-label": "Conversations"},
    )


def _open_thread() -> rx.Component:
    conversation = ThreadState.conversation
    return rx.fragment(
        thread_head(conversation, InboxState.user_id, InboxState.colleagues, BACK, HandlingState, BulkState.resolve),
        ThreadLog.create(
            conversation=conversation,
            messages=ThreadState.messages,
            happenings=ThreadState.happenings,
            edited=ThreadState.edited,
            unread=conversation["unread_count"].to(int),
            me=InboxState.user_id,
            has_older=ThreadState.older_cursor != "",
            on_older=ThreadState.older,
            on_read=ThreadState.read,
            on_rate=ThreadState.rate,
        ),
    )


def _dock() -> rx.Component:
    """Make what stands under the thread; it stays while no thread is open, since a text may wait to be sent."""
    return dock(
        conversation=ThreadState.conversation,
        gone=ThreadState.problem != "",
        person=InboxState.user_id,
        me=InboxState.display_name,
        messages=ThreadState.messages,
        message=ThreadState.pending,
        draft={
            "conversation_id": DraftState.conversation_id,
            "phase": DraftState.phase,
            "text": DraftState.text,
            "reading": DraftState.reading,
            "started_at": DraftState.started_at,
            "problem": DraftState.problem,
        },
        check=DraftState.check,
        support=ThreadState.support,
        answers=ComposerState.answers,
        canned=ComposerState.canned,
        house=ComposerState.house,
        vehicles=ContextState.vehicles,
        stock=ComposerState.stock,
        unsent=ComposerState.unsent,
        engine=DraftState.engine,
        may_draft=InboxState.permissions.contains(Permission.REPLY.value),
        on_draft=DraftState.start,
        on_stop=DraftState.stop,
        on_dismiss=DraftState.dismiss,
        on_accept=ComposerState.accept,
        on_reject=DraftState.reject,
        on_explain=DraftState.explain,
        on_check=DraftState.examine,
        on_send=ComposerState.send,
        on_keep=ComposerState.keep,
        on_find=ComposerState.find,
        on_resolve=BulkState.finish,
    )


def _thread() -> rx.Component:
    there = ThreadState.conversation.contains("id")
    lead = rx.cond(_beginning(), rx.el.div(set_up_steps(), class_name="thread-none"), no_thread(InboxState.counts))
    empty = rx.cond(ThreadState.wanted != "", thread_skeleton(), lead)
    return rx.el.section(
        out_of_date(ROUTE, "show-m"),
        rx.cond(
            there, _open_thread(), rx.cond(ThreadState.problem != "", thread_gone(ThreadState.problem, BACK), empty)
        ),
        _dock(),
        class_name="thread",
        custom_attrs={"data-open": rx.cond(ThreadState.wanted != "", "true", "false"), "aria-label": "Conversation"},
    )


def _context() -> rx.Component:
    conversation = ThreadState.conversation
    return rx.cond(
        conversation.contains("id"),
        rx.fragment(
            context_panel(
                conversation, ContextState.vehicles, ContextState.previous, ContextState.edit, ContextState.told
            ),
            customer_dialog(
                conversation["customer"].to(dict),
                ContextState.errors,
                is_open=ContextState.editing,
                close=ContextState.close,
                save=ContextState.save,
            ),
        ),
        rx.el.aside(class_name="ctx ctx-none", custom_attrs={"aria-hidden": "true"}),
    )


def _voices() -> rx.Component:
    return rx.fragment(
        rx.el.div(id="say-soon", class_name="sr", role="status", custom_attrs={"aria-live": "polite"}),
        rx.el.div(id="say-now", class_name="sr", role="alert"),
    )


@hub_page(
    route=ROUTE,
    title="Inbox",
    permission=Permission.READ_CONVERSATIONS,
    on_load=[
        WorkspaceState.arrive,
        InboxState.arrive,
        ThreadState.show,
        ComposerState.show,
        ContextState.show,
        ComposerState.arrive,
        DraftState.arrive,
        SetUpState.show,
    ],
    frame="workspace",
)
def inbox_page() -> rx.Component:
    """The panes of the workspace."""
    return rx.fragment(
        address(path=ROUTE, on_go=[InboxState.go, ThreadState.show, ComposerState.show, ContextState.show]),
        _views(),
        rx.el.main(rx.el.h1("Inbox", class_name="sr"), _list(), _thread(), _context(), class_name="panes"),
        _voices(),
        demonstration_dialog(),
    )
