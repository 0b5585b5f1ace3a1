# every record comes back in its order with the answer of the other model, else unchanged
$ rm -f url; trace-serve $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; export OPENAI_BASE_URL=$(cat url) ANTHROPIC_BASE_URL=$(cat url); trace-capture $EXAMPLES/traffic.ndjson >traces; replay -c 16 --model fjord-2-2026-03-02 traces >replayed; echo $?; kill $!; wait; tail -1 replayed; head -100 replayed | sed 's/^{"record":"replay"/{"record":"trace"/; s/,"candidate":{"mode":.*}$/}/' | cmp - traces; jq -r .candidate.skipped replayed | sort | uniq -c
0
{"record":"run","v":1,"tool":"replay","planned":100,"done":96,"skipped":4,"failed":0,"stopped":null,"attempts":96}
      1 not replayable: dialect-unknown
      2 not replayable: tool-schema-missing, sampling-missing, model-alias
      1 not replayable: tool-schema-missing, tool-result-missing, sampling-missing, model-alias
     97 null

# a record with odd numbers, escapes and unknown fields is spliced, not rewritten
$ printf '%s\n' '{ "v":1,"record" : "trace","id":"a","replayable":"no","gaps":["dialect-unknown"],"x":[1.10,9007199254740993,1E-7,"\u0041\ud800"] ,"candidate":1}' | replay 2>err | head -1; cat err
{ "v":1,"record" : "replay","id":"a","replayable":"no","gaps":["dialect-unknown"],"x":[1.10,9007199254740993,1E-7,"\u0041\ud800"] ,"candidate":{"mode":"turn","skipped":"not replayable: dialect-unknown","sample":0}}
replay: 1 records had a field 'candidate': replaced

$ printf '%s\n' '{"record":"trace","v":1,"id":"a","replayable":"no","candidate":1}' | replay --as other | head -1
{"record":"replay","v":1,"id":"a","replayable":"no","candidate":1,"other":{"mode":"turn","skipped":"not replayable","sample":0}}

# the body that is sent is the recorded one but for what was asked for
$ rm -f url; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; printf '%s\n' '{"record":"trace","v":1,"id":"a","api":"openai.chat","url":"http://127.0.0.1:9/evil","replayable":"yes","request":{ "model":"old", "n" : 1.0, "messages":[{"role":"user","content":"\u0041"}]}}' >one; OPENAI_API_KEY=sk-test replay --model new --set top_p=1e-1 --set n=2 --base-url "$(cat url)/v1/" one | head -1 | jq -c '.candidate | [.modified, .model, .status]'; kill $!; tail -n 1 log; grep -iE '^(POST|authorization|content-type)' log | tr -d '\r'
[[{"field":"request.top_p","action":"set","to":0.1},{"field":"request.n","action":"set","from":1,"to":2}],{"requested":"new","answered":"m"},200]
{ "model":"new", "n" : 2, "messages":[{"role":"user","content":"\u0041"}],"top_p":1e-1}
POST /v1/chat/completions HTTP/1.1
content-type: application/json
authorization: Bearer sk-test

# the system prompt in both dialects
$ rm -f log; echo 'Be kind.' >sys; rm -f url; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; printf '%s\n' '{"record":"trace","v":1,"id":"b","api":"openai.chat","replayable":"yes","request":{"model":"m","messages":[{"role":"developer","content":[{"type":"text","text":"x"}]},{"role":"user","content":"a"}]}}' '{"record":"trace","v":1,"id":"c","api":"anthropic.messages","replayable":"yes","headers":{"anthropic-beta":"b1"},"request":{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a"}]}}' | cat one - | ANTHROPIC_API_KEY=ak replay -c 1 --system sys --base-url "$(cat url)" >out; kill $!; grep '^{' log; grep -i '^\(x-api-key\|anthropic\)' log | tr -d '\r'
{ "model":"old", "n" : 1.0, "messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"\u0041"}]}
{"model":"m","messages":[{"role":"developer","content":"Be kind."},{"role":"user","content":"a"}]}
{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a"}],"system":"Be kind."}
x-api-key: ak
anthropic-version: 2023-06-01
anthropic-beta: b1

# failures are data: 4xx is an answer, the rest is repeated and then recorded
$ for mode in fail=400 fail=503 quota wish=200:true wish=400:true wish=500:false reset short long text empty cut; do rm -f url; perl $TESTS/hostile $mode >url & sh $TESTS/await url; replay --retries 1 --timeout 5s --base-url "$(cat url)" one >out; echo "$mode: $? $(head -1 out | jq -c '.candidate | [.status, .error.type, .attempts, .stream.done]') $(tail -1 out | jq -c '[.done, .failed]')"; kill $!; wait; done
fail=400: 0 [400,"refused",1,null] [1,0]
fail=503: 5 [503,"refused",2,null] [0,1]
replay: stopped early: insufficient-quota
quota: 5 [429,"insufficient_quota",1,null] [0,1]
wish=200:true: 0 [200,null,1,null] [1,0]
wish=400:true: 0 [400,"refused",2,null] [1,0]
wish=500:false: 5 [500,"refused",1,null] [0,1]
reset: 5 [200,"network",2,null] [0,1]
short: 5 [200,"network",2,null] [0,1]
long: 0 [200,"not-json",1,null] [1,0]
text: 0 [200,"not-json",1,null] [1,0]
empty: 0 [200,"empty-response",1,null] [1,0]
cut: 0 [200,null,1,false] [1,0]

# a server that hangs, one that never ends
$ rm -f url; perl $TESTS/hostile hang >url & sh $TESTS/await url; replay --retries 0 --timeout 300ms --base-url "$(cat url)" one | head -1 | jq -c '.candidate.error.type'; kill $!
"network"

$ rm -f url; perl $TESTS/hostile endless >url & sh $TESTS/await url; replay --retries 0 --max-response 2M --base-url "$(cat url)" one | head -1 | jq -c '.candidate.error'; kill $!
{"type":"network","message":"the response is larger than --max-response"}

# what is asked for is waited for
$ rm -f log; rm -f url; perl $TESTS/hostile flaky=3 log >url & sh $TESTS/await url; replay --base-url "$(cat url)" one | head -1 | jq -c '.candidate | [.status, .attempts]'; kill $!; grep -c ^POST log
[200,4]
4

# redirects are not followed, and no key goes where the record points
$ rm -f log; rm -f other; perl $TESTS/hostile flaky=0 log >other & sh $TESTS/await other; a=$!; rm -f url; perl $TESTS/hostile redirect=$(cat other) >url & sh $TESTS/await url; sed "s,http://127.0.0.1:9/evil,$(cat other)/v1/chat/completions," one | OPENAI_API_KEY=sk-test replay --retries 0 --base-url "$(cat url)" | head -1 | jq -c '[.candidate.status]'; kill $! $a; test -e log || echo untouched
[302]
untouched

# a live pipe: the first answer comes before the second record
$ rm -f url; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; (cat one; sleep 3) | replay --base-url "$(cat url)" | (read -r line; date +%s%N >got); end=$(date +%s%N); kill $!; test $((end - $(cat got))) -gt 1500000000 && echo live
live

# mistakes are found before anything is sent
$ replay --set 'a=b' one
replay: --set: 'a=b': the value is no JSON (a string needs its quotes)
[2]

$ replay --base-url ftp://x one
replay: --base-url: 'ftp://x' is no http or https URL
[2]

$ replay --system /nowhere one
replay: --system: /nowhere: No such file or directory
[2]

$ printf 'a\nb' >key; replay --key-file key --base-url http://127.0.0.1:9 one
replay: --key-file: the key has more than one line
[2]

$ echo '{"a":1}' | replay
replay: standard input:1: not a trace record
{"record":"run","v":1,"tool":"replay","planned":0,"done":0,"skipped":0,"failed":0,"stopped":null}
[3]

# a key that the server repeats does not reach the output; one in a file goes to one provider
$ rm -f url; perl $TESTS/hostile echo >url & sh $TESTS/await url; OPENAI_API_KEY=sk-secret-1234 replay --base-url "$(cat url)" one | head -1 | tee out | jq -c .candidate.error; grep -c secret-1234 out; kill $!
{"type":"auth","message":"bad key 'Bearer **************'"}
0

$ rm -f url log; perl $TESTS/hostile flaky=0 log >url & sh $TESTS/await url; echo fk-12345678 >key; printf '%s\n' '{"record":"trace","v":1,"id":"c","api":"anthropic.messages","replayable":"yes","request":{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a"}]}}' | cat one - | OPENAI_BASE_URL=$(cat url) ANTHROPIC_BASE_URL=$(cat url) replay -c 1 --key-file key >out; kill $!; grep -ciE '^(authorization|x-api-key)' log
1

# never more in flight than asked for, retries included; waiting is no part of the latency
$ rm -f url; perl $TESTS/hostile flaky=1 >url & sh $TESTS/await url; for i in 1 2 3; do sed "s/\"id\":\"a\"/\"id\":\"$i\"/; s/0041/004$i/" one; done | replay -c 1 --timeout 2s --base-url "$(cat url)" | jq -c 'select(.candidate) | [.id, .candidate.attempts, .candidate.status, .candidate.timing.total_ms < 300]'; kill $!
["1",2,200,true]
["2",2,200,true]
["3",2,200,true]

# a record that spans lines comes out on one
$ rm -f url; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; jq . one | replay --base-url "$(cat url)" | wc -l; kill $!
2

# interrupted: what is answered is written, and the run record says so
$ rm -f url; mkfifo pipe; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; h=$!; (cat one; sleep 4) >pipe & replay --base-url "$(cat url)" <pipe >stopped & p=$!; sleep 1; kill -TERM $p; wait $p; echo $?; kill $h; cut -c1-30 stopped | head -1; tail -1 stopped
Terminated
143
{"record":"replay","v":1,"id":
{"record":"run","v":1,"tool":"replay","planned":1,"done":1,"skipped":0,"failed":0,"stopped":"interrupted","attempts":1}
