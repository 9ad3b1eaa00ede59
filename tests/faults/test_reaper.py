"""The reaper gives dead workers' jobs back, one by one: none that cannot go back holds up the others."""

from api.services.house import House

STALLED = """
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, attempts)
VALUES ('default', 'drafting.auto_draft', %s, %s, %s::procrastinate_job_status, 0)
"""


async def test_a_job_that_waits_already_does_not_keep_others_from_coming_back(house: House) -> None:
    connector = house.jobs.app.connector
    for lock, args, status in (("a", '{"dead": 1}', "doing"), ("a", '{"waits": 1}', "todo"), (None, "{}", "doing")):
        values = {"lock": lock, "args": args, "status": status}
        sql = STALLED.replace("%s", "%({})s").format("lock", "args", "status")
        await connector.execute_query_async(sql.replace("%(args)s", "%(args)s::jsonb"), **values)
    await house.jobs.reap()
    rows = await house.database.fetch("SELECT queueing_lock, status, args FROM procrastinate_jobs ORDER BY id")
    assert [(row["queueing_lock"], row["status"]) for row in rows if row["status"] == "todo"] == [
        ("a", "todo"),
        (None, "todo"),
    ]
    assert not [row for row in rows if row["status"] == "doing"]
