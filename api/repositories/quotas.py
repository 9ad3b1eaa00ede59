"""The day's requests of keys with a quota."""

COUNT_REQUEST = """
WITH key AS (SELECT id, daily_quota FROM api_keys WHERE id = %(key_id)s AND daily_quota IS NOT NULL),
counted AS (
  INSERT INTO api_key_usage AS u (key_id, day, used) SELECT id, %(day)s, 1 FROM key
  ON CONFLICT (key_id, day) DO UPDATE SET used = u.used + 1 WHERE u.used < (SELECT daily_quota FROM key)
  RETURNING used
)
SELECT key.daily_quota, counted.used FROM key LEFT JOIN counted ON true
"""
FORGET_USAGE = "DELETE FROM api_key_usage WHERE day < %(before)s RETURNING day"
