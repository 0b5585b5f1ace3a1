// usage.mjs FILE THREADS PEERS - DuckDB's answer to the question of the bench: calls, tokens
// and cost by tenant and model, as tab-separated lines; its time goes to standard error.
import { createRequire } from 'node:module';
const [file, threads, peers] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(peers + '/')('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const columns = `{tenant: 'VARCHAR', model: 'STRUCT(answered VARCHAR)',
  usage: 'STRUCT("input" BIGINT, "output" BIGINT, cache_read BIGINT)', cost: 'DECIMAL(38,12)'}`;
const rows = await db.runAndReadAll(`select tenant, model.answered, count(*), sum(usage.input),
  sum(usage.output), sum(usage.cache_read), sum(cost)
  from read_json('${file}', format = 'newline_delimited', columns = ${columns}) group by all`);
const out = rows.getRowsJson().map((r) => r.join('\t'));
process.stdout.write(out.join('\n') + '\n');
