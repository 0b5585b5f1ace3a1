-- ClickHouse: executable() runs a script of user_scripts_path over a query's rows and reads
-- what it prints.  With user_scripts/cogs-part:
--
--	#!/bin/sh
--	exec cogs-sum -p /etc/inferutils/prices.json --by tenant --partial
--
-- each thread of the query feeds one process; their lines are merged by another step:
--
--	clickhouse-client --queries-file clickhouse.sql | cogs-sum -p prices.json --by tenant --merge
--
-- RawBLOB hands lines on as they are; the limits of time are 10 s by default.
SELECT line
FROM executable('cogs-part', 'LineAsString', 'line String',
    (SELECT body FROM calls WHERE day >= '2026-05-01' AND day < '2026-06-01'))
SETTINGS command_read_timeout = 600000, command_write_timeout = 600000, max_command_execution_time = 3600
FORMAT RawBLOB;
