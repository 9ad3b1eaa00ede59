"""The audit trail: append-only by the database's rules, chained, and what tampering looks like."""

import asyncio
from uuid import UUID

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import ProgrammingError

from api.audit_verify import report, verdict_on
from api.core.security import Actor
from api.services.audit import Verdict, tell_head, verify
from api.services.house import House
from models.base import new_id
from models.users import Role
from tests.conftest import SignIn

AS_SUPERUSER = "SET session_replication_role = replica"


async def written(house: House, *targets: str, ip: str | None = "192.0.2.7") -> None:
    """Write one entry a target, each in a unit of its own."""
    for target in targets:
        async with house.unit(Actor(name="user:x", ip=ip)) as uow:
            await uow.audit("thing:change", target, {"name": "Ann"}, {"name": "Bea"})


async def tampered(house: House, statement: str) -> Verdict:
    """Change the trail as a superuser who switches the triggers off, and verify."""
    connection = await psycopg.AsyncConnection.connect(house.database.url, autocommit=True)
    async with connection:
        await connection.execute(AS_SUPERUSER)
        await connection.execute(statement.encode())
    return await verify(house.database)


async def entry_at(house: House, position: int) -> str:
    """Return the id of the entry at a place of the chain."""
    rows = await house.database.fetch("SELECT entry_id FROM audit_links WHERE position = %s", [position])
    return rows[0]["entry_id"]


async def test_an_empty_trail_and_an_honest_one_hold(house: House) -> None:
    assert (await verify(house.database)).links == 0
    await written(house, "thing:1", "thing:2", "thing:3")
    verdict = await verify(house.database)
    assert (verdict.holds, verdict.links) == (True, 3)
    assert (await verify(house.database, verdict.head)).holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'user:y'",
        "UPDATE audit_entries SET before = NULL",
        "UPDATE audit_entries SET before = NULL, after = NULL, ip = NULL, salt = NULL, redacted_by = id",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
        "UPDATE audit_links SET position = 7",
        "DELETE FROM audit_links",
        "TRUNCATE audit_links",
    ],
)
async def test_the_database_refuses_every_change(house: House, statement: str) -> None:
    await written(house, "thing:1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        await house.database.fetch(statement)
    assert (await verify(house.database)).holds


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entries SET actor = 'user:y' WHERE target = 'thing:2'", "place in the chain was changed"),
        ("UPDATE audit_entries SET created_at = created_at + interval '1 us' WHERE target = 'thing:2'", "was changed"),
        ("UPDATE audit_entries SET after = '{\"name\": \"Cy\"}' WHERE target = 'thing:2'", "details were changed"),
        ("UPDATE audit_entries SET ip = '192.0.2.8' WHERE target = 'thing:2'", "details were changed"),
        ("UPDATE audit_entries SET digest = sha256('x') WHERE target = 'thing:2'", "details were changed"),
        ("DELETE FROM audit_entries WHERE target = 'thing:2'", "is missing"),
        (
            "UPDATE audit_entries SET before = NULL, after = NULL, ip = NULL, salt = NULL WHERE target = 'thing:2'",
            "was blanked without",
        ),
        ("UPDATE audit_links SET hash = sha256('x') WHERE position = 2", "was changed"),
    ],
)
async def test_tampering_is_found_at_the_entry(house: House, statement: str, fault: str) -> None:
    await written(house, "thing:1", "thing:2", "thing:3")
    second = await entry_at(house, 2)
    verdict = await tampered(house, statement)
    assert fault in (verdict.fault or "")
    assert (verdict.links, verdict.broken_entry) == (1, second)


async def test_swapped_entries_and_slipped_in_ones_are_found(house: House) -> None:
    await written(house, "thing:1", "thing:2", "thing:3")
    swap = """
        UPDATE audit_links l SET entry_id = o.entry_id FROM audit_links o
        WHERE (l.position, o.position) IN ((1, 2), (2, 1))
    """
    connection = await psycopg.AsyncConnection.connect(house.database.url, autocommit=True)
    async with connection:
        await connection.execute(AS_SUPERUSER)
        await connection.execute("ALTER TABLE audit_links DROP CONSTRAINT audit_links_entry_id_key")
        await connection.execute(swap.encode())
        assert (await verify(house.database)).links == 0
        await connection.execute(swap.encode())
        await connection.execute("ALTER TABLE audit_links ADD CONSTRAINT audit_links_entry_id_key UNIQUE (entry_id)")
    assert (await verify(house.database)).holds
    slipped = """
        INSERT INTO audit_entries (id, created_at, updated_at, actor, action, target, digest)
        VALUES (gen_random_uuid(), now(), now(), 'user:z', 'thing:change', 'thing:4', sha256('x'))
    """
    verdict = await tampered(house, slipped)
    assert verdict.fault == "the entry is not in the chain"
    assert verdict.broken_entry


async def test_a_cut_end_is_found_by_who_knows_the_head(house: House) -> None:
    await written(house, "thing:1", "thing:2")
    head = (await verify(house.database)).head
    cut = await tampered(
        house,
        "WITH l AS (DELETE FROM audit_links WHERE position = 2 RETURNING entry_id) "
        "DELETE FROM audit_entries WHERE id IN (SELECT entry_id FROM l)",
    )
    assert cut.holds
    found = await verify(house.database, head)
    assert "known head" in (found.fault or "")


async def test_erasure_blanks_details_and_the_chain_still_holds(house: House) -> None:
    await written(house, "customer:1", "customer:2", "customer:1")
    async with house.unit(Actor.system("test")) as uow:
        await uow.audit_erasure("customer:erase", "customer:1")
    assert (await verify(house.database)).holds
    rows = await house.database.fetch("SELECT * FROM audit_entries ORDER BY created_at, id")
    about = [row for row in rows if row["target"] == "customer:1"]
    assert [row["action"] for row in about] == ["thing:change", "thing:change", "customer:erase"]
    assert all(row["before"] is None and row["after"] is None and row["ip"] is None for row in about)
    assert next(row for row in rows if row["target"] == "customer:2")["before"] == {"name": "Ann"}
    forged = "UPDATE audit_entries SET before = '{}', salt = 'x' WHERE target = 'customer:1'"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await house.database.fetch(forged)


async def test_an_erasure_that_waited_blanks_what_was_written_meanwhile(house: House) -> None:
    """Its unit began before the other's, and wrote after it."""
    async with house.unit(Actor.system("test")) as waiting:
        async with house.unit(Actor.system("test")) as quick:
            await quick.audit("customer:change", "customer:1", {"name": "Ann"}, {"name": "Anne"})
        assert waiting.now < quick.now
        await waiting.audit_erasure("customer:erase", "customer:1")
    rows = await house.database.fetch("SELECT action, after FROM audit_entries ORDER BY created_at, id")
    assert [(row["action"], row["after"]) for row in rows] == [("customer:change", None), ("customer:erase", None)]


async def redacted_by(house: House, target: str, told_by: str) -> None:
    """Blank the entries of a target in the name of some entry."""
    async with house.unit(Actor.system("test")) as uow:
        await uow.audits.redact([target], UUID(told_by))


async def test_only_a_later_erasure_blanks_anything(house: House) -> None:
    await written(house, "customer:1")
    ordinary = await entry_at(house, 1)
    async with house.unit(Actor.system("test")) as uow:
        await uow.audit_erasure("customer:erase", "customer:1")
    await written(house, "customer:2")
    for told_by in (ordinary, await entry_at(house, 2), str(new_id())):
        with pytest.raises(ProgrammingError, match="append-only"):
            await redacted_by(house, "customer:2", told_by)


async def broken_off(house: House, target: str) -> None:
    """Write an entry in a unit that fails."""
    async with house.unit(Actor.system("test")) as uow:
        await uow.audit("thing:change", target)
        raise RuntimeError


async def test_what_is_rolled_back_leaves_no_gap(house: House) -> None:
    await written(house, "thing:1")
    with pytest.raises(RuntimeError):
        await broken_off(house, "thing:2")
    await written(house, "thing:3")
    verdict = await verify(house.database)
    assert (verdict.holds, verdict.links) == (True, 2)


async def test_many_writers_at_once_make_one_chain(house: House) -> None:
    async def several(writer: int) -> None:
        for number in range(5):
            async with house.unit(Actor.system("test")) as uow:
                await uow.audit("thing:change", f"thing:{writer}", None, {"number": number})
                await uow.audit("thing:note", f"thing:{writer}")

    await asyncio.gather(*(several(writer) for writer in range(16)))
    verdict = await verify(house.database)
    assert (verdict.holds, verdict.links, verdict.fault) == (True, 160, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé\"'", max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.none() | st.dictionaries(st.text("key", max_size=3), JSON), target=st.text("é:'\"\\1", min_size=1))
async def test_whatever_is_written_verifies(house: House, before: dict[str, object] | None, target: str) -> None:
    async with house.unit(Actor.system("test")) as uow:
        await uow.audit("thing:change", target, before)
    assert (await verify(house.database)).holds


async def test_the_command_names_the_first_broken_entry(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    await written(house, "thing:1", "thing:2")
    assert report(await verdict_on(house.settings, None)) == 0
    assert capsys.readouterr().out.startswith("The audit trail holds: 2 entries, head 2:")
    second = await entry_at(house, 2)
    await tampered(house, "UPDATE audit_entries SET target = 'thing:9' WHERE target = 'thing:2'")
    assert report(await verdict_on(house.settings, None)) == 1
    assert f"BROKEN after 1 good entries. entry {second}: " in capsys.readouterr().out


async def test_the_head_goes_to_the_log_and_a_fault_is_an_error(
    house: House, caplog: pytest.LogCaptureFixture, sign_in: SignIn
) -> None:
    await sign_in(Role.ADMIN)
    await written(house, "thing:1")
    head = (await verify(house.database)).head
    with caplog.at_level("INFO"):
        await tell_head(house)
        await tampered(house, "DELETE FROM audit_entries")
        await tell_head(house)
    lines = [str(record.msg) for record in caplog.records if record.name == "api.services.audit"]
    assert head in lines[0]
    assert "tampered" in lines[1]


async def test_an_erased_customer_leaves_the_trail_too(
    house: House, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    body = {"customer": {"name": "Quirina Ohnesorg"}, "source": "phone", "subject": "Quirina's car"}
    made = (await client.post("/api/v1/conversations", json=body, headers=admin.headers)).json()["data"]
    path = f"/api/v1/customers/{made['customer']['id']}"
    await client.patch(path, json={"phone": "+15550100177"}, headers=admin.headers)
    before = (await client.get("/api/v1/admin/audit", headers=admin.headers)).text
    assert "uirina" in before
    assert "0100177" in before
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    after = (await client.get("/api/v1/admin/audit", headers=admin.headers)).text
    assert "uirina" not in after
    assert "0100177" not in after
    assert (await verify(house.database)).holds
