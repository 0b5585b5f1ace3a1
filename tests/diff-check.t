# what is asked of the words: each check finds its own
$ texts() { i=0; for t; do i=$((i + 1)); jq -nc --arg t "$t" --arg id "$i" '{record: "trace", v: 1, id: $id, api: "openai.chat", response: {choices: [{message: {content: $t}, finish_reason: "stop"}]}}'; done; }; texts 'Order 17 is sent.' 'Order 18 is sent.' '{"a":1}' >old; texts 'Order 17 is sent.' 'It is sent, my dear friend.' '{"a":"x"}' >new; echo '{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number"}}}' >a.json; for c in 'regex:[0-9]+' contains:sent max-length:20 schema:a.json; do diff-eval --check none --check "$c" --format=json old new | jq -c 'select(.record == "diff") | .checks | to_entries[] | [.key, .value.baseline, .value.candidate]'; done
["regex:[0-9]+","pass","pass"]
["regex:[0-9]+","pass","fail"]
["regex:[0-9]+","pass","fail"]
["contains:sent","pass","pass"]
["contains:sent","pass","pass"]
["contains:sent","fail","fail"]
["max-length:20","pass","pass"]
["max-length:20","pass","fail"]
["max-length:20","pass","pass"]
["schema:a.json","fail","fail"]
["schema:a.json","fail","fail"]
["schema:a.json","pass","fail"]

# the request's own schema; a keyword that is not known makes the check not comparable, not passed
$ formats() { jq -c --argjson s "$1" '.request = {response_format: {type: "json_schema", json_schema: {name: "a", schema: $s}}}'; }; for s in '{"type":"object","required":["a"]}' '{"type":"object","unevaluatedProperties":false}'; do tail -1 old | formats "$s" >o; tail -1 new | formats "$s" | jq -c '.response.choices[0].message.content = "{}"' >n; diff-eval --check none --check schema o n --format=json | jq -c 'select(.check == "schema" and .slice == null) | [.n, .unknown, .regressed, .verdict]'; done
[1,0,1,"inconclusive"]
[0,1,0,"not-comparable"]

# wherever the dialects say it; any object will do where no schema is given
$ a() { jq -nc --argjson r "$1" --arg t "$2" '{record: "trace", v: 1, id: "1", api: "openai.chat", request: $r, response: {choices: [{message: {content: $t}, finish_reason: "stop"}]}}'; }; for r in '{"response_format":{"type":"json_object"}}' '{"text":{"format":{"type":"json_schema","schema":{"type":"object"}}}}' '{"output_format":{"type":"json_schema","schema":{"type":"object"}}}' '{"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}' '{"response_format":{"type":"text"}}'; do a "$r" '{}' >o; a "$r" '[]' >n; diff-eval --check none --check schema --format=json o n | jq -c 'select(.record == "diff") | .checks.schema'; done
{"baseline":"pass","candidate":"fail"}
{"baseline":"pass","candidate":"fail"}
{"baseline":"pass","candidate":"fail"}
{"baseline":"pass","candidate":"fail"}
null

# booleans and numbers anywhere in any record; numbers have their means
$ for i in 1 2 3 4 5 6 7 8; do echo "{\"n\":$i,\"r\":{\"ok\":true,\"s\":$i.5}}"; done >old; sed 's/"ok":true,"s":\([1-4]\)/"ok":false,"s":1\1/' old >new; diff-eval --key n --check none --check field:.r.ok --check field:r.s old new | grep -E '^(field|all)'; sed 's/true/1/; s/false/0/' new | diff-eval --key n --check none --check field:r.ok --format=json old - | jq -c 'select(.check == "field:r.ok" and .slice == null) | [.regressed, .method]'
all checks                      8  100.0 %   50.0 %  -50.0 [-78.5, -6.8]         0.12  fail
field:.r.ok                     8  100.0 %   50.0 %  -50.0 [-78.5, -6.8]         0.12  fail
field:r.s                       8        5       10  +5 [+1.25, +8.75]          0.008  inconclusive
[4,"newcombe"]

# the product's own word has to be on both sides
$ sh $TESTS/pairs m 3 0 0 0 | jq -c '.outcome.ok = true | .baseline[0].outcome.resolved = true | .candidate.outcome.ok = false' >both; diff-eval --allow-partial --check none --check outcome --format=json both | jq -c 'select(.check == "outcome" and .slice == null and .arm == "difference") | [.n, .unknown, .regressed, .verdict]'; jq -c 'del(.baseline[0].outcome)' both | diff-eval --allow-partial --check none --check outcome --format=json | jq -c 'select(.check == "outcome" and .slice == null and .arm == "difference") | [.n, .unknown, .regressed, .verdict]'
[3,0,3,"fail"]
[0,3,0,"not-comparable"]

# scores by name: numbers on both sides, or a judge's word about the two
$ sh $TESTS/pairs m 4 0 0 0 | jq -c '.baseline[0].scores = [{name: "tone", score: 4}] | .candidate.scores = [{name: "tone", score: 4.5}, {name: "other", score: 0}]' | diff-eval --allow-partial --check none --check score:tone | grep -E '^score'; sh $TESTS/pairs m 10 0 0 0 | jq -c '.scores = [{name: "judge", label: (if .id < "m3" then "baseline" elif .id < "m9" then "candidate" else "tie" end), judge: {name: "j", sha256: "x", position: (if .id == "m9" then "first" else "consistent" end)}}]' >judged; diff-eval --allow-partial --check none --check score:judge judged | grep -E '^score|judge:'
score:tone                      4        4      4.5  +0.5 [+0.5, +0.5]         0.0002  inconclusive
  score:judge: 30.0 % → 60.0 %, +30.0 points, 95 % [−26.1, +70.3], n = 10 pairs
  judge: 1 of 10 verdicts changed with the order (10.0 %): 1 for the first, 0 for the second; these count as ties
score:judge                    10   30.0 %   60.0 %  +30.0 [-26.1, +70.3]        0.51  inconclusive

# a program of the user's: one for all pairs, or one for each
$ sh $TESTS/pairs m 3 2 0 0 >pairs; f='{baseline: (.baseline.text | endswith(".")), candidate: (.candidate.text | endswith("."))}'; for c in "filter:jq -c --unbuffered '$f'" "command:jq '$f' -c"; do diff-eval --allow-partial --check none --check "$c" --format=json pairs | jq -c 'select(.slice == null and .check != "agreement" and .n > 0 and .verdict != null and .check != "all checks") | [.n, .regressed, .improved]'; done; diff-eval --allow-partial --check none --check 'command:jq -c "[.id, .session, .candidate.calls, (.request | type), (.baseline.response | type)]" >&2; echo null' pairs 2>&1 | head -2
[5,2,0]
[5,2,0]
["m1",null,[],"object","object"]
["m2",null,[],"object","object"]

# one that ends early, or talks nonsense, leaves pairs unknown; it is said, and nothing passes
$ diff-eval --allow-partial --check none --check 'filter:for i in 1 2; do read -r l; echo "{\"baseline\":true,\"candidate\":true}"; done' pairs >out; echo $?; head -1 out; diff-eval --allow-partial --check none --check 'command:echo no' pairs | grep -E '^(INC|command)|unknown'; diff-eval --allow-partial --check none --check 'command:exit 3' pairs >out; echo $?
diff-eval: --check: 'for i in 1 2; do read -r l; echo "{\"baseline\":true,\"candidate\":true}"; done' gave no answer to 3 of 5 pairs: it ended too early
4
INCONCLUSIVE  not decided
INCONCLUSIVE  not decided
command:echo no                 0  not-comparable
  command:echo no: unknown for 5 pairs
diff-eval: --check: 'exit 3' gave no answer to 5 of 5 pairs
4

# a check that is none
$ for c in wish 'regex:(' field: 'field:a[' max-length:x schema:none.json filter: score; do diff-eval --check "$c" pairs; done
diff-eval: --check: 'wish' is none of none, schema, regex:, contains:, max-length:, field:, outcome, score:, filter:, command:
diff-eval: --check: 'regex:(': missing closing parenthesis at 2
diff-eval: --check: 'field:' needs something behind a colon
diff-eval: --check: 'field:a[': [ ] takes a number from 0 or a string
diff-eval: --check: 'max-length:x': no number of characters
diff-eval: --check: 'schema:none.json': No such file or directory
diff-eval: --check: 'filter:' needs something behind a colon
diff-eval: --check: 'score' needs something behind a colon
[2]

# two result files of other programs: lines with a score, a document with rows
$ awk 'BEGIN { for (i = 0; i < 400; i++) printf "{\"doc_id\":%d,\"doc\":{\"q\":\"q%d\"},\"target\":\"A\",\"filtered_resps\":[\"x\"],\"doc_hash\":\"h%d\",\"acc\":%.1f}\n", i, i, i, i % 4 != 0 }' >a.jsonl; awk '{ sub(/"acc":1.0/, NR % 10 ? "\"acc\":1.0" : "\"acc\":0.0"); print }' a.jsonl >b.jsonl; diff-eval --key doc_id --check field:acc a.jsonl b.jsonl | sed -n '1p;/^  field/p'; for f in a b; do jq -s '{evalId: "e", results: {version: 3, results: [.[] | {promptIdx: 0, testIdx: .doc_id, success: (.acc == 1), score: .acc, latencyMs: 12, id: "\(.doc_id)-'$f'"}]}, config: {}}' $f.jsonl >$f.json; done; diff-eval --key testIdx --check field:success a.json b.json | sed -n '1p;/^  answers/p'; for f in a b; do jq -c '{list: .results.results}' $f.json >list.$f; done; diff-eval --rows list --key testIdx --check field:success list.a list.b | grep answers; diff-eval a.jsonl b.jsonl 2>&1 | grep -c 'any others'
FAIL  do not switch: the candidate is worse
  field:acc: 75.0 % → 65.0 %, −10.0 points, 95 % [−13.0, −7.0], n = 400 pairs
FAIL  do not switch: the candidate is worse
  answers that hold all checks: 75.0 % → 65.0 %, −10.0 points, 95 % [−13.0, −7.0], n = 400 pairs
  answers that hold all checks: 75.0 % → 65.0 %, −10.0 points, 95 % [−13.0, −7.0], n = 400 pairs
10

# people's labels: how far the judge is right, and what that does to its verdict
$ awk 'function draw() { return (s = s * 16807 % 2147483647) / 2147483647 } BEGIN { s = 12345; for (i = 0; i < 1000; i++) { a = draw() < .8; b = draw() < .7; print "{\"id\":" i ",\"ok\":" (a ? "true" : "false") "}" >"old"; print "{\"id\":" i ",\"ok\":" (b ? "true" : "false") "}" >"new"; if (i % 5 == 0) print "{\"id\":\"" i "\",\"baseline\":" (draw() < .9 ? a : 1 - a) ",\"candidate\":" (draw() < .9 ? b : 1 - b) "}" >"labels" } }'; diff-eval --check none --check field:ok --labels labels old new | grep labels: | sed 's/[0-9]/0/g'; diff-eval --check none --check field:ok --labels labels --format=json old new | jq -c 'select(.check == "labels" or (.check == "field:ok" and .slice == null)) | [.check, .n, .method, .verdict]'; echo '{"id":1}' | diff-eval --check field:ok --labels - old new; echo $?
  labels: 000 of 0000 pairs, kappa 0.00; corrected: 00.0 % → 00.0 %, −00.0 points, 00 % [−00.0, −0.0]
["field:ok",1000,"ppi","fail"]
["labels",200,"ppi",null]
diff-eval: standard input:1: no label: it needs id, and label (candidate, baseline, tie) or baseline and candidate
diff-eval: --labels: - cannot be used
2

# items of a benchmark with categories: directions that the whole hides, the family of all slices
$ awk 'function put(c, n, l, w,  i) { for (i = 0; i < n; i++) { print "{\"id\":\"" c i "\",\"category\":\"" c "\",\"valid\":" (i >= l && i < l + w ? "false" : "true") "}" >"old"; print "{\"id\":\"" c i "\",\"valid\":" (i < l ? "false" : "true") "}" >"new" } } BEGIN { put("simple", 400, 35, 13); put("relevance", 240, 21, 3); put("java", 100, 6, 10); put("javascript", 50, 2, 8); put("parallel", 200, 10, 6); put("multiple", 200, 8, 4); put("both", 200, 8, 4) }'; diff-eval --slices category --check field:valid --format=json old new | jq -r 'select(.check == "all checks") | [(.slice.category // "all"), .n, .regressed, .improved, (.p * 1e5 | round / 1e5), (.p_holm * 1e4 | round / 1e4), .verdict] | @tsv'; diff-eval --slices category --check field:valid old new | grep 'slice '
all	1390	90	48	0.00044	0.0004	inconclusive
simple	400	35	13	0.00209	0.0125	fail
relevance	240	21	3	0.00028	0.0019	fail
java	100	6	10	0.4545	1	inconclusive
javascript	50	2	8	0.10938	0.5469	pass
parallel	200	10	6	0.4545	1	inconclusive
multiple	200	8	4	0.3877	1	inconclusive
both	200	8	4	0.3877	1	inconclusive
  slice category=simple fails: -5.5 points (n = 400), mostly by field:valid
  slice category=relevance fails: -7.5 points (n = 240), mostly by field:valid
  slice category=java goes against the whole: +4.0 points (n = 100), not certain by itself
  slice category=javascript goes against the whole: +12.0 points (n = 50), not certain by itself

# a number that is missing at first decides all the same; what labels correct decides instead of the whole
$ awk 'BEGIN { for (i = 0; i < 60; i++) print "{\"id\":" i (i < 3 ? "" : ",\"x\":" i % 7) "}" }' >old; sed 's/"x":\([0-6]\)/"x":1\1/' old >new; diff-eval --check field:x old new | sed -n '1p;/^  field:x: /p;/rounds/p'; awk 'BEGIN { for (i = 0; i < 300; i++) print "{\"id\":" i ",\"ok\":" (i % 3 ? "true" : "false") "}" }' >o; sed 's/true/false/' o >n; awk 'BEGIN { for (i = 0; i < 300; i += 2) print "{\"id\":\"" i "\",\"baseline\":" (i % 3 ? "true" : "false") ",\"candidate\":" (i % 3 ? "true" : "false") "}" }' >l; diff-eval --check field:ok o n | head -1; diff-eval --check field:ok --labels l o n | sed -n '1p;/labels:/p'
PASS  the candidate is better, by these checks
  field:x: 3 → 13, +10 [+10, +10] (95 %), n = 57 pairs
  intervals of numbers: paired bootstrap, 10000 rounds, seed 42
  field:x: unknown for 3 pairs
FAIL  do not switch: the candidate is worse
INCONCLUSIVE  not decided
  labels: 150 of 300 pairs, kappa 0.40; corrected: 66.7 % → 66.7 %, +0.0 points, 95 % [−2.5, +2.5]
