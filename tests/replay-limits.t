# the old model, the new one, several times: numbered answers, one run line
$ trace-capture $EXAMPLES/traffic.ndjson >t; rm -f url; trace-serve t $EXAMPLES/candidate.ndjson >url 2>/dev/null & sh $TESTS/await url; head -2 t | replay --model fjord-2-2026-03-02 --repeat 2 --baseline 3 --base-url "$(cat url)" >out; kill $!; jq -c '[.record, .candidate.sample, (.baseline | length), [.baseline[]?.model.answered] [0]]' out; tail -1 out; head -1 out | jq -c '[.baseline[].sample]'
sh: 1: trace-capture: not found
await: nothing in url
sh: 1: replay: not found
sh: 1: kill: No such process


# a limit of calls: retries count; what is answered is written, the rest left out
$ rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 4 --max-calls 7 --base-url "$(cat url)" t >out; echo $?; grep -c '"candidate":{"mode":"turn","model"' out; tail -1 out | jq -c '[.done, .stopped, .attempts]'; diff-eval out | head -1; kill $!
await: nothing in url
sh: 1: replay: not found
127
0
sh: 1: diff-eval: not found
sh: 1: kill: No such process

[1]

$ rm -f url; perl $TESTS/hostile flaky=2 log >url & sh $TESTS/await url; head -3 t | replay -c 1 --max-calls 4 --base-url "$(cat url)" | tail -1; kill $!
sh: 1: replay: not found

# a limit of tokens: what a call could take is reserved before it is sent
$ rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 4 --max-tokens 6000 --base-url "$(cat url)" t 2>/dev/null >out; tail -1 out | jq -c '[.done > 1, .stopped]'; jq '.candidate.usage // empty | .input + .output' out | awk '{ n += $1 } END { print (n > 500 && n <= 6000) }'; replay --max-tokens 1 --base-url "$(cat url)" t 2>&1 | tail -1; kill $!
await: nothing in url
0
sh: 1: replay: not found
sh: 1: kill: No such process

[1]

# a rate: evenly spaced, retries too
$ rm -f url log; perl $TESTS/hostile flaky=1 log >url & sh $TESTS/await url; s=$(date +%s%N); head -3 t | replay -c 3 --rate 10/s --base-url "$(cat url)" | tail -1 | jq -c '[.done, .attempts]'; e=$((($(date +%s%N) - s) / 1000000)); test $e -ge 480 && test $e -lt 2000 && echo spaced; kill $!
sh: 1: replay: not found

$ replay --rate 5/day t 2>&1 | head -1; replay --rate x t 2>&1 | head -1; replay --rate 0/s t 2>&1 | head -1
sh: 1: replay: not found
sh: 1: replay: not found
sh: 1: replay: not found

# no money left: stop, and say so
$ rm -f url log; perl $TESTS/hostile quota log >url & sh $TESTS/await url; head -20 t | replay -c 2 --base-url "$(cat url)" >out; echo $?; tail -1 out | jq -c '[.failed, .stopped, .attempts <= 3]'; kill $!
sh: 1: replay: not found
127

# a body that a server fails over is not tried again and again
$ rm -f url log; perl $TESTS/hostile fail=500 log >url & sh $TESTS/await url; head -1 t | replay -c 1 --repeat 5 --retries 1 --base-url "$(cat url)" | tail -1; kill $!; grep -c ^POST log
sh: 1: replay: not found
grep: log: No such file or directory
[2]

# what would be sent: nothing is
$ replay --plan --base-url http://127.0.0.1:9 --repeat 2 --baseline 1 t; replay --plan --format=json t | jq -c '[.records, .calls, .skipped, .input_known]'
sh: 1: replay: not found
sh: 1: replay: not found

# superseded attempts are passed on with the reason; those whose retry never came are asked
$ q='"record":"trace","v":1,"api":"openai.chat","session":"s","replayable":"yes","request_sha256":"x","request":{"model":"m","messages":[{"role":"user","content":"u"}]}'; printf '%s\n' "{\"id\":\"a1\",\"attempt\":1,\"status\":429,$q}" "{\"id\":\"b\",\"status\":200,$q}" "{\"id\":\"a2\",\"attempt\":2,\"status\":503,\"parent\":\"a1\",$q}" "{\"id\":\"a3\",\"attempt\":3,\"status\":200,\"parent\":\"a1\",$q}" "{\"id\":\"c1\",\"attempt\":1,\"status\":500,${q%%,\"request_sha*},\"request\":{\"messages\":[]}}" >s; rm -f url; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; replay --base-url "$(cat url)" s | jq -c 'select(.id) | [.id, .candidate.skipped, .candidate.status]'; (head -1 s; sleep 1; tail -n +2 s) | replay --base-url "$(cat url)" | jq -c 'select(.id == "a1") | .candidate.skipped'; (head -1 s; sleep 5) | replay --base-url "$(cat url)" | (read -r line; date +%s%N >got); end=$(date +%s%N); test $((end - $(cat got))) -gt 1500000000 && echo not held for ever; kill $!
sh: 1: replay: not found
sh: 1: replay: not found
sh: 1: replay: not found
not held for ever

# batches: written for one, collected from its results in any order; the same answers as live
$ replay --emit=openai-batch t 2>err >b; cat err; head -1 b | jq -c '[(.custom_id | length), .method, .url, (.body | keys)]'; jq -r .custom_id b | sort -u | wc -l; jq -c 'select(.api == "openai.chat")' t >chat; rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 1 --base-url "$(cat url)" chat >live; kill $!; replay --emit=openai-batch chat 2>/dev/null >b; jq -c 'select(.candidate.response) | {status_code: 200, body: .candidate.response}' live >answers; jq -cn --slurpfile a answers --slurpfile b b '[$a, $b] | transpose[] | {custom_id: .[1].custom_id, response: .[0], error: null}' | shuf --random-source=b >results; replay --emit=openai-batch --collect results chat >collected; echo $?; for f in live collected; do jq -c 'select(.candidate.response) | [.id, .candidate.response, .candidate.usage]' $f >$f.a; done; cmp live.a collected.a && wc -l <live.a
sh: 1: replay: not found
0
await: nothing in url
sh: 1: replay: not found
sh: 1: kill: No such process

sh: 1: replay: not found
127
0

$ replay --emit=anthropic-batch --model anthropic/m t 2>/dev/null >b; jq -c '[(.requests | length), (.requests[0].params | keys)]' b; jq -c '.requests | reverse | .[] | {custom_id, result: {type: "succeeded", message: {id: "m", type: "message", role: "assistant", model: "m-1", content: [{type: "text", text: .custom_id}], stop_reason: "end_turn", usage: {input_tokens: 2, output_tokens: 1}}}}' b | sed '1s/succeeded/expired/' >r; replay --collect r --model anthropic/m --api anthropic.messages t >out; echo $?; replay --emit=anthropic-batch --collect r --model anthropic/m t | jq -c 'select(.candidate.model) | .candidate | [.status, .error.type, .usage.output]' | sort | uniq -c
sh: 1: replay: not found
127
sh: 1: replay: not found

$ replay --emit=anthropic-batch </dev/null; replay --collect /nowhere t; replay --plan --collect r t 2>&1 | head -1; replay --emit=openai-batch --stream on t 2>&1 | head -1
sh: 1: replay: not found
sh: 1: replay: not found
sh: 1: replay: not found
sh: 1: replay: not found
