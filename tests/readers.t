# the replayability story: 1,000 calls, 400 with tools, 390 whose recorded hash disagrees
$ cat >story.py <<'EOF'
> import hashlib, json, sys
> full = json.dumps({"rows": list(range(40))}); lines = sys.argv[1] == "lists"
> for i in range(1000):
>     m = [{"role": "user", "content": "look up %d" % i}]
>     if i < 400:
>         m += [{"role": "assistant", "content": None, "tool_calls": [{"id": "c%d" % i, "type": "function", "function": {"name": "q", "arguments": "{}"}}]},
>               {"role": "tool", "tool_call_id": "c%d" % i, "content": full if i >= 390 else "ok, 40 rows"}]
>     q = {"model": "m-2026-01-01", "temperature": 0, "messages": m, "tools": [{"type": "function", "function": {"name": "q", "parameters": {}}}]}
>     e = [{"tool_call_id": "c%d" % i, "sha256": hashlib.sha256(full.encode()).hexdigest()}] if i < 400 else []
>     a = {"id": "a%d" % i, "choices": [{"index": 0, "message": {"role": "assistant", "content": "done"}, "finish_reason": "stop"}]}
>     if sys.argv[1] == "http": print(json.dumps({"url": "https://h/v1/chat/completions", "status": 200, "request_body": q, "response_body": a, "tool_results": e}))
>     else: print(json.dumps({"id": "r%d" % i, "request": q, "response": a, "tool_results": e}))
> EOF
> python3 story.py pairs >story; trace-capture --audit --min 95 story >audit; echo $?; grep . audit
1
replayable 61.0 % (610 of 1000): exact 61.0 % (610), degraded 0.0 % (0): too little
causes (a record may have several)
  tool-result-summarised   not replayable    390 (39.0 %)  degraded      0 ( 0.0 %)  e.g. r0
by endpoint
   61.0 %       610 of 1000     exact  61.0 %  openai.chat
by tool turns in the request
  100.0 %       600 of 600      exact 100.0 %  no tool turn
    2.5 %        10 of 400      exact   2.5 %  1 tool turn

$ trace-capture --audit --min 61 story | head -1; trace-capture --audit --min 61 --min-exact 61.1 story >/dev/null; echo $?
replayable 61.0 % (610 of 1000): exact 61.0 % (610), degraded 0.0 % (0): enough
1

$ python3 story.py http | trace-capture --audit --min 100 | head -1
replayable 100.0 % (1000 of 1000): exact 100.0 % (1000), degraded 0.0 % (0): enough

# records that were captured before carry the evidence with them
$ trace-capture story | jq -c 'del(.gaps) | .replayable = "yes" | .capture.body = "rebuilt"' | trace-capture --audit --format=json | head -2
{"record":"audit","v":1,"by":"total","n":1000,"replayable":610,"exact":610,"degraded":0}
{"record":"audit","v":1,"by":"cause","value":"tool-result-summarised","n":1000,"not_replayable":390,"degraded":0,"examples":["r0","r1","r2"]}

# evidence in the message itself: a hash, a length, a mark; a short result alone is none
$ for claim in '"x":1' '"sha256":"2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df"' '"result_sha256":"00000000000000000000000000000000000000000000000000000000000000aa"' '"bytes":2' '"length":900' '"truncated":true' '"summary":false'; do echo '{"model":"m-2026-01-01","temperature":0,"tools":[{"type":"function","function":{"name":"f"}}],"messages":[{"role":"user","content":"u"},{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"ok",'"$claim"'},{"role":"assistant","content":"done"}]}' | trace-capture | tail -1 | jq -c '[.gaps, (.request.messages[2] | keys)]'; done
[null,["content","role","tool_call_id","x"]]
[null,["content","role","tool_call_id"]]
[["tool-result-summarised"],["content","role","tool_call_id"]]
[null,["content","role","tool_call_id"]]
[["tool-result-summarised"],["content","role","tool_call_id"]]
[["tool-result-summarised"],["content","role","tool_call_id"]]
[null,["content","role","summary","tool_call_id"]]

# nothing came in: no verdict
$ trace-capture --audit --min 95 </dev/null; echo $?; trace-capture --audit </dev/null; echo $?
replayable: nothing to judge, no record came in
6
replayable: nothing to judge, no record came in
0

# HAR: entries that are calls, base64 bodies, times of their own; no key of any kind
$ trace-capture $EXAMPLES/page.har 2>err | tee har | jq -c '[.id, .time, .timing, .url]'; sed 's,: /.*/,: ,' err; grep -cE 'k-123456|sk-not-a-key' har; trace-capture --since 2026-02-11 $EXAMPLES/page.har 2>/dev/null | jq -r .id
["chatcmpl-har0","2026-02-10T09:00:00Z",{"ttft_ms":400.5,"total_ms":412.5},"https://gateway.example/v1/chat/completions"]
["chatcmpl-har1","2026-02-11T09:00:01Z",{"ttft_ms":400.5,"total_ms":413.5},"https://gateway.example/v1/chat/completions"]
trace-capture: page.har: 1 entries are no model calls that can be read: left out
0
chatcmpl-har1

$ jq -c '.log.entries[0].response.content |= (.text = (.text | @base64) | .encoding = "base64") | .log.entries |= [.[0]]' $EXAMPLES/page.har | gzip | trace-capture | jq -c '[.response.choices[0].message.content, .usage]'
["You sail on 2 April at 09:00.",{"input":31,"output":9}]

$ echo '{"log":{"entries":[{"request":{"method":"POST","url":"http://h/v1/messages"},"response":{"status":0}},7,{"request":{"method":"POST","url":"http://h/v1/messages","postData":{"text":"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]"}},"response":{"status":500,"content":{}}}]}}' | trace-capture | jq -c '[.api, .error.type, .gaps]'
trace-capture: standard input: 1 entries are no model calls that can be read: left out
["anthropic.messages","no-response",["request-missing"]]
["anthropic.messages","http_500",["truncated"]]

# request and response without an address: their shapes tell the dialect
$ trace-capture $EXAMPLES/pairs.ndjson | jq -c '[.id, .api, .replayable, .gaps, .usage.input]'; echo '{"request":{"a":1},"response":{"b":2}}' | trace-capture
["p0","openai.chat","yes",null,80]
["p1","openai.chat","no",["tool-result-summarised"],80]
["p2","openai.chat","yes",null,80]
["p3","openai.responses","yes",null,18]
trace-capture: standard input:1: neither a trace, an HTTP exchange, a request and its response, a batch file's line, nor a message list
[3]

$ printf '%s\n' '{"request":{"system":"s","messages":[{"role":"user","content":"u"}],"max_tokens":1}}' '{"request":{"input":"u"},"response":null}' '{"request_body":"{\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}","response_body":"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"}' | trace-capture | jq -c '[.api, .error.type, .stream]'
["anthropic.messages","no-response",null]
["openai.responses","no-response",null]
["openai.chat",null,{"events":2,"bytes":95,"done":true}]

# batch files: requests, then results in any order
$ cat >in.jsonl <<'EOF'
> {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m-2026-01-01","messages":[{"role":"user","content":"1"}]}}
> {"custom_id":"b","method":"POST","url":"/v1/responses","body":{"model":"m-2026-01-01","input":"2"}}
> {"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{"model":"m-2026-01-01","messages":[{"role":"user","content":"3"}]}}
> EOF
> cat >out.jsonl <<'EOF'
> {"id":"r1","custom_id":"b","response":{"status_code":200,"request_id":"q","body":{"id":"resp","object":"response","status":"completed","output":[]}},"error":null}
> {"id":"r2","custom_id":"a","response":{"status_code":429,"body":{"error":{"message":"slow","type":"rate_limit"}}},"error":null}
> {"id":"r3","custom_id":"z","response":{"status_code":200,"body":{"id":"x","choices":[]}},"error":null}
> {"id":"r4","custom_id":"c","response":null,"error":{"code":"batch_expired","message":"too late"}}
> EOF
> trace-capture in.jsonl out.jsonl | jq -c '[.id, .api, .status, .error, .gaps]'
trace-capture: 1 batch results came without their request: give the request file before them
["b","openai.responses",200,null,null]
["a","openai.chat",429,{"type":"rate_limit","message":"slow"},null]
["z","openai.chat",200,{"type":"error","message":"no message"},["request-missing"]]
["c","openai.chat",null,{"type":"batch_expired","message":"too late"},null]

$ cat >in.json <<'EOF'
> {"requests":[{"custom_id":"a","params":{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"1"}]}},
> {"custom_id":"b","params":{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"2"}]}},{"custom_id":"c","params":{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"3"}]}}]}
> EOF
> printf '%s\n' '{"custom_id":"b","result":{"type":"expired"}}' '{"custom_id":"a","result":{"type":"succeeded","message":{"id":"msg","type":"message","role":"assistant","content":[{"type":"text","text":"one"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":1}}}}' '{"custom_id":"b","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"bad"}}}}' | trace-capture in.json - | jq -c '[.id, .api, .error, .usage.output, .response.content[0].text]'
trace-capture: 1 batch requests have no result
["b","anthropic.messages",{"type":"expired","message":"no message"},null,null]
["a","anthropic.messages",null,1,"one"]
["b.2","anthropic.messages",{"type":"invalid_request_error","message":"bad"},null,null]

# the Responses dialect: what a replay cannot rebuild
$ for q in '"input":"u"' '"input":"u","previous_response_id":"r"' '"input":[{"type":"item_reference","id":"i"}]' '"input":"u","tools":[{"type":"web_search"}]' '"input":[{"role":"user","content":"u"},{"type":"reasoning","encrypted_content":"e","summary":[]}]' '"input":"u","conversation":"c"'; do echo '{"url":"https://h/v1/responses","status":200,"request_body":{"model":"m-2026-01-01",'"$q"'},"response_body":{"id":"r","object":"response","status":"completed","output":[]}}'; done | trace-capture | jq -c '[.replayable, .gaps]'
["yes",null]
["no",["server-state"]]
["no",["server-state"]]
["no",["server-tool"]]
["degraded",["encrypted-reasoning"]]
["no",["server-state"]]

# whole sessions by number or by share, the same ones in any order
$ trace-capture $EXAMPLES/traffic.ndjson >t; trace-capture --sample 5 --seed 3 t >s; jq -r .session s | sort -u >a; wc -l <a; for x in $(cat a); do grep -c "\"session\":\"$x\"" t; done | awk '{ n += $1 } END { print n }'; wc -l <s; tac t | trace-capture --sample 5 --seed 3 | jq -r .session | sort -u | cmp - a && echo same; trace-capture --sample 30% t | jq -r .session | sort -u | wc -l; trace-capture --sample 100% t | cmp - t && trace-capture --sample 1000 t | cmp - t && echo all; trace-capture --sample 5 --seed 4 t | jq -r .session | sort -u | cmp -s - a || echo others
5
27
27
same
6
all
others

# mistakes are found before anything is read
$ trace-capture --sample 0 t
trace-capture: --sample: '0' is neither a number of sessions nor a share
[2]

$ trace-capture --sample 120% t
trace-capture: --sample: '120%' is no share from 0% to 100%
[2]

$ trace-capture --min 95 t 2>&1 | head -1
trace-capture: --min, --min-exact and --format belong to --audit

$ trace-capture --min 195 --audit t 2>&1 | head -1
trace-capture: --min: '195' is no percentage such as 95
