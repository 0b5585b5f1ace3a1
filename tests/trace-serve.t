# models, answers, streams, what is not recorded
$ rm -f url; trace-serve $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; u=$(cat url); curl -s $u/v1/models | jq -c '[.data[].id]'; head -1 $EXAMPLES/candidate.ndjson | jq -c '.request' >q; curl -s $u/v1/chat/completions -d @q | jq -r '.choices[0].message.content'; curl -s $u/chat/completions -d "$(jq -c '.model = "other" | .stream = true' q)" | head -1 | cut -c1-60; curl -s $u/v1/chat/completions -d "$(jq -c '.messages[1].content = "else"' q)" | jq -c .; curl -s $u/v1/messages -d '{"max_tokens":1,"messages":[]}' | jq -c .; curl -s $u/nowhere -d '{}' | jq -c .; curl -s $u/v1/chat/completions -d '{"a"' | jq -c .; curl -s $u/ | jq -c .; kill $!; wait
["fjord-2-2026-03-02"]
Hi Ingrid! What is your booking reference?
data: {"id":"chatcmpl-d850e8cbf7f983","object":"chat.complet
{"error":{"message":"no recorded answer: nearest is c001: the first 1 of 2 items agree (it has 2)","type":"invalid_request_error","param":null,"code":"not_found"}}
{"type":"error","error":{"type":"invalid_request_error","message":"there is nothing in the request to be answered"}}
{"error":{"message":"no such endpoint: there are /v1/chat/completions, /v1/responses, /v1/messages and /v1/models","type":"invalid_request_error","param":null,"code":"not_found"}}
{"error":{"message":"the body is no JSON: byte 5: ends too early","type":"invalid_request_error","param":null,"code":"bad_request"}}
{"error":{"message":"no such endpoint","type":"invalid_request_error","param":null,"code":"not_found"}}

# the same request in other words: key order, number spelling, and without sampling
$ rm -f url; trace-serve $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; u=$(cat url); curl -s $u/v1/chat/completions -d "$(jq -c -S '.temperature = 0.5 | del(.seed)' q)" | jq -r '.choices[0].message.content'; kill $!; wait
Hi Ingrid! What is your booking reference?

# several answers to one request, in the three ways
$ head -1 $EXAMPLES/candidate.ndjson | tee two | jq -c '.id = "again" | .response.choices[0].message.content = "Second."' >>two; for how in order first error; do rm -f url; trace-serve --ambiguous $how two >url 2>err & sh $TESTS/await url; for i in 1 2 3; do curl -s "$(cat url)/v1/chat/completions" -d @q | jq -c '.choices[0].message.content // .error.message'; done; cat err; kill $!; wait; done
"Hi Ingrid! What is your booking reference?"
"Second."
"Hi Ingrid! What is your booking reference?"
trace-serve: ambiguous: 2 answers to the request of c001: served in recorded order
"Hi Ingrid! What is your booking reference?"
"Hi Ingrid! What is your booking reference?"
"Hi Ingrid! What is your booking reference?"
trace-serve: ambiguous: 2 answers to the request of c001: the first is served
"several answers are recorded for this request"
"several answers are recorded for this request"
"several answers are recorded for this request"
trace-serve: ambiguous: 2 answers to the request of c001: an error is served

# by model: the one asked for, else the one that answered
$ jq -c 'if .id == "again" then .model = {requested: "alias", answered: "real"} else . end' two >models; rm -f url; trace-serve models >url & sh $TESTS/await url; for m in fjord-2-2026-03-02 alias real unknown; do curl -s "$(cat url)/v1/chat/completions" -d "$(jq -c ".model = \"$m\"" q)" | jq -c '.choices[0].message.content // .error.message'; done; kill $!; wait
"Hi Ingrid! What is your booking reference?"
"Second."
"Second."
"no recorded answer: the request is recorded, but not for this model in this dialect"

# in a replay record the candidate is the answer
$ rm -f url; trace-serve $EXAMPLES/replayed.ndjson >url & sh $TESTS/await url; curl -s "$(cat url)/v1/models" | jq -c '[.data[].id]'; kill $!; wait
trace-serve: 4 records hold no answer that could be served
["fjord-2-2026-03-02"]

# nothing to serve, no address to listen on
$ trace-serve </dev/null
trace-serve: no record holds an answer: nothing to serve
[2]

$ trace-serve --listen nowhere $EXAMPLES/candidate.ndjson
trace-serve: --listen: 'nowhere' is not HOST:PORT
[2]

# a recording that failed, or broke off, is not served as if it had not
$ jq -c 'select(.api == "openai.chat")' $EXAMPLES/candidate.ndjson | head -1 | jq -c '.error = {type: "server_error", message: "gone"}, (.stream = {done: false} | .request.messages[1].content = "x")' >failed; rm -f url; trace-serve failed >url & sh $TESTS/await url; for t in '' '.messages[1].content = "x" |'; do for s in true false; do curl -s "$(cat url)/v1/chat/completions" -d "$(jq -c "$t .stream = $s" q)" | tail -n 2 | grep . | cut -c1-90; done; done; kill $!; wait
data: {"error":{"message":"gone","type":"server_error","param":null,"code":"server_error"}
{"error":{"message":"gone","type":"server_error","param":null,"code":"server_error"}}
data: {"id":"chatcmpl-d850e8cbf7f983","object":"chat.completion.chunk","created":177062328
{"error":{"message":"the recorded answer broke off","type":"server_error","param":null,"co

# the same messages recorded in two dialects: each is answered in its own
$ jq -nc '{record:"trace",v:1,id:"A",api:"anthropic.messages",model:{requested:"m"},request:{model:"m",max_tokens:9,messages:[{role:"user",content:"hi"}]},response:{type:"message",content:[{type:"text",text:"from A"}]},replayable:"yes"}, {record:"trace",v:1,id:"O",api:"openai.chat",model:{requested:"m"},request:{model:"m",messages:[{role:"user",content:"hi"}]},response:{choices:[{index:0,message:{content:"from O"}}]},replayable:"yes"}' >mixed; rm -f url; trace-serve mixed >url & sh $TESTS/await url; curl -s "$(cat url)/v1/chat/completions" -d '{"model":"m","temperature":0.5,"messages":[{"role":"user","content":"hi"}]}' | jq -r '.choices[0].message.content'; curl -s "$(cat url)/v1/messages" -d '{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"hi"}]}' | jq -r '.content[0].text'; curl -s "$(cat url)/v1/messages" -d '{"x"' | jq -c '[.type, .error.type]'; kill $!; wait
from O
from A
["error","invalid_request_error"]
