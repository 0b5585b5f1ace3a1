# the report
$ diff-eval $EXAMPLES/replayed.ndjson | grep .

# nothing passes on a part: no run record, one that says stopped, one that does not fit
$ jq -c 'select(.record == "replay" and .candidate.skipped == null) | .candidate.response = .response | .candidate.status = 200' $EXAMPLES/replayed.ndjson >same; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do cat same; done >many; diff-eval many | head -5 | grep .; diff-eval --allow-partial many | head -1

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":300,"done":300,"skipped":0,"failed":0,"stopped":null}') | diff-eval | head -1

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":301,"done":300,"skipped":0,"failed":0,"stopped":null}') | diff-eval | sed -n 6p

$ (cat many; echo '{"record":"run","v":1,"tool":"replay","planned":300,"done":300,"skipped":0,"failed":0,"stopped":"budget"}') | diff-eval | sed -n 6p

# the ladder of sameness: each pair one step lower
$ pair() { printf "%s\n" "{\"record\":\"replay\",\"v\":1,\"id\":\"$1\",\"api\":\"openai.chat\",\"request\":{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]},\"response\":{\"choices\":[{\"message\":$2,\"finish_reason\":\"stop\"}]},\"candidate\":{\"api\":\"openai.chat\",\"status\":200,\"response\":{\"choices\":[{\"message\":$3,\"finish_reason\":\"stop\"}]}}}"; }; call() { printf "%s\n" "{\"id\":\"$1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"$2\"}}"; }; c() { printf "%s\n" "{\"content\":$1,\"tool_calls\":[$2]}"; }; (pair same "$(c '"x"' "$(call 1 '{}')")" "$(c '"x"' "$(call 2 '{}')")"; pair spelling "$(c null "$(call 1 '{\"a\":1.0,\"b\":2}')")" "$(c null "$(call 2 '{ \"b\":2,\"a\":1}')")"; pair order "$(c null "$(call 1 '{\"a\":1}'),$(call 2 '{\"a\":2}')")" "$(c null "$(call 3 '{\"a\":2}'),$(call 4 '{\"a\":1}')")"; pair blanks "$(c '"Caf\u00e9  au\nlait"' '')" "$(c '" Cafe\u0301 au lait "' '')"; pair number "$(c null "$(call 1 '{\"a\":9007199254740993}')")" "$(c null "$(call 2 '{\"a\":9007199254740992}')")"; pair twice "$(c null "$(call 1 '{\"a\":1}')")" "$(c null "$(call 1 '{\"a\":1}'),$(call 2 '{\"a\":1}')")"; pair text "$(c '"a"' '')" "$(c '"b"' '')") >ladder; diff-eval --format=json ladder | jq -r 'select(.record == "diff") | [.id, .verdict, .reasons[]] | @tsv'

# agreement as the gate: exactly the changed ones are found
$ diff-eval --allow-partial --min-agree 50% ladder | sed -n '1p;4p'; diff-eval --allow-partial --min-agree 60% ladder >out; echo $?

# arguments against the schema: each fault in words
$ schema='{"type":"object","properties":{"d":{"type":"string","pattern":"^[0-9-]+$","maxLength":10},"n":{"type":"integer","minimum":1},"e":{"enum":["a","b",1.0]},"l":{"type":"array","items":{"type":"number"},"minItems":1},"o":{"anyOf":[{"type":"null"},{"const":5}]}},"required":["d"],"additionalProperties":false}'; args() { jq -nc --argjson s "$schema" --arg a "$1" --arg n "${2:-f}" '{record:"replay",v:1,id:$a,api:"openai.chat",request:{tools:[{type:"function",function:{name:"f",parameters:$s}}]},response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:"f",arguments:"{\"d\":\"1\"}"}}]},finish_reason:"tool_calls"}]},candidate:{api:"openai.chat",status:200,response:{choices:[{message:{tool_calls:[{id:"1",type:"function",function:{name:$n,arguments:$a}}]},finish_reason:"tool_calls"}]}}}'; }; for a in '{}' '{"d":"x"}' '{"d":"12345678901"}' '{"d":"1","n":0}' '{"d":"1","n":1.5}' '{"d":"1","e":"c"}' '{"d":"1","l":[]}' '{"d":"1","l":["x"]}' '{"d":"1","o":4}' '{"d":"1","z":1}' '{"d":' 'null'; do args "$a" | diff-eval --no-bodies | grep '  1\.'; done; args '{}' g | diff-eval --no-bodies | grep '  1\.'

# what fits, fits; a keyword that is not known is no pass
$ for a in '{"d":"1","n":3.0}' '{"d":"2026-01-01","e":1,"l":[1,2.5],"o":null}'; do args "$a" | diff-eval --format=json | jq -c 'select(.record == "diff") | .checks["tool arguments"]'; done; schema='{"type":"object","$ref":"#/x"}'; args '{}' | diff-eval --format=json | jq -c 'select(.record == "diff") | .checks["tool arguments"]'

# two files: by id, by content, by any field; repeated keys meet in order; what is left over is counted
$ diff-eval $EXAMPLES/traces.ndjson $EXAMPLES/replayed.ndjson | sed -n '4,7p'; head -3 $EXAMPLES/traces.ndjson >old; (head -2 old; head -1 old; jq -c '.id = "new"' old | tail -1) >new; diff-eval old new | sed -n '/Not judged/,/^$/p'; diff-eval --key content old new | sed -n '/Not judged/,/^$/p'; diff-eval --key .request_sha256 --map id=.session old new | sed -n '/Not judged/,/^$/p'

# a gate without records does not decide, and says so as it is told
$ diff-eval </dev/null | head -4; diff-eval --inconclusive=1 </dev/null >out; echo $?

# findings outrank bad lines
$ (cat ladder; echo x) | diff-eval --allow-partial --min-agree 100% >out; echo $?

$ diff-eval --markdown $EXAMPLES/replayed.ndjson

$ diff-eval --margin 300% </dev/null
