# the model's name tells the dialect: a prefix, the table, --api; else the record's own
$ trace-capture $EXAMPLES/pairs.ndjson >p; for o in '' '--model claude-x' '--model gpt-9' '--model openai/z' '--model anthropic/z' '--model ollama/z' '--model z' '--api openai.responses --model openai/z' '--models '$EXAMPLES'/house.models --model harbor-1'; do echo "$o:" | sed "s,$EXAMPLES/,,"; replay --plan --base-url http://h $o p | grep ' as '; done
:
to                  2  fjord-1-2026-01-15 as openai.chat to http://h/v1/chat/completions
                    1  fjord-1-2026-01-15 as openai.responses to http://h/v1/responses
--model claude-x:
to                  3  claude-x as anthropic.messages to http://h/v1/messages
--model gpt-9:
to                  2  gpt-9 as openai.chat to http://h/v1/chat/completions
                    1  gpt-9 as openai.responses to http://h/v1/responses
--model openai/z:
to                  2  z as openai.chat to http://h/v1/chat/completions
                    1  z as openai.responses to http://h/v1/responses
--model anthropic/z:
to                  3  z as anthropic.messages to http://h/v1/messages
--model ollama/z:
to                  3  z as openai.chat to http://h/v1/chat/completions
--model z:
to                  2  z as openai.chat to http://h/v1/chat/completions
                    1  z as openai.responses to http://h/v1/responses
--api openai.responses --model openai/z:
to                  3  openai/z as openai.responses to http://h/v1/responses
--models house.models --model harbor-1:
to                  3  harbor-1 as anthropic.messages to http://h/v1/messages

$ OLLAMA_HOST=10.0.0.5 replay --plan --model ollama/z p | grep -o 'http[^ ]*'; OLLAMA_HOST=10.0.0.5:99 OPENAI_BASE_URL=http://o ANTHROPIC_BASE_URL=http://a replay --plan --model ollama/z p | grep -o 'http[^ ]*'; OPENAI_BASE_URL=http://o ANTHROPIC_BASE_URL=http://a replay --plan --model anthropic/z p | grep -o 'http[^ ]*'
http://10.0.0.5:11434/v1/chat/completions
http://10.0.0.5:99/v1/chat/completions
http://a/v1/messages

# what is sent, and what is said of it
$ cat >one <<'EOF'
> {"record":"trace","v":1,"id":"a","api":"openai.chat","replayable":"yes","model":{"requested":"old"},"request":{"model":"old","temperature":1.5,"seed":1,"max_tokens":9999,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}}
> EOF
> for m in anthropic/claude-3-haiku-20240307 anthropic/claude-new gpt-5 old; do rm -f url log; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; replay --base-url "$(cat url)" --model $m one | jq -c '.candidate.translation // empty | .[]'; kill $!; grep '^{' log; done
{"field":"request.temperature","action":"clamped","from":1.5,"to":1}
{"field":"request.seed","action":"dropped","from":1}
{"field":"request.max_tokens","action":"clamped","from":9999,"to":4096,"why":"model"}
{"model":"claude-3-haiku-20240307","system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":[{"type":"text","text":"u"}]}],"max_tokens":4096,"temperature":1}
{"field":"request.temperature","action":"clamped","from":1.5,"to":1}
{"field":"request.seed","action":"dropped","from":1}
{"field":"request.temperature","action":"dropped","from":1,"why":"model"}
{"model":"claude-new","system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":[{"type":"text","text":"u"}]}],"max_tokens":9999}
{"field":"request.temperature","action":"dropped","from":1.5,"why":"model"}
{"field":"request.max_tokens","action":"renamed","to":"max_completion_tokens","why":"model"}
{"model":"gpt-5","seed":1,"max_completion_tokens":9999,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}
{"model":"old","temperature":1.5,"seed":1,"max_tokens":9999,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}

# the records of three dialects to each other's servers: answered, translated, none lost
$ cat one >three; trace-capture $EXAMPLES/pairs.ndjson | tail -1 >>three; trace-capture $EXAMPLES/traffic.ndjson | grep -m1 anthropic.messages >>three; for api in openai.chat openai.responses anthropic.messages; do rm -f url log; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; replay -c 1 --api $api --base-url "$(cat url)" three | jq -c 'select(.candidate) | [.api, .candidate.api, .candidate.status, (.candidate.translation | length)]'; grep ^POST log | tr -d '\r'; kill $!; done
["openai.chat","openai.chat",200,0]
["openai.responses","openai.chat",200,1]
["anthropic.messages","openai.chat",200,2]
POST /v1/chat/completions HTTP/1.1
POST /v1/chat/completions HTTP/1.1
POST /v1/chat/completions HTTP/1.1
["openai.chat","openai.responses",200,2]
["openai.responses","openai.responses",200,0]
["anthropic.messages","openai.responses",200,2]
POST /v1/responses HTTP/1.1
POST /v1/responses HTTP/1.1
POST /v1/responses HTTP/1.1
["openai.chat","anthropic.messages",200,2]
["openai.responses","anthropic.messages",200,1]
["anthropic.messages","anthropic.messages",200,0]
POST /v1/messages HTTP/1.1
POST /v1/messages HTTP/1.1
POST /v1/messages HTTP/1.1

# rules for models that are wrong
$ echo '[{"match":"x","drop":"temperature","colour":1}]' >m; replay --models m one; echo '{}' >m; replay --models m one; echo '[{"match":"x","rename":{"a":1}}]' >m; replay --models m one
replay: --models: m: rule 1: a member that no rule has
replay: --models: m: not an array of rules
replay: --models: m: rule 1: "rename" is not {"old":"new"}
[2]

$ replay --api gemini one
replay: --api: 'gemini' is not one of openai.chat, openai.responses, anthropic.messages
[2]

# a gateway's headers come from the environment, and come back as asterisks
$ rm -f url log; perl $TESTS/hostile echo log >url & sh $TESTS/await url; GATE=gate-secret-1 OPENAI_API_KEY=sk-secret-123 replay --header x-gate=@GATE --header x-team=@LOGNAME --base-url "$(cat url)" one >out 2>err; cat err; LOGNAME=crew GATE=gate-secret-1 OPENAI_API_KEY=sk-secret-123 replay --header x-gate=@GATE --header x-team=@LOGNAME --base-url "$(cat url)" one >out; kill $!; grep -i '^x-' log | tr -d '\r'; grep -c secret out
replay: --header: x-team=@LOGNAME: the variable LOGNAME is not set
x-gate: gate-secret-1
x-team: crew
0
[1]

$ replay --header x-gate=plain one 2>&1 | head -1; replay --header x-gate=@NOT_SET one 2>&1 | head -1
replay: --header: 'x-gate=plain' is not NAME=@VARIABLE
replay: --header: x-gate=@NOT_SET: the variable NOT_SET is not set

# a key in a file is for the provider that is asked, not for the baseline's
$ rm -f url log; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; echo fk-12345678 >key; OPENAI_BASE_URL=$(cat url) ANTHROPIC_BASE_URL=$(cat url) replay -c 1 --key-file key --baseline 1 --model anthropic/m one >out; kill $!; grep -ciE '^authorization' log; grep -iE '^(POST|x-api-key)' log | tr -d '\r'
0
POST /v1/chat/completions HTTP/1.1
POST /v1/messages HTTP/1.1
x-api-key: fk-12345678

# a stream or none, whatever was recorded
$ for s in on off recorded; do rm -f url log; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; replay --stream $s --base-url "$(cat url)" one | jq -c '.candidate.modified // empty'; kill $!; grep -o '"stream.*' log; done
[{"field":"request.stream","action":"set","to":true}]
"stream":true,"stream_options":{"include_usage":true}}
[1]

# counting: a number, no number, a zero, an error
$ rm -f url; trace-serve p >url & sh $TESTS/await url; for m in '' '--api anthropic.messages'; do replay --count $m --base-url "$(cat url)" p | jq -c 'select(.candidate) | [.id, .candidate.mode, .candidate.count, .candidate.url[22:], .candidate.error.type]' | sed 's,"[0-9/]*v1,"v1,'; done; kill $!
["p0","count",80,"v1/responses/input_tokens",null]
["p1","turn",null,null,null]
["p2","count",80,"v1/responses/input_tokens",null]
["p3","count",18,"v1/responses/input_tokens",null]
["p0","count",80,"v1/messages/count_tokens",null]
["p1","turn",null,null,null]
["p2","count",80,"v1/messages/count_tokens",null]
["p3","count",18,"v1/messages/count_tokens",null]

$ rm -f url; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; replay --count --base-url "$(cat url)" one | jq -c 'select(.candidate) | [.candidate.count, .candidate.error.type]'; kill $!
[null,"no-count"]

# edited on the way here: sent as it is, and said to be
$ trace-capture $EXAMPLES/pairs.ndjson | head -1 >e; rm -f url; trace-serve p >url 2>/dev/null & sh $TESTS/await url; for f in . '.request.temperature = 1'; do jq -c "$f" e | replay --base-url "$(cat url)" | jq -c 'select(.candidate) | [.candidate.edited, .candidate.status]'; done; kill $!; jq -r .request e >body; jq -n --rawfile b body '{url: "https://h/v1/chat/completions", request_body: $b}' | trace-capture | replay --plan | grep -c edited
[null,200]
[true,200]
0
[1]
