// served.mjs FILE THREADS PEERS [minute] - DuckDB's count of records and failures by region and
// version; with `minute' by artifact, version, hash, region and minute.
import { createRequire } from 'node:module';
const [file, threads, peers, minute] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(peers + '/')('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const columns = minute ?
  `{region: 'VARCHAR', prompt: 'STRUCT("name" VARCHAR, "version" VARCHAR, sha256 VARCHAR)',
    status: 'INTEGER', "time": 'TIMESTAMP'}` :
  `{region: 'VARCHAR', prompt: 'STRUCT("version" VARCHAR)', status: 'INTEGER'}`;
const keys = minute ?
  `region, prompt.name, prompt.version, prompt.sha256, date_trunc('minute', "time")` :
  'region, prompt.version';
const rows = await db.runAndReadAll(`select ${keys}, count(*), sum((status >= 400)::int)
  from read_json('${file}', format = 'newline_delimited', columns = ${columns}) group by all`);
process.stdout.write(rows.getRowsJson().map((r) => r.join('\t')).join('\n') + '\n');
