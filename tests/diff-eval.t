# the report
$ diff-eval $EXAMPLES/replayed.ndjson | grep .
INCONCLUSIVE  not decided
fjord-1-2026-01-15 → fjord-2-2026-03-02
Slices                          n  −100                 +100  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                        8  ───────────●┼──────────    -12.5 [-96.4, +83.6]       0.59  inconclusive
    no                         2      ────────●────────      +0.0 [-65.8, +65.8]           1  inconclusive
  answers that hold all checks: 100.0 % → 90.0 %, −10.0 points, 95 % [−95.3, +84.7], n = 10 pairs
  1 regressed, 0 improved (McNemar exact p = 1); margin 2.0 points
  by Newcombe's interval for the effective number of pairs; 2 sessions, p = 0.34, design effect 1.00
  a true loss of 5.0 points takes about 1029 pairs to find (power 80 %)
  same answer as the record: 7 of 10 (70.0 %), 95 % [39.7, 89.2]
  more than a tenth of the records could not be judged
  about 179 more pairs would decide it, if these rates hold
  this would settle it: replay --baseline=2 --model fjord-2-2026-03-02 <traces | diff-eval
Not judged: 4 of 14 records (28.6 %)
     2  not replayable: tool-schema-missing, sampling-missing, model-alias
     1  not replayable: tool-schema-missing, tool-result-missing, sampling-missing, model-alias
     1  not replayable: dialect-unknown
Worst differences
  1. chatcmpl-700e6f908890c6 (session s01): tool arguments: refund: "amount" has the wrong type
       was  refund({"reference":"TR3320","amount":390,"currency":"NOK"})
       now  refund({"reference":"TR3320","amount":"390 NOK","currency":"NOK"})
  2. chatcmpl-c7b35b35d88a82 (session s01): other answer
       was  I have refunded 390 NOK to your card; it takes three to five days.
       now  Refunded 390 NOK to your card; it takes three to five days.
  3. chatcmpl-389f7fbc8e058d (session s01): other answer
       was  Hello Ingrid! What is your booking reference?
       now  Hi Ingrid! What is your booking reference?
Checks                          n   before      now  difference, 95 %               p  verdict
all checks                     10  100.0 %   90.0 %  -10.0 [-95.3, +84.7]        0.34  inconclusive
all checks, completed only     10  100.0 %   90.0 %  -10.0 [-95.3, +84.7]        0.34  
status                         10  100.0 %  100.0 %  +0.0 [-94.2, +94.2]            1  inconclusive
not truncated                  10  100.0 %  100.0 %  +0.0 [-94.2, +94.2]            1  inconclusive
tool arguments                  4  100.0 %   75.0 %  -25.0 [-98.6, +75.7]         0.3  inconclusive
no refusal                     10  100.0 %  100.0 %  +0.0 [-94.2, +94.2]            1  inconclusive
input tokens                   10    459.2    459.2  +0 [+0, +0]                    1  
output tokens                  10     16.5     16.4  -0.1 [-0.143, +0]            0.5  
  intervals of numbers: paired bootstrap, 10000 rounds, seed 42
Answers against the record
       6  identical to the byte
       1  same text but for blanks and Unicode form
       3  another answer

# nothing passes on a part: no run record, one that says stopped, one that does not fit
$ jq -c 'select(.record == "replay" and .candidate.skipped == null) | .candidate.response = .response | .candidate.status = 200' $EXAMPLES/replayed.ndjson >same; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do jq -c ".id += \"$i\" | .session = .id | .baseline = [.candidate]" same; done >many; diff-eval many | grep -E 'decided|partial'; diff-eval --allow-partial many | head -1
INCONCLUSIVE  not decided
  the replay's last line, its run record, is missing: it may be cut off (--allow-partial)
PASS  no loss beyond the margin, by these checks

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":300,"done":300,"skipped":0,"failed":0,"stopped":null}') | diff-eval | head -1
PASS  no loss beyond the margin, by these checks

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":301,"done":300,"skipped":0,"failed":0,"stopped":null}') | diff-eval | grep partial
  the replay planned another number of records than are here (--allow-partial)

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":300,"done":300,"skipped":0,"failed":0,"stopped":"budget"}') | diff-eval | grep partial
  the replay was stopped before its end (--allow-partial)

# the ladder of sameness: each pair one step lower
$ pair() { printf "%s\n" "{\"record\":\"replay\",\"v\":1,\"id\":\"$1\",\"api\":\"openai.chat\",\"request\":{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]},\"response\":{\"choices\":[{\"message\":$2,\"finish_reason\":\"stop\"}]},\"candidate\":{\"api\":\"openai.chat\",\"status\":200,\"response\":{\"choices\":[{\"message\":$3,\"finish_reason\":\"stop\"}]}}}"; }; call() { printf "%s\n" "{\"id\":\"$1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"$2\"}}"; }; c() { printf "%s\n" "{\"content\":$1,\"tool_calls\":[$2]}"; }; (pair same "$(c '"x"' "$(call 1 '{}')")" "$(c '"x"' "$(call 2 '{}')")"; pair spelling "$(c null "$(call 1 '{\"a\":1.0,\"b\":2}')")" "$(c null "$(call 2 '{ \"b\":2,\"a\":1}')")"; pair order "$(c null "$(call 1 '{\"a\":1}'),$(call 2 '{\"a\":2}')")" "$(c null "$(call 3 '{\"a\":2}'),$(call 4 '{\"a\":1}')")"; pair blanks "$(c '"Caf\u00e9  au\nlait"' '')" "$(c '" Cafe\u0301 au lait "' '')"; pair number "$(c null "$(call 1 '{\"a\":9007199254740993}')")" "$(c null "$(call 2 '{\"a\":9007199254740992}')")"; pair twice "$(c null "$(call 1 '{\"a\":1}')")" "$(c null "$(call 1 '{\"a\":1}'),$(call 2 '{\"a\":1}')")"; pair text "$(c '"a"' '')" "$(c '"b"' '')") >ladder; diff-eval --format=json ladder | jq -r 'select(.record == "diff") | [.id, .verdict, .reasons[]] | @tsv'
same	identical
spelling	same-arguments
order	same-calls
blanks	same-text
number	different	other calls
twice	different	other calls
text	different	other text

# agreement as the gate: exactly the changed ones are found
$ diff-eval --allow-partial --min-agree 50% ladder | sed -n '1p;/same answer as/p'; diff-eval --allow-partial --min-agree 60% ladder >out; echo $?
PASS  the answers agree with the record
  same answer as the record: 4 of 7 (57.1 %), 95 % [25.0, 84.2]; asked for: 50.0 %
1

# arguments against the schema: each fault in words
$ schema='{"type":"object","properties":{"d":{"type":"string","pattern":"^[0-9-]+$","maxLength":10},"n":{"type":"integer","minimum":1},"e":{"enum":["a","b",1.0]},"l":{"type":"array","items":{"type":"number"},"minItems":1},"o":{"anyOf":[{"type":"null"},{"const":5}]}},"required":["d"],"additionalProperties":false}'; args() { jq -nc --argjson s "$schema" --arg a "$1" --arg n "${2:-f}" '{record:"replay",v:1,id:$a,api:"openai.chat",request:{tools:[{type:"function",function:{name:"f",parameters:$s}}]},response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:"f",arguments:"{\"d\":\"1\"}"}}]},finish_reason:"tool_calls"}]},candidate:{api:"openai.chat",status:200,response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:$n,arguments:$a}}]},finish_reason:"tool_calls"}]}}}'; }; for a in '{}' '{"d":"x"}' '{"d":"12345678901"}' '{"d":"1","n":0}' '{"d":"1","n":1.5}' '{"d":"1","e":"c"}' '{"d":"1","l":[]}' '{"d":"1","l":["x"]}' '{"d":"1","o":4}' '{"d":"1","z":1}' '{"d":' 'null'; do args "$a" | diff-eval --no-bodies | grep '  1\.'; done; args '{}' g | diff-eval --no-bodies | grep '  1\.'
  1. {}: tool arguments: f: "d" is missing
  1. {"d":"x"}: tool arguments: f: "d" does not match its pattern
  1. {"d":"12345678901"}: tool arguments: f: "d" is too long
  1. {"d":"1","n":0}: tool arguments: f: "n" is too small
  1. {"d":"1","n":1.5}: tool arguments: f: "n" has the wrong type
  1. {"d":"1","e":"c"}: tool arguments: f: "e" is none of the values allowed
  1. {"d":"1","l":[]}: tool arguments: f: "l" is too short
  1. {"d":"1","l":["x"]}: tool arguments: f: has the wrong type
  1. {"d":"1","o":4}: tool arguments: f: "o" fits none of its forms
  1. {"d":"1","z":1}: tool arguments: f: "z" is not a parameter
  1. {"d":: tool arguments: f: the arguments are no JSON
  1. null: tool arguments: f: has the wrong type
  1. {}: tool arguments: g is not among the tools

# what fits, fits; a keyword that is not known is no pass
$ schema='{"type":"object","properties":{"d":{"type":"string","pattern":"^[0-9-]+$","maxLength":10},"n":{"type":"integer","minimum":1},"e":{"enum":["a","b",1.0]},"l":{"type":"array","items":{"type":"number"},"minItems":1},"o":{"anyOf":[{"type":"null"},{"const":5}]}},"required":["d"],"additionalProperties":false}'; args() { jq -nc --argjson s "$schema" --arg a "$1" --arg n "${2:-f}" '{record:"replay",v:1,id:$a,api:"openai.chat",request:{tools:[{type:"function",function:{name:"f",parameters:$s}}]},response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:"f",arguments:"{\"d\":\"1\"}"}}]},finish_reason:"tool_calls"}]},candidate:{api:"openai.chat",status:200,response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:$n,arguments:$a}}]},finish_reason:"tool_calls"}]}}}'; }; for a in '{"d":"1","n":3.0}' '{"d":"2026-01-01","e":1,"l":[1,2.5],"o":null}'; do args "$a" | diff-eval --format=json | jq -c 'select(.record == "diff") | .checks["tool arguments"]'; done; schema='{"type":"object","$ref":"#/x"}'; args '{}' | diff-eval --format=json | jq -c 'select(.record == "diff") | .checks["tool arguments"]'
{"baseline":"pass","candidate":"pass"}
{"baseline":"pass","candidate":"pass"}
{"baseline":"unknown","candidate":"unknown"}

# two files: by id, by content, by any field; repeated keys meet in order; what is left over is counted
$ diff-eval $EXAMPLES/traces.ndjson $EXAMPLES/replayed.ndjson | grep -E 'answers that|regressed,|same answer|tenth'; head -3 $EXAMPLES/traces.ndjson >old; (head -2 old; head -1 old; jq -c '.id = "new"' old | tail -1) >new; diff-eval old new | sed -n '/Not judged/,/^$/p' | grep .; diff-eval --key content old new | sed -n '/Not judged/,/^$/p' | grep .; diff-eval --key .request_sha256 --map id=.session old new | sed -n '/Not judged/,/^$/p' | grep .
  answers that hold all checks: 100.0 % → 90.0 %, −10.0 points, 95 % [−95.3, +84.7], n = 10 pairs
  1 regressed, 0 improved (McNemar exact p = 1); margin 2.0 points
  same answer: 7 of 10 (70.0 %), 95 % [39.7, 89.2]
  more than a tenth of the records could not be judged
Not judged: 3 of 5 records (60.0 %)
     2  only in NEW
     1  only in OLD
Not judged: 1 of 4 records (25.0 %)
     1  only in NEW
Not judged: 1 of 4 records (25.0 %)
     1  only in NEW

# a gate without records does not decide, and says so as it is told
$ diff-eval </dev/null | head -4 | grep .; diff-eval --inconclusive=1 </dev/null >out; echo $?
INCONCLUSIVE  not decided
  there is nothing to compare
Not judged: 0 of 0 records
1

# findings outrank bad lines
$ (cat ladder; echo x) | diff-eval --allow-partial --min-agree 100% >out; echo $?
diff-eval: standard input:8: byte 1: unexpected character
1

$ diff-eval --markdown $EXAMPLES/replayed.ndjson | grep .
### Model comparison: ❔ inconclusive
not decided
- more than a tenth of the records could not be judged
- about 179 more pairs would decide it, if these rates hold
- this would settle it: replay --baseline=2 --model fjord-2-2026-03-02 \<traces \| diff-eval
| slice | n | before | now | regressed | improved | difference, 95 % | verdict |
|---|--:|--:|--:|--:|--:|---|---|
| `tool_use` = `yes` | 8 | 100.0 % | 87.5 % | 1 | 0 | -12.5 [-96.4, +83.6] | inconclusive |
| `tool_use` = `no` | 2 | 100.0 % | 100.0 % | 0 | 0 | +0.0 [-65.8, +65.8] | inconclusive |
| check | n | before | now | regressed | improved | difference, 95 % | verdict |
|---|--:|--:|--:|--:|--:|---|---|
| all checks | 10 | 100.0 % | 90.0 % | 1 | 0 | -10.0 [-95.3, +84.7] | inconclusive |
| all checks, completed only | 10 | 100.0 % | 90.0 % | 1 | 0 | -10.0 [-95.3, +84.7] |  |
| status | 10 | 100.0 % | 100.0 % | 0 | 0 | +0.0 [-94.2, +94.2] | inconclusive |
| not truncated | 10 | 100.0 % | 100.0 % | 0 | 0 | +0.0 [-94.2, +94.2] | inconclusive |
| tool arguments | 4 | 100.0 % | 75.0 % | 1 | 0 | -25.0 [-98.6, +75.7] | inconclusive |
| no refusal | 10 | 100.0 % | 100.0 % | 0 | 0 | +0.0 [-94.2, +94.2] | inconclusive |
| input tokens | 10 | 459.2 | 459.2 | | | +0 [+0, +0] |  |
| output tokens | 10 | 16.5 | 16.4 | | | -0.1 [-0.143, +0] |  |
Margin 2 points, by Newcombe's interval for the effective number of pairs.
10 of 14 records judged; same answer as the record: 7 (70.0 %).
- 2 not judged: `not replayable: tool-schema-missing, sampling-missing, model-alias`
- 1 not judged: `not replayable: tool-schema-missing, tool-result-missing, sampling-missing, model-alias`
- 1 not judged: `not replayable: dialect-unknown`
<details><summary>Worst differences</summary>
- `chatcmpl-700e6f908890c6`: tool arguments `refund: "amount" has the wrong type`
  - was `refund({"reference":"TR3320","amount":390,"currency":"NOK"})`
  - now `refund({"reference":"TR3320","amount":"390 NOK","currency":"NOK"})`
- `chatcmpl-c7b35b35d88a82`: other answer 
  - was `I have refunded 390 NOK to your card; it takes three to five days.`
  - now `Refunded 390 NOK to your card; it takes three to five days.`
- `chatcmpl-389f7fbc8e058d`: other answer 
  - was `Hello Ingrid! What is your booking reference?`
  - now `Hi Ingrid! What is your booking reference?`
</details>

$ diff-eval --margin 300% </dev/null
diff-eval: --margin: '300%' is no share such as 2%, 2pp or 0.02
usage: diff-eval [option ...] [old new ... | replayed]
Try 'diff-eval --help'.
[2]

# text from a record moves no cursor and ends no line
$ jq -c 'select(.record == "replay") | .id = "a\u001b[31m\ny" | .session = "\u009b1m" | .model.requested = "m\u0007"' $EXAMPLES/replayed.ndjson | diff-eval --allow-partial | grep -E '^m|1\. ' | cat -v
m  M-bM-^FM-^R fjord-2-2026-03-02
  1. a [31m y (session  1m): tool arguments: refund: "amount" has the wrong type

# several samples of one record are one cluster; a count is no answer
$ head -2 $EXAMPLES/replayed.ndjson >r; (cat r; sed 's/"sample":0/"sample":1/' r) | diff-eval --allow-partial --format=json | jq -s '[.[] | select(.record == "diff")] | length'; sed 's/"mode":"turn"/"mode":"count"/' r | diff-eval --allow-partial | grep counted
4
     2  tokens were counted, no answer was asked for

# 240 pairs with known differences of spelling: equality finds exactly those that mean the same
$ jq -nc 'def calls($l): {tool_calls: [$l[] | {id: "c\(.)" , type: "function", function: {name: .[0], arguments: .[1]}}]}; def rec($i; $a; $b): {record: "replay", v: 1, id: "\($i)", api: "openai.chat", response: {choices: [{message: $a, finish_reason: "stop"}]}, candidate: {api: "openai.chat", status: 200, response: {choices: [{message: $b, finish_reason: "stop"}]}}}; range(240) as $i | ($i % 12) as $k | "{\"n\":\($i),\"city\":\"K\u00f8ln\",\"list\":[1,2.50,{\"b\":null,\"a\":true}]}" as $arguments | if $k < 4 then rec($i; {content: "Same \($i)"}; {content: "Same \($i)"}) elif $k == 4 then rec($i; calls([["f", $arguments]]); calls([["f", "{ \"city\" : \"K\\u00f8ln\", \"list\":[1.0,25e-1,{\"a\":true,\"b\":null}], \"n\":\($i)}"]])) elif $k == 5 then rec($i; calls([["f", $arguments], ["g", "{}"]]); calls([["g", "{ }"], ["f", $arguments]])) elif $k == 6 then rec($i; {content: "Cafe\u0301 \($i)  now"}; {content: "Caf\u00e9 \($i)\nnow "}) elif $k == 7 then rec($i; calls([["f", "{\"n\":9007199254740993}"]]); calls([["f", "{\"n\":9007199254740992}"]])) elif $k == 8 then rec($i; calls([["f", "{\"a\":[1,2]}"]]); calls([["f", "{\"a\":[2,1]}"]])) elif $k == 9 then rec($i; calls([["f", "{\"a\":\"1\"}"]]); calls([["f", "{\"a\":1}"]])) elif $k == 10 then rec($i; {content: "Case \($i)"}; {content: "case \($i)"}) else rec($i; calls([["f", "{}"]]); calls([["f", "{}"], ["f", "{}"]])) end' >spelled; diff-eval --allow-partial --format=json spelled | jq -c 'select(.check == "agreement") | .levels | with_entries(select(.value > 0))'; diff-eval --format=json spelled | jq -r 'select(.record == "diff") | [.verdict, ((.id | tonumber) % 12)] | @tsv' | sort -u
{"identical":80,"same-arguments":20,"same-calls":20,"same-text":20,"different":100}
different	10
different	11
different	7
different	8
different	9
identical	0
identical	1
identical	2
identical	3
same-arguments	4
same-calls	5
same-text	6

# options that are none
$ for a in --key=.a[ --candidate= --cluster= --slices=,, --max-keys=0 --seed=x '--rows=.a|fromjson' --labels=none; do diff-eval "$a" $EXAMPLES/replayed.ndjson 2>&1 | head -1; done; diff-eval --slices id --max-keys 5 $EXAMPLES/replayed.ndjson; echo $?; diff-eval --slices tenant,tenant,tool_use --format=json $EXAMPLES/replayed.ndjson | jq -c 'select(.record == "diff") | .slices' | head -1
diff-eval: --key: '.a[': [ ] takes a number from 0 or a string
diff-eval: --candidate: '': it is empty
diff-eval: --cluster: '': it is empty
diff-eval: --slices: ',,': 1 to 16 fields, commas between
diff-eval: --max-keys: 0 is not between 1 and 1000000
diff-eval: --seed: 'x' is not a number
diff-eval: --rows: '.a|fromjson': |fromjson cannot be used here
diff-eval: none: No such file or directory
diff-eval: --slices: more than 5 values: name fields with fewer, or give --max-keys
4
{"tool_use":false,"tenant":"oslo"}

# what sides cost that do not say it: the price book knows
$ echo '{"prices":1,"currency":"USD","models":[{"model":"fjord-1-*","input":"2","output":"10"},{"model":"fjord-2-*","input":"4","output":"20"}]}' >book; diff-eval --prices book --format=json $EXAMPLES/replayed.ndjson | jq -c 'select(.check == "cost") | [.n, .baseline.mean, .candidate.mean, .unit]'; diff-eval --prices book $EXAMPLES/replayed.ndjson | grep '^ *cost'; diff-eval $EXAMPLES/replayed.ndjson | grep -c '^ *cost'
[10,0.0010834,0.0021648,null]
cost                           10 0.0010834 0.0021648  +0.00108 [+0.000902, +0.00116]  0.0002  
0
[1]
