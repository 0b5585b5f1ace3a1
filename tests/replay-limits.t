# the old model, the new one, several times: numbered answers, one run line
$ trace-capture $EXAMPLES/traffic.ndjson >t; rm -f url; trace-serve t $EXAMPLES/candidate.ndjson >url 2>/dev/null & sh $TESTS/await url; head -2 t | replay --model fjord-2-2026-03-02 --repeat 2 --baseline 3 --base-url "$(cat url)" >out; kill $!; jq -c '[.record, .candidate.sample, (.baseline | length), [.baseline[]?.model.answered] [0]]' out; tail -1 out; head -1 out | jq -c '[.baseline[].sample]'
["replay",0,3,"fjord-1-2026-01-15"]
["replay",1,0,null]
["replay",0,3,"fjord-1-2026-01-15"]
["replay",1,0,null]
["run",null,0,null]
{"record":"run","v":1,"tool":"replay","planned":4,"done":4,"skipped":0,"failed":0,"stopped":null,"attempts":10}
[0,1,2]

# a limit of calls: retries count; what is answered is written, the rest left out
$ rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 4 --max-calls 7 --base-url "$(cat url)" t >out; echo $?; grep -c '"candidate":{"mode":"turn","model"' out; tail -1 out | jq -c '[.done, .stopped, .attempts]'; diff-eval out | head -1; kill $!
replay: stopped early: max-calls
0
7
[7,"max-calls",7]
INCONCLUSIVE  not decided

$ rm -f url; perl $TESTS/hostile flaky=2 log >url & sh $TESTS/await url; head -3 t | replay -c 1 --max-calls 4 --base-url "$(cat url)" | tail -1; kill $!
replay: stopped early: max-calls
{"record":"run","v":1,"tool":"replay","planned":3,"done":0,"skipped":0,"failed":0,"stopped":"max-calls","attempts":4,"retries":1}

# a limit of tokens: what a call could take is reserved before it is sent
$ rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 4 --max-tokens 6000 --base-url "$(cat url)" t 2>/dev/null >out; tail -1 out | jq -c '[.done > 1, .stopped]'; jq '.candidate.usage // empty | .input + .output' out | awk '{ n += $1 } END { print (n > 500 && n <= 6000) }'; replay --max-tokens 1 --base-url "$(cat url)" t 2>&1 | tail -1; kill $!
[true,"max-tokens"]
1
{"record":"run","v":1,"tool":"replay","planned":64,"done":0,"skipped":0,"failed":0,"stopped":"max-tokens"}

# a limit of money: by the price book, and nothing is sent that has no price
$ echo '{"prices":1,"currency":"USD","models":[{"model":"fjord-1-*","input":"2","output":"10"}]}' >book; rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; o="--base-url $(cat url) --prices book"; replay -c 4 --max-cost 0.05 $o t 2>/dev/null >out; tail -1 out | jq -c '[.done > 1, .stopped]'; jq -r 'select(.record == "replay") | .candidate | .usage as $u | select($u) | [.cost, ($u.input * 2 + $u.output * 10)] | @tsv' out | awk '{ d = $1 * 1e6 - $2; if (d * d > 1e-6) print; n += $1 } END { print (n > 0.001 && n <= 0.05) }'; head -2 t | replay --max-cost 1 --base-url "$(cat url)" 2>&1 | tail -1; head -2 t | replay --max-cost no $o 2>&1; head -4 t | replay $o --plan | grep ^cost; head -4 t | replay $o --plan --format=json | jq -c '[.cost, .cost_known]'; kill $!
[true,"max-cost"]
1
{"record":"run","v":1,"tool":"replay","planned":2,"done":0,"skipped":0,"failed":0,"stopped":"max-cost: no price for the model"}
replay: --max-cost: 'no' is no amount above 0
cost         0.003798  USD for the recorded tokens of 4 of 4 calls
["0.003798",4]

# a rate: evenly spaced, retries too
$ rm -f url log; perl $TESTS/hostile flaky=1 log >url & sh $TESTS/await url; s=$(date +%s%N); head -3 t | replay -c 3 --rate 10/s --base-url "$(cat url)" | tail -1 | jq -c '[.done, .attempts]'; e=$((($(date +%s%N) - s) / 1000000)); test $e -ge 480 && test $e -lt 2000 && echo spaced; kill $!
[3,6]
spaced

$ replay --rate 5/day t 2>&1 | head -1; replay --rate x t 2>&1 | head -1; replay --rate 0/s t 2>&1 | head -1
replay: --rate: '5/day' is not like 50/min, 10/s or 1000/h
replay: --rate: 'x' is not like 50/min, 10/s or 1000/h
replay: --rate: '0/s' is not like 50/min, 10/s or 1000/h

# no money left: stop, and say so
$ rm -f url log; perl $TESTS/hostile quota log >url & sh $TESTS/await url; head -20 t | replay -c 2 --base-url "$(cat url)" >out; echo $?; tail -1 out | jq -c '[.failed, .stopped, .attempts <= 3]'; kill $!
replay: stopped early: insufficient-quota
5
[2,"insufficient-quota",true]

# a body that a server fails over is not tried again and again
$ rm -f url log; perl $TESTS/hostile fail=500 log >url & sh $TESTS/await url; head -1 t | replay -c 1 --repeat 5 --retries 1 --base-url "$(cat url)" | tail -1; kill $!; grep -c ^POST log
{"record":"run","v":1,"tool":"replay","planned":5,"done":0,"skipped":0,"failed":5,"stopped":null,"attempts":6,"retries":1}
6

# what would be sent: nothing is
$ replay --plan --base-url http://127.0.0.1:9 --repeat 2 --baseline 1 t; replay --plan --format=json t | jq -c '[.records, .calls, .skipped, .input_known]'
calls             288  of 100 records, 96 of them to the old model
to                237  fjord-1-2026-01-15 as openai.chat to http://127.0.0.1:9/v1/chat/completions
                   51  claude-harbor-20260110 as anthropic.messages to http://127.0.0.1:9/v1/messages
               137424  input tokens recorded for 288 of 288 calls
not counted       237  fjord-1-2026-01-15: no vocabulary is known for it: name a file with --vocab
                   51  claude-harbor-20260110: its tokenizer is not public: replay --count asks
                 4752  output tokens recorded for 288 of 288 calls
skipped             2  not replayable: tool-schema-missing, sampling-missing, model-alias
                    1  not replayable: tool-schema-missing, tool-result-missing, sampling-missing, model-alias
                    1  not replayable: dialect-unknown
[100,96,4,96]

# superseded attempts are passed on with the reason; those whose retry never came are asked
$ q='"record":"trace","v":1,"api":"openai.chat","session":"s","replayable":"yes","request_sha256":"x","request":{"model":"m","messages":[{"role":"user","content":"u"}]}'; printf '%s\n' "{\"id\":\"a1\",\"attempt\":1,\"status\":429,$q}" "{\"id\":\"b\",\"status\":200,$q}" "{\"id\":\"a2\",\"attempt\":2,\"status\":503,\"parent\":\"a1\",$q}" "{\"id\":\"a3\",\"attempt\":3,\"status\":200,\"parent\":\"a1\",$q}" "{\"id\":\"c1\",\"attempt\":1,\"status\":500,${q%%,\"request_sha*},\"request\":{\"messages\":[]}}" >s; rm -f url; perl $TESTS/hostile flaky=0 >url & sh $TESTS/await url; replay --base-url "$(cat url)" s | jq -c 'select(.id) | [.id, .candidate.skipped, .candidate.status]'; (head -1 s; sleep 1; tail -n +2 s) | replay --base-url "$(cat url)" | jq -c 'select(.id == "a1") | .candidate.skipped'; (head -1 s; sleep 5) | replay --base-url "$(cat url)" | (read -r line; date +%s%N >got); end=$(date +%s%N); test $((end - $(cat got))) -gt 1500000000 && echo not held for ever; kill $!
["a1","superseded by attempt 2: a2",null]
["b",null,200]
["a2","superseded by attempt 3: a3",null]
["a3",null,200]
["c1",null,200]
"superseded by attempt 2: a2"
not held for ever

# batches: written for one, collected from its results in any order; the same answers as live
$ replay --emit=openai-batch t 2>err >b; cat err; head -1 b | jq -c '[(.custom_id | length), .method, .url, (.body | keys)]'; jq -r .custom_id b | sort -u | wc -l; jq -c 'select(.api == "openai.chat")' t >chat; rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 1 --base-url "$(cat url)" chat >live; kill $!; replay --emit=openai-batch chat 2>/dev/null >b; jq -c 'select(.candidate.response) | {status_code: 200, body: .candidate.response}' live >answers; jq -cn --slurpfile a answers --slurpfile b b '[$a, $b] | transpose[] | {custom_id: .[1].custom_id, response: .[0], error: null}' | shuf --random-source=b >results; replay --emit=openai-batch --collect results chat >collected; echo $?; for f in live collected; do jq -c 'select(.candidate.response) | [.id, .candidate.response, .candidate.usage]' $f >$f.a; done; cmp live.a collected.a && wc -l <live.a
replay: 4 records are not in the batch: --plan says why
[32,"POST","/v1/chat/completions",["messages","model","seed","temperature","tools"]]
96
0
79

$ replay --emit=anthropic-batch --model anthropic/m t 2>/dev/null >b; jq -c '[(.requests | length), (.requests[0].params | keys)]' b; jq -c '.requests | reverse | .[] | {custom_id, result: {type: "succeeded", message: {id: "m", type: "message", role: "assistant", model: "m-1", content: [{type: "text", text: .custom_id}], stop_reason: "end_turn", usage: {input_tokens: 2, output_tokens: 1}}}}' b | sed '1s/succeeded/expired/' >r; replay --collect r --model anthropic/m --api anthropic.messages t >out; echo $?; replay --emit=anthropic-batch --collect r --model anthropic/m t | jq -c 'select(.candidate.model) | .candidate | [.status, .error.type, .usage.output]' | sort | uniq -c
[96,["max_tokens","messages","model","system","temperature","tools"]]
5
     95 [200,null,1]
      1 [null,"expired",null]

$ replay --emit=anthropic-batch </dev/null; replay --collect /nowhere t; replay --plan --collect r t 2>&1 | head -1; replay --emit=openai-batch --stream on t 2>&1 | head -1
{"requests":[]}
replay: /nowhere: No such file or directory
replay: --collect: /nowhere: it cannot be read
replay: --plan and --collect exclude each other
replay: a batch neither counts nor streams

# the example: a verdict by way of a batch
$ sh $EXAMPLES/batch 2>/dev/null | sed -n '1p;/answers that/p'
FAIL  do not switch: the candidate is worse
  answers that hold all checks: 98.7 % → 86.1 %, −12.7 points, 95 % [−23.3, −3.2], n = 79 pairs
