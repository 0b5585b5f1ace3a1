# nothing that a rule matches is left, wherever it stood; equal values stay equal
$ echo 0123456789abcdef >key; cat >rules <<'EOF'
> # mail and cards
> mail [\w.+-]+@[\w-]+(\.[\w-]+)+
> card \b\d{13,16}\b
> EOF
> cat >one <<'EOF'
> {"url":"https://h/v1/chat/completions","status":200,"user":"bob@x.org","note":"for bob@x.org","request_body":{"model":"m-2026-01-01","messages":[{"role":"user","content":"bob@x.org or bob\u0040x.org, not eve@x.org"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"pay","arguments":"{\"card\":4111111111111111,\"to\":[\"bob@x.org\"]}"}}]},{"role":"tool","tool_call_id":"c1","content":"paid by bob@x.org"}],"tools":[{"type":"function","function":{"name":"pay","description":"ask bob@x.org"}}]},"response_body":{"id":"r","choices":[{"index":0,"message":{"role":"assistant","content":"Done, bob@x.org."},"finish_reason":"stop"}]}}
> EOF
> trace-capture --redact rules --redact-key key one >out; grep -cE '@|4111' out; jq -r '.user, .tags.note, .request.messages[0].content, .request.messages[1].tool_calls[0].function.arguments, .tools[0].result, .response.choices[0].message.content' out; jq -c '[.replayable, .gaps, (.modified | length), .modified[2]]' out
0
[mail:148183276068]
for [mail:148183276068]
[mail:148183276068] or [mail:148183276068], not [mail:d2ba13e05c96]
{"card":"[card:96b87011a5b0]","to":["[mail:148183276068]"]}
paid by [mail:148183276068]
Done, [mail:148183276068].
["degraded",["redacted"],11,{"field":"request.messages[0].content","action":"redacted","rule":"mail","count":3}]

# the hashes speak of what is left: recomputed by somebody else
$ python3 -c '
> import hashlib, json
> t = open("out").read(); r = json.loads(t); h = lambda s: hashlib.sha256(s.encode()).hexdigest()
> body = t[t.index("\"request\":") + 10 : t.index(",\"request_sha256\"")]
> answer = t[t.index("\"response\":") + 11 : t.index(",\"response_sha256\"")]
> print(h(body) == r["request_sha256"], len(body.encode()) == r["request_bytes"], h(answer) == r["response_sha256"], h(r["tools"][0]["result"]) == r["tools"][0]["result_sha256"])'
True True True True

# the same from a record of ours; and once more changes nothing
$ trace-capture one | trace-capture --redact rules --redact-key key | jq -S . >a; jq -S . out | cmp - a && echo same; trace-capture --redact rules --redact-key key out | cmp - out && echo stays; trace-capture --redact rules --redact-key key one | jq -c '[.request, .response]' >b; INFERUTILS_REDACT_KEY=another-key-of-16 trace-capture --redact rules one | jq -c '[.request, .response]' | cmp -s - b || echo other key, other placeholders
same
stays
other key, other placeholders

# a name, an id, a schema: then it cannot be replayed; keys of objects are looked at too
$ for q in '"model":"a@b.c","messages":[]' '"messages":[{"role":"tool","tool_call_id":"a@b.c","content":"x"}]' '"messages":[{"role":"user","content":"u"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"default":"a@b.c"}}}]' '"messages":[{"role":"user","content":"u"}],"metadata":{"a@b.c":1}' '"messages":[{"role":"user","content":"a@b.c"}]' '"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,4111111111111111"}}]}]' '"messages":[{"role":"user","content":"data:a@b.c"}]'; do echo '{"request":{'"$q"'},"response":{"choices":[]}}' | trace-capture --redact rules --redact-key key | jq -c '[.gaps[-1], (.modified | length)]'; done
["redacted-structure",2]
["redacted-structure",2]
["redacted-structure",1]
["redacted-structure",1]
["redacted",1]
["model-alias",0]
["redacted",1]

# what modified tells holds no key of an object that a rule matches
$ echo '{"request":{"messages":[{"role":"user","content":"u"}],"metadata":{"a@b.c":{"x":"d@e.f"}}},"response":{"choices":[]}}' | trace-capture --redact rules --redact-key key | tee k | grep -c '@'; jq -c '[.modified[].field | sub("mail:[0-9a-f]*"; "mail")]' k
0
["request.metadata","request.metadata.[mail].x"]

# bodies that are no JSON
$ printf '%s\n' '{"url":"http://h/v1/messages","request_body":"{oops a@b.c","response_body":"a@b.c"}' | trace-capture --redact rules --redact-key key | jq -c '[.request_text, .response_text, .replayable]'
["{oops [mail:f0e7afc228a2]","[mail:f0e7afc228a2]","no"]

# a pattern that runs wild is stopped, and the text it was to look at is not let through
$ echo 'wild ^(a+)+$' >wild; echo '{"request":{"messages":[{"role":"user","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}]}}' | timeout 20 trace-capture --redact wild --redact-key key | jq -c '.request.messages[0].content[0:6]'
"[wild:"

# a rule file that is wrong, a key that is missing
$ printf 'mail x\nbad (\n' >bad; trace-capture --redact bad one
trace-capture: --redact: bad:2: missing closing parenthesis at 2
[2]

$ printf 'a.b x\n' >bad; trace-capture --redact bad one
trace-capture: --redact: bad:1: not a NAME and a PATTERN
[2]

$ INFERUTILS_REDACT_KEY= trace-capture --redact rules one
trace-capture: --redact: a key of at least 16 bytes is needed, in --redact-key FILE or $INFERUTILS_REDACT_KEY (head -c 32 /dev/urandom | base64 makes one)
[2]

$ INFERUTILS_REDACT_KEY=short trace-capture --redact rules one; INFERUTILS_REDACT_KEY= trace-capture --redact rules --redact-key key one | cmp - out && echo same key, same output
trace-capture: --redact: a key of at least 16 bytes is needed, in --redact-key FILE or $INFERUTILS_REDACT_KEY (head -c 32 /dev/urandom | base64 makes one)
same key, same output

# prompt identity: what changes per request is masked
$ for d in 2026-02-10 2026-02-11; do echo '{"request":{"messages":[{"role":"system","content":"Today is '$d'. Be brief."},{"role":"user","content":"u"}]},"prompt":"support"}'; done >p; trace-capture --prompt-from system --mask $EXAMPLES/prompt.mask p | jq -c '[.prompt.name, .prompt.sha256]' | uniq | wc -l; trace-capture --prompt-from system p | jq -c '[.prompt.sha256 == .prompt.raw_sha256, .prompt.name]'; trace-capture --prompt-from system p | jq -r .prompt.sha256 | sort -u | wc -l; printf 'Today is <date>. Be brief.' | sha256sum | cut -c1-8; trace-capture --prompt-from system --mask $EXAMPLES/prompt.mask p | jq -r '.prompt.sha256[0:8]' | head -1
1
[true,"support"]
[true,"support"]
2
8698b060
8698b060
