// tokens.mjs FILE ENCODING PACKAGES TOKENIZER.JSON - the counts and the speed of other
// tokenizers, on the first 4 MB of a file in documents of 4 KB: tiktoken in WASM, and the
// native binding of Hugging Face's with the same vocabulary.  A JSON line each; CPU time
// without the load.  The documents are left in `parts', NULs between.
import fs from 'fs';
import { createRequire } from 'module';

const [, , file, encoding, packages, json] = process.argv;
const load = createRequire(packages + '/');
const bytes = fs.readFileSync(file);
let end = Math.min(4e6, bytes.length);
while (end < bytes.length && bytes[end] !== 10) end++;
const text = bytes.subarray(0, end).toString('utf8');
const parts = text.match(/[^]{1,4096}(?:\n|$)|[^]{1,4096}/g);

async function run(name, count) {
  await count(parts[0]);
  const start = process.cpuUsage();
  let tokens = 0;
  for (const part of parts) tokens += await count(part);
  const used = process.cpuUsage(start);
  console.log(JSON.stringify({ peer: name, tokens,
    mb_per_s: +(end / (used.user + used.system)).toFixed(1) }));
}

const wasm = load('tiktoken').get_encoding(encoding);
await run('tiktoken (WASM)', part => wasm.encode_ordinary(part).length);
const hf = load('tokenizers').Tokenizer.fromFile(json);
const options = { addSpecialTokens: false };
await run('tokenizers (native)', async part => (await hf.encode(part, null, options)).getIds().length);
fs.writeFileSync('parts', parts.join('\0'));
