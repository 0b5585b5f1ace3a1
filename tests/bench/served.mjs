// served.mjs FILE THREADS PEERS - DuckDB's count of records and failures by version and region.
import { createRequire } from 'node:module';
const [file, threads, peers] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(peers + '/')('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const columns = `{region: 'VARCHAR', prompt: 'STRUCT("name" VARCHAR, "version" VARCHAR, sha256 VARCHAR)', status: 'INTEGER', "time": 'TIMESTAMP'}`;
const rows = await db.runAndReadAll(`select region, prompt.name, prompt.version, prompt.sha256, date_trunc($$minute$$, "time"), count(*), sum((status >= 400)::int)
  from read_json('${file}', format = 'newline_delimited', columns = ${columns}) group by all`);
process.stdout.write(rows.getRowsJson().map((r) => r.join('\t')).join('\n') + '\n');
