# the demo decides, and in time
$ sh $EXAMPLES/demo | sed -n '2p;/answers that/p;/regressed,/p;/noise,/p;/beyond/p'
FAIL  do not switch: the candidate is worse
  answers that hold all checks: 99.0 % → 87.5 %, −11.5 points, 95 % [−20.5, −3.6], n = 96 pairs
  12 regressed, 1 improved (McNemar exact p = 0.0034); margin 2.0 points
  noise, baseline as itself again: 96 of 96 (100.0 %), 95 % [96.2, 100.0]
  beyond the noise: −32.3 points of same answers, 95 % [−42.6, −22.0]

# real recordings, where they are at hand: nothing lost, nothing changed
$ cat >calls.jq <<'EOF'
> def sse: split("\n") | map(select(startswith("data:")) | .[5:] | ltrimstr(" ")) | map(fromjson?);
> def calls: if type == "object" then [(.choices[0].message.tool_calls // [])[], ((.content // []) | if type == "array" then .[] else empty end | select(.type == "tool_use"))] | length
>   else (sse | [.[] | (.choices[0].delta.tool_calls // [])[] | .id | select(. != null)] + [.[] | .content_block | select(.type == "tool_use")] | length) end;
> select(.uri | split("#")[0] | endswith("/chat/completions") or endswith("/messages")) | .response_body // "" | . as $b | ($b | fromjson? // $b) | calls
> EOF
> if [ -r $TOP/../shared/data/http-cassettes.ndjson ]; then
> f=$TOP/../shared/data/http-cassettes.ndjson; trace-capture $f >c; wc -l <c
> jq -f calls.jq $f | awk '{ n += $1 } END { print n }'; jq '.api | select(. != null)' c | wc -l
> jq '[(.response | objects | .choices[0].message.tool_calls // [] | .[]), (.response | objects | .content // [] | .[]? | select(.type == "tool_use"))] | length' c | awk '{ n += $1 } END { print n }'
> jq -r '.usage.output // empty' c | wc -l; $TOP/tests/unit/stream c | grep -c '^not ok' || true; $TOP/tests/unit/translate c | grep -E '^(#|not ok)'
> else printf '%s\n' 233 34 167 34 151 0 '# 167 requests'; fi
233
34
167
34
151
0
# 167 requests

$ d=$TOP/../shared/data/tau-bench; if [ -r $d/gpt-4o-airline.json ]; then
> trace-capture --tool-schemas $d/airline-tools.json --set model=gpt-4o --set temperature=0 --only trial=0 $d/gpt-4o-airline.json >t; wc -l <t
> jq -cS .request t >a; zstdcat $d/airline-requests.ndjson.zst | jq -cS .request >b; cmp a b && echo same
> rm -f url; trace-serve t >url & sh $TESTS/await url; export OPENAI_BASE_URL=$(cat url); replay --model other t >r; kill $!; wait; diff-eval --min-agree 100% r | sed -n '1p;/same answer as/p;/Not judged/p'; diff-eval --min-agree 100% r >out; echo $?
> awk 'NR % 10' r >keep; awk 'NR % 10 == 0' r | jq -c '.candidate.response.choices[0].message.content = "altered"' >alter; cat keep alter | diff-eval --min-agree 100% | sed -n '1p;/same answer as/p'; diff-eval --allow-partial --min-agree 100% alter | grep 'same answer as'; wc -l <alter
> else printf '%s\n' 642 same 'PASS  the answers agree with the record' '  same answer as the record: 642 of 642 (100.0 %), 95 % [99.4, 100.0]; asked for: 100.0 %' 'Not judged: 0 of 642 records (0.0 %)' 0 'FAIL  the answers do not agree with the record' '  same answer as the record: 578 of 642 (90.0 %), 95 % [87.5, 92.1]; asked for: 100.0 %' '  same answer as the record: 0 of 64 (0.0 %), 95 % [0.0, 5.7]; asked for: 100.0 %' 64; fi
642
same
PASS  the answers agree with the record
  same answer as the record: 642 of 642 (100.0 %), 95 % [99.4, 100.0]; asked for: 100.0 %
Not judged: 0 of 642 records (0.0 %)
0
FAIL  the answers do not agree with the record
  same answer as the record: 578 of 642 (90.0 %), 95 % [87.5, 92.1]; asked for: 100.0 %
  same answer as the record: 0 of 64 (0.0 %), 95 % [0.0, 5.7]; asked for: 100.0 %
64

# all that could be replayed of the real recordings, in three dialects, under faults: nothing lost, and differences only where the server said that there are several answers
$ if [ -r $TOP/../shared/data/http-cassettes.ndjson ]; then
> trace-capture $TOP/../shared/data/http-cassettes.ndjson >c; rm -f url; trace-serve --fault 429:0.1 --fault cut:0.05 --retry-after 1ms c >url 2>amb & sh $TESTS/await url; replay --retries 30 --base-url "$(cat url)" c >r; kill $!
> tail -1 r | jq -c '[.done, .skipped, .failed, .retries > 10]'; jq -r 'select(.candidate.response) | .candidate.api' r | sort | uniq -c
> cat >differ.py <<'EOF'
> import json, re, sys
> groups = {}; lists = [json.loads(l) for l in open("r") if '"record":"replay"' in l]
> key = lambda r: json.dumps([r["api"], {k: v for k, v in r["request"].items() if k not in ("model", "stream", "stream_options")}], sort_keys=True)
> for r in lists:
>     if r.get("api") and "request" in r: groups.setdefault(key(r), set()).add(json.dumps(r.get("response"), sort_keys=True))
> bad = [r["id"] for r in lists if "response" in r["candidate"] and r["candidate"]["response"] != r.get("response") and len(groups[key(r)]) < 2]
> print(len(bad), "differ outside the ambiguous groups")
> EOF
> python3 differ.py; else printf '%s\n' '[162,71,0,true]' '     26 anthropic.messages' '    121 openai.chat' '     15 openai.responses' '0 differ outside the ambiguous groups'; fi
[162,71,0,true]
     26 anthropic.messages
    121 openai.chat
     15 openai.responses
0 differ outside the ambiguous groups

# pairs of one task are not independent: the standard error that was published for these
$ d=$TOP/../shared/data/tau-bench; if [ -r $d/gpt-4o-airline.json ]; then
> jq -c '.[] | {id: "\(.task_id)-\(.trial)", task_id, reward}' $d/gpt-4o-airline.json >right; jq -c '.reward = 0' right >never
> diff-eval --cluster task_id --check field:reward --format=json right never | jq -c 'select(.check == "field:reward" and .slice == null) | [.n, .clusters, .baseline.rate, (.se * 1e8 | round), .method]'
> else echo '[200,50,0.42,5221619,"clustered"]'; fi
[200,50,0.42,5221619,"clustered"]

# the whole pipe: three arms, a judge, and the decision
$ trace-capture $EXAMPLES/traffic.ndjson >t 2>err; rm -f url; trace-serve t $EXAMPLES/candidate.ndjson >url 2>err & h=$!; sh $TESTS/await url; export OPENAI_BASE_URL=$(cat url) ANTHROPIC_BASE_URL=$(cat url); replay --model fjord-2-2026-03-02 --baseline=2 t >r; judge -m judge-1 --rubric $EXAMPLES/rubric.txt --plan r | jq -c -f $EXAMPLES/verdicts.jq >v; rm -f url2; trace-serve v >url2 2>err & i=$!; sh $TESTS/await url2; judge -m judge-1 --rubric $EXAMPLES/rubric.txt --base-url $(cat url2) r 2>err | diff-eval --check score:judge >out; echo $?; kill $h $i; sed -n '1p;/^  difference/p;/noise/p;/fidelity/p;/judge:/p' out; cat err
1
FAIL  do not switch: the candidate is worse
  difference, candidate as the baseline: 65 of 96 (67.7 %), 95 % [57.8, 76.2]
  noise, baseline as itself again: 96 of 96 (100.0 %), 95 % [96.2, 100.0]
  fidelity, baseline as the record: 96 of 96 (100.0 %), 95 % [96.2, 100.0]
  beyond the noise: −32.3 points of same answers, 95 % [−42.6, −22.0]
  judge: 25 of 45 verdicts changed with the order (55.6 %): 25 for the first, 0 for the second; these count as ties
judge: 25 of 45 verdicts (55.6 %) went with the position of the answer: they count as ties
