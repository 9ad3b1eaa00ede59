"""ComposerState: what leaves the composer, and the answer to each text that was handed over."""

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import HubError, NotFoundError
from api.core.logging import get_logger
from api.services import canned_responses, dealership, sending, suggestions, vehicles, workspace
from api.services.unit_of_work import UnitOfWork
from api.services.vehicles import VehicleQuery
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.sources import mileage_words, vehicle_name
from dealsmart_app.states.tables import id_of
from dealsmart_app.states.thread import ThreadState
from dealsmart_app.states.vehicles import price_words
from models.messages import MessageInput, Sender
from models.suggestions import AcceptInput
from models.vehicles import VehicleStatus, VehicleView
from models.workspace import UnsentKind, UnsentTextView

REMEMBERED = 20
FOUND = 8
LONGEST_QUERY = 40
LONGEST_TEXT = 10_000
NOTHING_KEPT = {"content": "", "updated_at": "", "message_id": ""}
FAULT = "Something went wrong on our side."
log = get_logger(__name__)


def vehicle_line(vehicle: VehicleView) -> dict[str, str]:
    """Return what the inventory picker shows of a vehicle, and `words`: what it puts into a text."""
    name, price = vehicle_name(vehicle), price_words(vehicle.price) if vehicle.price else ""
    return {
        "id": str(vehicle.id),
        "name": name,
        "price": price or "No price",
        "stock_number": vehicle.stock_number,
        "mileage": mileage_words(vehicle),
        "status": vehicle.status.value,
        "words": f"{name} (stock {vehicle.stock_number})" + (f", {price}" if price else ""),
    }


async def _keep(
    uow: UnitOfWork, conversation_id: UUID, kind: UnsentKind, words: str, message_id: UUID | None
) -> list[UnsentTextView]:
    """Keep a text, and return what is kept of the conversation now."""
    await workspace.keep_unsent(uow, conversation_id, kind, words, message_id)
    return await workspace.unsent_texts(uow, conversation_id)


def offered(vehicle: VehicleView) -> tuple[int, int]:
    """Return a key that sorts by what can be sold today, then by the newest year."""
    return list(VehicleStatus).index(vehicle.status), -(vehicle.year or 0)


class ComposerState(HubState):
    """The screen keeps a text until `answers` says that it was stored."""

    answers: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    canned: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    house: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    stock: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    unsent: rx.Field[dict[str, dict[str, str]]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def arrive(self) -> None:
        """Read the canned responses, and what of the dealership can be put into a text."""
        prepared = await self.call(canned_responses.listing)
        self.canned = [one.model_dump(mode="json", exclude_none=True) for one in prepared]
        try:
            facts = await self.call(dealership.read)
        except NotFoundError:
            self.house = {}
            return
        self.house = facts.model_dump(include={"name", "phone", "email", "website"}, exclude_none=True)

    @rx.event
    async def find(self, query: str) -> None:
        """Look for vehicles that a text could name: the one with this stock number, then those on offer, newest."""
        wanted = VehicleQuery(q=query[:LONGEST_QUERY].strip() or None, limit=FOUND)
        found = await self.call(vehicles.page, wanted)
        rows = sorted(found.rows, key=lambda one: (one.stock_number.lower() != query.lower(), *offered(one)))
        self.stock = {"query": query, "rows": [vehicle_line(vehicle) for vehicle in rows]}

    @rx.event
    @reading
    async def show(self, _: str = "") -> None:
        """Read what was typed in the open conversation and not sent, on whatever device."""
        thread = await self.get_state(ThreadState)
        if thread.conversation:
            self._take(thread.wanted, await self.call(workspace.unsent_texts, UUID(thread.wanted)))

    @rx.event
    async def keep(self, conversation_id: str, mode: str, text: str, message_id: str) -> None:
        """Keep what is being typed, of the draft where it is an edit; `unsent` tells the screen that it was kept."""
        words, draft = text[:LONGEST_TEXT].replace("\x00", ""), id_of(message_id)
        self._take(conversation_id, await self.call(_keep, UUID(conversation_id), UnsentKind(mode), words, draft))

    @rx.event
    async def send(self, text: dict[str, Any]) -> None:
        """Send a reply or store a note: `{nonce, conversation_id, content, internal, last_seen_message_id}`."""
        await self._answer(text["nonce"], self._send(text))

    @rx.event
    async def accept(self, text: dict[str, Any]) -> None:
        """Send a draft: `{nonce, message_id, content, acknowledge_flags}`."""
        await self._answer(text["nonce"], self._accept(text))

    async def _send(self, text: dict[str, Any]) -> UUID | None:
        fields = {name: text[name] for name in ("content", "internal", "last_seen_message_id")}
        wanted = MessageInput.model_validate({**fields, "sender": Sender.STAFF})
        conversation_id = str(text["conversation_id"])
        message_id = await self.call(sending.send_once, str(text["nonce"]), UUID(conversation_id), wanted)
        kind = UnsentKind.NOTE if wanted.internal else UnsentKind.REPLY
        self.unsent = {**self.unsent, f"{conversation_id}.{kind}": NOTHING_KEPT}
        return message_id

    async def _accept(self, text: dict[str, Any]) -> None:
        wanted = AcceptInput(content=text["content"], acknowledge_flags=bool(text["acknowledge_flags"]))
        await self.call(suggestions.accept, UUID(text["message_id"]), wanted)

    async def _answer(self, nonce: str, sending: Awaitable[UUID | None]) -> None:
        """Record how it went, so that no failure, whatever it is, loses the text on screen."""
        answer: dict[str, Any] = {"nonce": nonce, "ok": True}
        try:
            message_id = await sending
            answer |= {"message_id": str(message_id)} if message_id else {}
        except HubError as error:
            answer |= {"ok": False, "code": error.code, "detail": error.detail}
        except pydantic.ValidationError as error:
            answer |= {"ok": False, "code": "validation_error", "detail": next(iter(faults_of(error).values()))}
        except Exception as error:
            request_id = request_id_of(error)
            log.exception("a text was not stored", fault_id=request_id)
            answer |= {"ok": False, "code": "internal_error", "detail": f"{FAULT} Request {request_id}."}
        self.answers = [*self.answers, answer][-REMEMBERED:]

    def _take(self, conversation_id: str, kept: list[UnsentTextView]) -> None:
        texts = {f"{conversation_id}.{kind}": NOTHING_KEPT for kind in UnsentKind}
        for view in kept:
            plain = view.model_dump(mode="json")
            texts[f"{conversation_id}.{view.kind}"] = {
                "content": plain["text"],
                "updated_at": plain["updated_at"],
                "message_id": plain["message_id"] or "",
            }
        others = [(key, kept_text) for key, kept_text in self.unsent.items() if key not in texts]
        self.unsent = dict([*others, *texts.items()][-REMEMBERED:])
