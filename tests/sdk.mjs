// sdk.mjs CAPTURED URL - the providers' own SDKs as clients of a trace-serve at URL: every
// answer in CAPTURED (traces), plain and streamed, must come back as it was recorded.  Run it
// where `npm install openai @anthropic-ai/sdk` was run.  Ends with 1 if anything differs.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.cwd() + '/');
const load = async name => (await import(require.resolve(name))).default;
const OpenAI = await load('openai'), Anthropic = await load('@anthropic-ai/sdk');
const [, , file, url] = process.argv;
const retries = Number(process.env.RETRIES ?? 10);
const openai = new OpenAI({ baseURL: url + '/v1', apiKey: 'none', maxRetries: retries });
const anthropic = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: retries });

const records = readFileSync(file, 'utf8').trimEnd().split('\n').map(l => JSON.parse(l));

// What an answer says, in one shape for all: words, calls, why it ended, what it cost.
const calls = list => list.map(c => [c.name, c.arguments ?? JSON.stringify(c.input)]);
const parts = (m, type) => (m.content ?? []).filter(b => b.type === type);
const says = {
	'openai.chat': r => [r.choices[0].message.content, r.choices[0].message.refusal ?? null,
		calls((r.choices[0].message.tool_calls ?? []).map(c => c.function)),
		r.choices[0].finish_reason, r.usage?.total_tokens ?? null],
	'anthropic.messages': r => [parts(r, 'text').map(b => b.text), calls(parts(r, 'tool_use')),
		parts(r, 'thinking').map(b => [b.thinking, b.signature]), r.stop_reason, r.usage.output_tokens],
	'openai.responses': r => [r.output.flatMap(i => parts(i, 'output_text').map(p => p.text)),
		calls(r.output.filter(i => i.type === 'function_call')), r.status, r.usage?.total_tokens ?? null],
};

// A chat stream is put together by hand: the SDK's own way refuses servers that leave things out.
async function chatStream(body) {
	const stream = await openai.chat.completions.create(
		{ ...body, stream: true, stream_options: { include_usage: true } });
	const message = { content: null, tool_calls: [] };
	let reason = null, usage;
	for await (const chunk of stream) {
		usage = chunk.usage ?? usage;
		const choice = chunk.choices.find(c => c.index === 0);
		if (!choice)
			continue;
		const d = choice.delta ?? {};
		if (typeof d.content === 'string')
			message.content = (message.content ?? '') + d.content;
		if (typeof d.refusal === 'string')
			message.refusal = (message.refusal ?? '') + d.refusal;
		for (const c of d.tool_calls ?? []) {
			const known = message.tool_calls[c.index] ??= { function: { name: '', arguments: '' } };
			known.function.name += c.function?.name ?? '';
			known.function.arguments += c.function?.arguments ?? '';
		}
		reason = choice.finish_reason ?? reason;
	}
	return { choices: [{ message, finish_reason: reason }], usage };
}

const without = ({ stream, stream_options, ...body }) => body;
const ask = {
	'openai.chat': { plain: b => openai.chat.completions.create(b), stream: chatStream },
	'anthropic.messages': { plain: b => anthropic.messages.create(b),
		stream: b => anthropic.messages.stream(b).finalMessage() },
	'openai.responses': { plain: b => openai.responses.create(b),
		stream: b => openai.responses.stream(b).finalResponse() },
};

// All recorded answers to one request are right answers to it.
const key = r => r.api + JSON.stringify({ ...without(r.request), model: null });
const right = new Map();
const usable = records.filter(r => says[r.api] && r.status === 200 && !r.error && r.response);
const add = (r, answer) => right.set(key(r), (right.get(key(r)) ?? new Set()).add(answer));
for (const r of usable)
	add(r, JSON.stringify(says[r.api](r.response)));
for (const r of records.filter(r => says[r.api] && r.status > 299))
	add(r, `status ${r.status}`);

let bad = 0;
for (const api of Object.keys(ask))
	for (const way of ['plain', 'stream']) {
		let equal = 0, different = 0;
		for (const r of usable.filter(r => r.api === api)) {
			let got;
			try {
				got = JSON.stringify(says[api](await ask[api][way](without(r.request))));
			} catch (e) {
				got = e.status ? `status ${e.status}` : `${e.name}: ${e.message}`;
			}
			// a message of calls alone may say "" or null
			const same = [...right.get(key(r))].some(want => want === got ||
				want.replace(/^\[""/, '[null') === got.replace(/^\[""/, '[null'));
			same ? equal++ : different++;
			if (!same)
				console.log(`${r.id} ${way}: ${got.slice(0, 300)}`);
		}
		console.log(`${api} ${way}: ${equal} equal, ${different} different`);
		bad += different;
	}
const models = [];
for await (const m of openai.models.list())
	models.push(m.id);
console.log(`models: ${models.length}`);
process.exit(bad > 0 || models.length === 0 ? 1 : 0);
