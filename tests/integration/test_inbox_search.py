"""Search of conversations: accents and letter case are nothing, near misses come where nothing else does."""

import string
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.rows import tuple_row
from sqlalchemy import Text, bindparam, select

from api.core.database import NEAR
from api.core.errors import ValidationError
from api.core.security import Actor
from api.repositories.inbox import InboxShape, compiled, inbox_read
from api.repositories.inbox_search import EXACT, SHORTEST, near_search, nearly
from api.services import conversations, customers, inbox
from api.services.house import House
from models.conversations import ConversationInput, ConversationPatch, ConversationStatus
from models.inbox import InboxQuery
from models.messages import MessageInput, Sender
from models.users import Role
from tests.conftest import SignIn

SAME = [
    ("Muñoz", "munoz"),
    ("Muñoz", "MUÑOZ"),
    ("Muñoz", "Mun\u0303oz"),
    ("Muñoz", "Mu\uff4e\u0303oz"),
    ("José", "Jose"),
    ("Müller", "muller"),
    ("Strauß", "STRAUSS"),
    ("Łukasz", "lukasz"),
    ("Søren", "soren"),
    ("Пётр", "ПЕТР"),
    ("Νίκος", "ΝΙΚΟΣ"),
    ("Đặng", "dang"),
    ("佐藤", "佐藤"),
]
WORDS = st.permutations(string.ascii_lowercase).flatmap(
    lambda letters: st.integers(SHORTEST, 12).map(lambda length: "".join(letters[:length]))
)
NEARLY = compiled(select(nearly(bindparam("text", type_=Text), 1)))
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_characters="\x7f"), max_size=30)


@pytest.fixture
async def ana(sign_in: SignIn) -> Actor:
    """A member of staff."""
    return (await sign_in(Role.STAFF)).actor


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own."""
    options = f"-c pg_trgm.word_similarity_threshold={NEAR}"
    with psycopg.connect(database_url, autocommit=True, row_factory=tuple_row, options=options) as connection:
        yield connection


async def opened(house: House, who: Actor, name: str, subject: str = "", words: str = "Hello", **more: str) -> UUID:
    """Open a conversation."""
    told = {"customer": {"name": name, **more}, "source": "web", "subject": subject, "message": {"content": words}}
    async with house.unit(who) as uow:
        return (await conversations.create(uow, ConversationInput.model_validate(told))).id


async def found(house: House, who: Actor, q: str, **query: Any) -> list[UUID]:
    """Return what a search finds, in its order."""
    page = await inbox.inbox(house.database, who, InboxQuery(q=q, **query))
    return [UUID(str(row["id"])) for row in page.rows]


@pytest.mark.parametrize(("one", "other"), SAME)
async def test_accents_and_case_are_nothing_whichever_side_has_them(
    house: House, ana: Actor, one: str, other: str
) -> None:
    """In names, subjects and messages, newest first."""
    for written, sought in ((one, other), (other, one)):
        wanted = [
            await opened(house, ana, f"Zoe {written} {uuid4().hex}"),
            await opened(house, ana, "Ben", subject=f"Car of {written}"),
            await opened(house, ana, "Cleo", words=f"I write for {written}."),
        ]
        await opened(house, ana, "Dora Nowak", subject="Tyres", words="Nothing of that.")
        assert (await found(house, ana, sought))[:3] == wanted[::-1]


@pytest.mark.parametrize("name", ["Sinéad O'Neil", "Sinead O’Neil", "SINEAD ONEIL", "sinéad o`neil"])
@pytest.mark.parametrize("q", ["O'Neil", "o’neil", "ONeil", "neil", "sinéad o'neil"])
async def test_apostrophes_are_nothing_in_a_name(house: House, ana: Actor, name: str, q: str) -> None:
    made = await opened(house, ana, name)
    assert await found(house, ana, q) == [made]


@pytest.mark.parametrize(
    ("name", "subject", "q"),
    [
        ("Bob Johnson", "", "Jonhson"),
        ("Bob Johnson", "", "jonhson bob"),
        ("Bob Johnson", "", "Johnsson"),
        ("Ana Muñoz", "", "munzo"),
        ("Ana Müller", "", "Mueller"),
        ("Uwe Schröder", "", "Schroeder"),
        ("Sinead O'Connor", "", "o’conor"),
        ("Wei Zhang", "", "zhnag"),
        ("Пётр Иванов", "", "ивнаов"),
        ("Ben", "2021 Ford Bronco", "Bronoco"),
        ("Ben", "2021 Ford Bronco", "2021 bronoco"),
        ("Ben", "The blue Honda", "hodna"),
        ("Ben", "The blue Mazda", "mezda"),
        ("Ben", "2019 Toyota Camry", "toyata camri"),
        ("Ben", "A Volkswagen Golf", "volkswaagon"),
        ("Ben", "Test drive of the Highlander", "test highlnader"),
    ],
)
async def test_a_slip_in_a_name_or_a_subject_is_forgiven(
    house: House, ana: Actor, name: str, subject: str, q: str
) -> None:
    made = await opened(house, ana, name, subject=subject)
    await opened(house, ana, "Dora Nowak", subject="2022 Kia Soul")
    assert await found(house, ana, q) == [made]


@pytest.mark.parametrize("q", ["wxjzik", "2022 bronoco", "bronoco nowak", "Brno", '"bronoco"', "bronoco of the seas"])
async def test_what_is_too_far_off_is_not_found(house: House, ana: Actor, q: str) -> None:
    """Numbers and short words must stand there; what is quoted is meant as it is written."""
    await opened(house, ana, "Ana Wójcik", subject="2021 Ford Bronco")
    assert await found(house, ana, "2021 bronoco")
    assert await found(house, ana, q) == []


async def test_exact_hits_stand_alone_and_near_misses_come_where_there_are_none(house: House, ana: Actor) -> None:
    johnson = await opened(house, ana, "Bob Johnson")
    exact = await opened(house, ana, "Eve", words="Say hello to Mr Jonhson!")
    newer = await opened(house, ana, "Mia Johnson")
    page = await inbox.inbox(house.database, ana, InboxQuery(q="jonhson", include_total=True))
    assert ([row["id"] for row in page.rows], page.total, page.near) == ([str(exact)], 1, False)
    async with house.unit(ana) as uow:
        await conversations.change(uow, exact, ConversationPatch(status=ConversationStatus.RESOLVED))
    page = await inbox.inbox(house.database, ana, InboxQuery(q="jonhson", view="unresolved", include_total=True))
    assert ([row["id"] for row in page.rows], page.total, page.near) == ([str(newer), str(johnson)], 2, True)


async def test_a_message_is_never_a_near_miss(house: House, ana: Actor) -> None:
    await opened(house, ana, "Ben", words="Is the Bronco there?")
    assert await found(house, ana, "bronco")
    assert await found(house, ana, "bronoco") == []


@pytest.mark.parametrize("sort", ["-last_message_at", "created_at", "-priority"])
async def test_pages_of_near_misses_show_each_once_while_others_arrive(house: House, ana: Actor, sort: str) -> None:
    """A first exact hit that arrives meanwhile does not end them."""
    made = [await opened(house, ana, f"Johnson the {place}.") for place in range(5)]
    seen: list[str] = []
    cursor = None
    for _ in range(5):
        query = InboxQuery.model_validate({"q": "jonhson", "sort": sort, "limit": 2, "cursor": cursor})
        page = await inbox.inbox(house.database, ana, query)
        seen += [row["id"] for row in page.rows]
        if (cursor := page.next_cursor) is None:
            break
        await opened(house, ana, "Jonhson")
    assert [one for one in seen if UUID(one) in made] == [str(one) for one in (made if sort[0] != "-" else made[::-1])]
    assert len(seen) == len(set(seen))


async def test_a_cursor_of_near_misses_is_good_for_its_search_alone(house: House, ana: Actor) -> None:
    for place in range(3):
        await opened(house, ana, f"Johnson the {place}.")
    near = (await inbox.inbox(house.database, ana, InboxQuery(q="jonhson", limit=1))).next_cursor
    exact = (await inbox.inbox(house.database, ana, InboxQuery(q="johnson", limit=1))).next_cursor
    assert near
    assert exact
    for q, cursor in (("johnson", near), ("jonhson", exact), ("johnsno", near), ("jo", near), ("jonhson", "x")):
        with pytest.raises(ValidationError):
            await inbox.inbox(house.database, ana, InboxQuery(q=q, limit=1, cursor=cursor))


async def test_phones_and_mails_are_found_as_they_are_only(house: House, ana: Actor) -> None:
    made = await opened(house, ana, "Bob Ray", email="Johnson.O'Hara@example.com", phone="+15550100123")
    for q in ("johnson.o'hara@example.com", "JOHNSON.O’HARA", "+1 555 010 0123", "(555) 010-0123", "0100123"):
        assert await found(house, ana, q) == [made], q
    for q in ("jonhson.o'hara@example.com", "jonhson", "exmaple", "+1 555 010 0132", "0100132"):
        assert await found(house, ana, q) == [], q


@pytest.mark.parametrize("sign", ["%", "_", "\\", "\uff05", "\uff3f", "\uff3c", "\ufe6a", "%_%"])
async def test_wildcards_are_plain_text(house: House, ana: Actor, sign: str) -> None:
    """Those too that folding makes wildcards."""
    made = await opened(house, ana, "Ann", subject=f"Off by 20{sign} today")
    await opened(house, ana, "Ben", subject="Off by 201 today")
    for q in (sign, f"20{sign}", f"by 20{sign} to"):
        assert await found(house, ana, q) == [made], q
    assert await found(house, ana, f"O{sign}f") == []


@pytest.mark.parametrize("q", ["'", "’’", "\u0301"])
async def test_what_folds_to_nothing_finds_nothing(house: House, ana: Actor, q: str) -> None:
    await opened(house, ana, "Sinead O'Neil")
    assert await found(house, ana, q) == []


async def test_the_erased_are_found_by_no_spelling(house: House, sign_in: SignIn) -> None:
    """Neither by what our messages call them."""
    admin = (await sign_in(Role.ADMIN)).actor
    made = await opened(house, admin, "José Muñoz O'Neil", subject="Car of Muñoz", words="Muñoz here")
    async with house.unit(admin) as uow:
        for spelling in ("Dear José Muñoz O'Neil", "Dear Jose Munoz O’Neil", "DEAR JOSÈ MUÑÓZ ONEIL"):
            words = MessageInput(content=f"{spelling},\nwe wait.", sender=Sender.STAFF)
            await conversations.send(uow, made, words)
        customer = (await inbox.read_row(house.database, admin, made))["customer"]["id"]
        await customers.erase(uow, UUID(customer))
    for q in ("Muñoz", "munoz", "munzo", "jose", "José", "O'Neil", "oneil", "neil", "ersaed customer"):
        assert await found(house, admin, q) == [], q
    assert await found(house, admin, "dear we wait") == [made]


@pytest.mark.parametrize("q", ["johnson", "jonhson", "2021 bronoco", "jonhson nowka", "muñoz"])
async def test_few_hits_and_many_are_sought_alike(house: House, ana: Actor, q: str) -> None:
    """Collected first, or met on the way: the rows are the same."""
    for name in ("Bob Johnson", "Nowak Johnson", "Muñoz"):
        await opened(house, ana, name, subject="2021 Ford Bronco", words="From Johnson.")
    near = near_search(q)
    assert near is not None
    for kind, values in ((EXACT, {}), near):
        told = {"q": q, "sought": q, "internal": True, "caller": ana.user_id, "limit": 9, **values}
        reads = [inbox_read(InboxShape(frozenset({f"{kind}_{many}"}))) for many in ("rare", "common")]
        rows = [await house.database.fetch(read.sql, read.with_values(told), prepared=False) for read in reads]
        assert rows[0] == rows[1]


@pytest.mark.parametrize("q", ["johnson", "jonhson", "jonhson bronoco"])
def test_each_part_of_a_search_can_go_by_an_index(database: psycopg.Connection[Any], q: str) -> None:
    """With tables too small for that, the planner is told not to read them whole."""
    near = near_search(q)
    assert near is not None
    for kind, values, indexes in (
        (EXACT, {}, {"ix_customers_search", "ix_messages_tsv"}),
        (*near, {"ix_customers_name"}),
    ):
        read = inbox_read(InboxShape(frozenset({f"{kind}_rare"})))
        told = {"q": q, "sought": q, "internal": True, "caller": uuid4(), "limit": 9, **values}
        with database.transaction():
            database.execute("SET LOCAL enable_seqscan = off")
            database.execute("SET LOCAL enable_indexscan = off")
            rows = database.execute(b"EXPLAIN " + read.sql.encode(), read.with_values(told)).fetchall()
        plan = "\n".join(row[0] for row in rows)
        for index in {"ix_conversations_search", *indexes}:
            assert f"Bitmap Index Scan on {index}" in plan, plan


@given(LATIN)
def test_folding_is_done_once_and_for_all(database: psycopg.Connection[Any], text: str) -> None:
    """Folded text folds to itself, whether its accents stand apart or not, and has no capitals left."""
    told = "SELECT folded(%(t)s), folded(folded(%(t)s)), folded(normalize(%(t)s, NFD)), folded(upper(%(t)s))"
    row = database.execute(told.encode(), {"t": text}).fetchone()
    assert row is not None
    assert row[0] == row[1] == row[2]
    assert row[0] == row[0].lower()


@given(WORDS, st.data())
def test_any_one_slip_is_forgiven(database: psycopg.Connection[Any], word: str, data: st.DataObject) -> None:
    """A letter wrong, missing, too many or changed about, anywhere in a word, within a longer text."""
    at = data.draw(st.integers(0, len(word) - 1))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    other = next(one for one in string.ascii_lowercase if one not in word)
    wrong, missing, more = f"{before}{other}{after}", before + after, f"{before}{other}{letter}{after}"
    slips = (wrong, missing, more, f"{before}{after[:1]}{letter}{after[1:]}")
    blind = wrong if len(word) == SHORTEST and at == SHORTEST // 2 else None  # no three letters in a row are left
    for slip in (one for one in slips if len(one) >= SHORTEST and one != blind):
        near = near_search(slip)
        assert near is not None
        told = {"text": f"2021 {word} and more", **near[1]}
        assert database.execute(NEARLY.sql.encode(), NEARLY.with_values(told)).fetchone() == (True,), slip
