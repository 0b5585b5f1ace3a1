# with faults or without: the same answers, in the same order; what was tried again is counted
$ trace-capture $EXAMPLES/traffic.ndjson >t; norm() { sed -E 's/,"timing":\{[^{}]*\}(,"attempts")/\1/g; s/,"(attempts|retries)":[0-9]+//g; s,http://127.0.0.1:[0-9]+,,g' "$1"; }; rm -f url; trace-serve t >url 2>/dev/null & sh $TESTS/await url; replay -c 16 --base-url "$(cat url)" t >a; kill $!; rm -f url; trace-serve --fault 429:0.2 --fault 500:0.1 --fault cut:0.1 --fault reset:0.02 --fault slow:0.02 --latency 2ms --retry-after 1ms --log log t >url 2>/dev/null & sh $TESTS/await url; replay -c 16 --retries 50 --base-url "$(cat url)" t >b; kill $!; norm a >an; norm b | cmp - an && echo same; tail -1 b | jq -c '[.done, .failed, .retries > 10]'; jq -r '.fault // empty' log | sort -u | tr '\n' ' '
same
[96,0,true]
429 500 cut reset slow 

# the same seed, the same faults; another, others
$ for seed in 1 1 2; do rm -f url log; trace-serve --seed $seed --fault 429:0.3 --retry-after 1ms --log log t >url 2>/dev/null & sh $TESTS/await url; replay -c 16 --retries 50 --base-url "$(cat url)" t >/dev/null; kill $!; wait; jq -c '[.key, .attempt, .fault]' log | sort | sha256sum | cut -c1-8; done | uniq -c | awk '{ print $1 }'
2
1

# a share of one: every attempt; each misfortune as a client sees it
$ head -1 $EXAMPLES/candidate.ndjson | jq -c .request >q; for f in 429 503 529:100% cut slow reset; do rm -f url body; trace-serve --fault $f $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; u=$(cat url); echo "$f $(curl -s -o body -w '%{http_code} %header{retry-after-ms}' $u/v1/chat/completions -d @q; echo " $? $(jq -r '.error.code // .choices[0].message.content' body 2>/dev/null)")"; kill $!; wait; done
429 429 50 0 rate_limit_exceeded
503 503 50 0 server_error
529:100% 529 50 0 server_error
cut 200  18 
slow 200  0 Hi Ingrid! What is your booking reference?
reset 000  56 

# a stream that is cut does not look whole
$ rm -f url; trace-serve --fault cut $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; curl -s "$(cat url)/v1/chat/completions" -d "$(jq -c '.stream = true' q)" >body; echo $?; grep -c '^data' body >n; test $(cat n) -gt 1 && grep -c DONE body; replay --retries 0 --base-url "$(cat url)" --stream=on --model fjord-2-2026-03-02 $EXAMPLES/traces.ndjson | jq -c 'select(.candidate.error) | .candidate.error.type' | sort | uniq -c; kill $!
18
0
     10 "network"

# latency holds for every answer, side by side
$ rm -f url; trace-serve --latency 300ms $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; s=$(date +%s%N); replay -c 10 --model fjord-2-2026-03-02 --base-url "$(cat url)" $EXAMPLES/traces.ndjson | jq -c 'select(.candidate.timing) | .candidate.timing.total_ms > 280' | sort | uniq -c; e=$((($(date +%s%N) - s) / 1000000)); test $e -lt 2000 && echo together; kill $!
     10 true
together

# a client that goes away in the middle does the server no harm
$ rm -f url; trace-serve --fault slow --latency 50ms $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; for i in 1 2 3 4 5; do timeout 0.1 curl -s "$(cat url)/v1/chat/completions" -d "$(jq -c '.stream = true' q)" >/dev/null; done; curl -s "$(cat url)/v1/models" | jq -r '.data[0].id'; kill $!
fjord-2-2026-03-02

# one key, one answer, also where there are several; another key, the next
$ head -1 $EXAMPLES/candidate.ndjson | tee two | jq -c '.id = "again" | .response.choices[0].message.content = "Second."' >>two; rm -f url; trace-serve two >url 2>/dev/null & sh $TESTS/await url; for key in a a b a c; do curl -s -H "Idempotency-Key: $key" "$(cat url)/v1/chat/completions" -d @q | jq -c '.choices[0].message.content'; done; kill $!
"Hi Ingrid! What is your booking reference?"
"Hi Ingrid! What is your booking reference?"
"Second."
"Hi Ingrid! What is your booking reference?"
"Hi Ingrid! What is your booking reference?"

# Responses: plain, as a stream, counted
$ trace-capture $EXAMPLES/pairs.ndjson >p; rm -f url; trace-serve p >url & sh $TESTS/await url; u=$(cat url); q='{"model":"fjord-1-2026-01-15","instructions":"Answer in one sentence.","input":"Ferries on 2 April?"}'; curl -s $u/v1/responses -d "$q" | jq -c '[.id, .output[0].content[0].text]'; curl -s $u/v1/responses -d "${q%?},\"stream\":true}" | grep ^event | uniq -c; curl -s $u/v1/responses/input_tokens -d "$q"; echo; curl -s $u/v1/messages/count_tokens -d '{"model":"x","messages":[{"role":"user","content":"?"}]}' | jq -r .error.message; kill $!
["resp_0001","There are three ferries on 2 April."]
      1 event: response.created
      1 event: response.in_progress
      1 event: response.output_item.added
      1 event: response.content_part.added
      2 event: response.output_text.delta
      1 event: response.output_text.done
      1 event: response.content_part.done
      1 event: response.output_item.done
      1 event: response.completed
{"object":"response.input_tokens","input_tokens":18}
no recorded answer: nearest is p0: the first 0 of 1 items agree (it has 3)

# what is no fault
$ trace-serve --fault 200 t 2>&1 | head -1; trace-serve --fault cut:2 t 2>&1 | head -1; trace-serve --fault cut:0.6 --fault slow:0.6 t 2>&1 | head -1; trace-serve --fault 500:x t 2>&1 | head -1
trace-serve: --fault: neither a status from 400 to 599 nor cut, slow or reset
trace-serve: --fault: shares lie between 0 and 1, and so does their sum
trace-serve: --fault: shares lie between 0 and 1, and so does their sum
trace-serve: --fault: the share is no number
