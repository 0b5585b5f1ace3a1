# both orders: what both name wins, what goes with the position is a tie, the same is not asked
$ sh $EXAMPLES/judged >judged; jq -r 'select(.record == "replay") | [.id, (.scores[0] | .score, .label, .judge.position, (.judge.orders // [] | join("+")))] | @tsv' judged; jq -c 'select(.tool == "judge") | del(.v)' judged
chatcmpl-389f7fbc8e058d	0.5	tie	first	baseline+candidate
chatcmpl-27e955333e6884	0.5	tie		
chatcmpl-f0e7dd3ebbfd0b	0.5	tie	first	baseline+candidate
chatcmpl-7e492b9f7c5c21	0.5	tie		
chatcmpl-a0ed8e24af989b	0.5	tie		
chatcmpl-700e6f908890c6	0	baseline	consistent	baseline+baseline
chatcmpl-c7b35b35d88a82	1	candidate	consistent	candidate+candidate
chatcmpl-5e5eaaedee30d4	0.5	tie		
chatcmpl-18566378028a72	0.5	tie		
chatcmpl-8890263da7f47f	0.5	tie		
s17-0				
s17-1				
s17-2				
sha-d3f802090b786514				
{"record":"run","tool":"judge","planned":14,"done":10,"skipped":4,"failed":0,"stopped":null,"attempts":8,"position":{"judged":4,"same":6,"first":2,"second":0,"unsure":0}}

# the rest of the record is as it was, also the run record of replay; older scores of that name give way
$ cd $EXAMPLES; jq -c 'del(.scores)' $OLDPWD/judged | head -15 >$OLDPWD/less; jq -c . replayed.ndjson | cmp - $OLDPWD/less

# a bias that was planted is found: of 40 pairs 10 go with the first place, 4 with the second
$ questions() { judge -m j --rubric $EXAMPLES/rubric.txt --plan "$@"; }; replies() { jq -c '(.id | capture("m(?<n>[0-9]+)/(?<o>[a-z]+)")) as $i | ($i.n | tonumber) as $n | ($i.o == "candidate") as $c | (if $n <= 10 then "1" elif $n <= 14 then "2" elif $n <= 16 then (if $c then "tie" else "2" end) else (if $c then "1" else "2" end) end) as $w | .status = 200 | .response = {choices: [{finish_reason: "stop", message: {content: "{\"winner\":\"\($w)\"}"}}], usage: {prompt_tokens: 900, completion_tokens: 10}}'; }; sh $TESTS/pairs m 0 40 0 0 >pairs; questions pairs | replies >replies; rm -f url; trace-serve --log log replies >url & sh $TESTS/await url; judge -m j --rubric $EXAMPLES/rubric.txt --base-url $(cat url) pairs >judged; head -40 judged >verdicts; tail -1 judged | jq -c .position; diff-eval --allow-partial --check none --check score:judge judged | grep judge:; wc -l <log; kill $!
judge: 14 of 40 verdicts (35.0 %) went with the position of the answer: they count as ties
{"judged":40,"same":0,"first":10,"second":4,"unsure":2}
  score:judge: 0.0 % → 60.0 %, +60.0 points, 95 % [+42.3, +73.7], n = 40 pairs
  judge: 14 of 40 verdicts changed with the order (35.0 %): 10 for the first, 4 for the second; these count as ties
80

# a budget is kept, what is not judged passes, and nothing passes the gate; going on costs only the rest
$ questions() { judge -m j --rubric $EXAMPLES/rubric.txt --plan "$@"; }; rm -f url; trace-serve --log log2 replies >url & sh $TESTS/await url; u=$(cat url); judge -m j --rubric $EXAMPLES/rubric.txt --base-url $u --resume j --max-calls 30 -c 4 pairs >part; echo $?; jq -c 'select(.tool == "judge") | [.planned, .done, .failed, .stopped]' part; jq -r 'select(.record == "replay") | .id' part | wc -l; wc -l <log2; diff-eval --check none --check score:judge part | grep 'judge was'; judge -m j --rubric $EXAMPLES/rubric.txt --base-url $u --resume j pairs 2>errors >whole; wc -l <log2; head -40 whole | cmp - verdicts; kill $!
judge: 14 of 15 verdicts (93.3 %) went with the position of the answer: they count as ties
judge: stopped early: max-calls; the rest passes unjudged
0
[40,15,0,"max-calls"]
40
30
  the judge was stopped before its end (--allow-partial)
80

# killed in the middle, and resumed: the same output, and no answered call asked again
$ rm -f url; trace-serve --log log3 --latency 20ms replies >url & h=$!; sh $TESTS/await url; u=$(cat url); for t in 0.15 0.2 0.25; do timeout -s KILL $t judge -m j --rubric $EXAMPLES/rubric.txt --base-url $u --resume k -c 2 pairs >dead 2>errors; done; judge -m j --rubric $EXAMPLES/rubric.txt --base-url $u --resume k pairs 2>errors >whole; head -40 whole | cmp - verdicts; test $(wc -l <log3) -le 86 && echo few; kill $h
few

# another rubric is another judge, and another journal
$ echo 'Prefer the longer one.' >long; judge -m j --rubric long --base-url $(jq -r '.to | select(.)' j) --resume j pairs 2>&1 | tail -1
judge: --resume: j: call 0 is not the one of 'm1': the same input and the same options are needed again

# replies that are no verdict: the record passes without one, counted as failed
$ questions() { judge -m j --rubric $EXAMPLES/rubric.txt --plan "$@"; }; head -1 pairs >one; for w in 'no idea' '{"winner":"3"}' '' '{"winner":1} but then {"winner":"tie"} }'; do questions one | jq -c --arg w "$w" '.status = 200 | .response = {choices: [{finish_reason: "stop", message: {content: $w}}]}' >r; rm -f url; trace-serve r >url & sh $TESTS/await url; judge -m j --rubric $EXAMPLES/rubric.txt --base-url $(cat url) --retries 0 one >out; echo $?; jq -c 'if .tool then [.done, .failed] else [.scores[]?.label] end' out; kill $!; done
5
[]
[0,1]
5
[]
[0,1]
5
[]
[0,1]
0
["tie"]
[1,0]

# samples meet the baselines of their record
$ sh $TESTS/pairs m 0 1 0 0 | jq -c '.baseline += [.baseline[0] | .response.choices[0].message.content = "Another."] | ., (del(.baseline) | .candidate.sample = 1)' >samples; judge -m j --rubric $EXAMPLES/rubric.txt --plan samples | jq -r '.request.messages[1].content | capture("Answer 1\n<[0-9a-f]+>\n(?<a>[^\n]*)") | .a'
It is done.
It is
Another.
It is

# other dialects are spoken too
$ judge -m anthropic/harbor-2 --rubric $EXAMPLES/rubric.txt --plan one | jq -c '[.api, .request.model, (.request.system | tostring)[0:30], (.request.messages | length)]' | head -1
["anthropic.messages","harbor-2","[{\"type\":\"text\",\"text\":\"You co",1]

# what it cannot do without
$ judge one; echo $?; judge -m j --rubric none one; : >empty; judge -m j --rubric empty one; judge -m j --rubric $EXAMPLES/rubric.txt </dev/null | jq -c .planned
judge: --model and --rubric are needed
usage: judge [option ...] [file ...]
Try 'judge --help'.
2
judge: --rubric: none: No such file or directory
judge: --rubric: empty: it is empty
0

# a candidate of another name; a score of that name gives way, others stay
$ jq -c '.grok = .candidate | del(.candidate)' pairs >grok; judge -m j --rubric $EXAMPLES/rubric.txt --candidate grok --plan grok | wc -l; sh $EXAMPLES/judged 2>err | jq -c 'if .scores then .scores += [{name: "other", score: 1}] else . end' >again; rm -f url; judge -m judge-1 --rubric $EXAMPLES/rubric.txt --plan again | jq -c -f $EXAMPLES/verdicts.jq >v; trace-serve v >url & sh $TESTS/await url; judge -m judge-1 --rubric $EXAMPLES/rubric.txt --base-url $(cat url) again 2>err | jq -c 'select(.scores) | [.scores[].name]' | sort | uniq -c; kill $!
80
     10 ["other","judge"]

# lines that are none
$ (echo '{"a":1}'; echo 'x'; cat one) | judge -m j --rubric $EXAMPLES/rubric.txt --plan | wc -l
judge: standard input:1: not a replay record
judge: standard input:2: byte 1: unexpected character
2
