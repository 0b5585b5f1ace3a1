# the five real migrations of the reference, from their counts: over the margin or not
$ for m in '1108 90 48 144' '1121 35 78 156' '1134 40 65 151' '1104 95 42 149' '771 40 309 270'; do sh $TESTS/pairs m $m | diff-eval --allow-partial --format=json | jq -r 'select(.check == "all checks" and .slice == null and .arm == "difference") | [.regressed, .improved, .p, .ci_low, .ci_high, .method, .verdict] | @tsv'; done
90	48	0.00044058492261105667	-0.0469564479976899	-0.013686693139274946	newcombe	inconclusive
35	78	6.445381010321006e-05	0.01600217264840237	0.04613703430019789	newcombe	pass
40	65	0.018740915408256887	0.0034763110552236635	0.032669921370838004	newcombe	pass
95	42	6.919784329990844e-06	-0.05478927379219389	-0.02173377062295669	newcombe	fail
40	309	1.2393491627629693e-52	0.1690545750128291	0.21770869949128405	newcombe	pass

# 20 against 8 discordant: p = 0.036; 12 against 8: 0.50
$ for m in '372 20 8 0' '380 12 8 0'; do sh $TESTS/pairs m $m | diff-eval --allow-partial | grep McNemar; done
  20 regressed, 8 improved (McNemar exact p = 0.036); margin 2.0 points
  by Newcombe's interval, exact McNemar
  12 regressed, 8 improved (McNemar exact p = 0.5); margin 2.0 points
  by Newcombe's interval, exact McNemar

# plain turns get a verdict, tool turns of which most were not replayable do not, nor does the whole
$ (sh $TESTS/pairs p 1790 20 25 5; TOOLS=yes sh $TESTS/pairs t 10 0 0 0; TOOLS=yes sh $TESTS/pairs u 390 0 0 0 | jq -c '.replayable = "no" | .gaps = ["tool-result-missing"] | .candidate = {mode: "turn", skipped: "not replayable: tool-result-missing", sample: 0} | del(.baseline)') >seed; diff-eval --allow-partial seed | head -11 | grep .; diff-eval --allow-partial seed >out; echo $?; diff-eval --allow-partial --format=json seed | jq -c 'select(.slice != null and .check == "all checks") | [.slice.tool_use, .n, .records, .verdict]'
INCONCLUSIVE  not decided
old → new
Slices                          n  −50                   +50  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                       10                             not-comparable: 10 of 400 can be compared
    no                      1840              ●              +0.3 [-0.5, +1.0]             1  pass
  answers that hold all checks: 98.4 % → 98.6 %, +0.3 points, 95 % [−0.5, +1.0], n = 1850 pairs
  20 regressed, 25 improved (McNemar exact p = 0.55); margin 2.0 points
  by Newcombe's interval, exact McNemar
6
[false,1840,1840,"pass"]
[true,10,400,"not-comparable"]

Slices                          n  −50                   +50  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                       10                             not-comparable: 10 of 400 can be compared
    no                      1840              ●              +0.3 [-0.5, +1.0]             1  pass

  answers that hold all checks: 98.4 % → 98.6 %, +0.3 points, 95 % [−0.5, +1.0], n = 1850 pairs
  20 regressed, 25 improved (McNemar exact p = 0.55); margin 2.0 points
  by Newcombe's interval, exact McNemar
6
["no",1840,1840,"pass"]
["yes",10,400,"not-comparable"]

Slices                          n  −50                   +50  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                       10                             not-comparable: 10 of 400 can be compared
    no                      1840              ●              +0.3 [-0.5, +1.0]             1  pass

  answers that hold all checks: 98.4 % → 98.6 %, +0.3 points, 95 % [−0.5, +1.0], n = 1850 pairs
  20 regressed, 25 improved (McNemar exact p = 0.55); margin 2.0 points
  by Newcombe's interval, exact McNemar
6
["no",1840,1840,"pass"]
["yes",10,400,"not-comparable"]

Slices                          n  −50                   +50  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                       10                             not-comparable: 10 of 400 can be compared
    no                      1840              ●              +0.3 [-0.5, +1.0]             1  pass

  answers that hold all checks: 98.4 % → 98.6 %, +0.3 points, 95 % [−0.5, +1.0], n = 1850 pairs
  20 regressed, 25 improved (McNemar exact p = 0.55); margin 2.0 points
  by Newcombe's interval, exact McNemar
6
["no",1840,1840,"pass"]
["yes",10,400,"not-comparable"]

# with the raw answers the verdict appears
$ (sh $TESTS/pairs p 1790 20 25 5; TOOLS=yes sh $TESTS/pairs t 400 0 0 0) | diff-eval --allow-partial | head -1
PASS  no loss beyond the margin, by these checks

# the record alone is no baseline: nothing passes, and it is said what would settle it; a loss is a loss
$ BASELINE=no sh $TESTS/pairs p 1000 0 0 0 >alone; diff-eval --allow-partial alone | sed -n '1p;/record alone/p;/settle/p'; diff-eval --allow-partial --min-agree 99% alone | head -1; BASELINE=no sh $TESTS/pairs p 800 200 0 0 | diff-eval --allow-partial | head -1
INCONCLUSIVE  not decided
  the record alone is no baseline: nobody knows how often the old model agrees with its own past
  this would settle it: replay --baseline=2 --model new <traces | diff-eval
PASS  the answers agree with the record
FAIL  do not switch: the candidate is worse

# a loss in one slice, hidden by gains in another: found, named; it decides only where it is asked to
$ (sh $TESTS/pairs j 60 40 0 0 '"locale":"ja"'; sh $TESTS/pairs e 500 0 40 60 '"locale":"en"') >hidden; diff-eval --allow-partial --slices locale hidden | sed -n "1p;4,9p;/fails/p;/goes against/p" | grep .; diff-eval --allow-partial --slices locale --fail-slice hidden >out; echo $?; sed -n '1p;/fail-slice/p' out
INCONCLUSIVE  not decided
Slices                          n  −50                   +50  difference, 95 %       p (Holm)  verdict
  tool_use
    no                       700             ─●─             +0.0 [-2.5, +2.5]             1  inconclusive
  locale
    ja                       100  ──●───      │              -40.0 [-49.8, -30.2]    5.5e-12  fail
    en                       600              │─●            +6.7 [+4.7, +8.8]       5.5e-12  pass
  slice locale=ja fails: -40.0 points (n = 100), mostly by not truncated
1
FAIL  do not switch: the candidate is worse
  a slice fails (--fail-slice)

# the margin decides between pass and not decided; the same pairs, more of them, decide
$ sh $TESTS/pairs m 950 15 15 20 >pairs; for m in 0 1pp 2pp 5%; do diff-eval --allow-partial --margin $m pairs >out; echo "$m $? $(head -1 out)"; done
0 6 INCONCLUSIVE  not decided
1pp 6 INCONCLUSIVE  not decided
2pp 0 PASS  no loss beyond the margin, by these checks
5% 0 PASS  no loss beyond the margin, by these checks

# pairs of few sessions are worth fewer: the interval is wider, and says so
$ SESSION=20 sh $TESTS/pairs m 900 40 30 30 >pairs; diff-eval --allow-partial --cluster nothing pairs | grep -E 'answers that|^  by'; diff-eval --allow-partial pairs | grep -E 'answers that|^  by'
  answers that hold all checks: 94.0 % → 93.0 %, −1.0 points, 95 % [−2.7, +0.7], n = 1000 pairs
  by Newcombe's interval, exact McNemar
  answers that hold all checks: 94.0 % → 93.0 %, −1.0 points, 95 % [−5.0, +3.0], n = 1000 pairs
  by clustered standard error; 47 sessions, p = 0.62, design effect 5.78

# one session tells nothing of others
$ sh $TESTS/pairs m 500 0 0 0 '"session":"s"' | diff-eval --allow-partial | grep -E 'answers that|^  by'
  answers that hold all checks: 100.0 % → 100.0 %, +0.0 points, 95 % [−100.0, +100.0], n = 500 pairs
  by Newcombe's interval for the effective number of pairs; 1 session, p = 1, design effect 1.00

# what the candidate did not answer counts as failed; beside it stands what both answered
$ sh $TESTS/pairs m 900 0 0 0 >pairs; (head -850 pairs; tail -50 pairs | jq -c '.candidate |= (.status = 503 | .error = {type: "overloaded"} | del(.response))') | diff-eval --allow-partial | sed -n '1p;/answers that/p;/where both/p'
FAIL  do not switch: the candidate is worse
  answers that hold all checks: 100.0 % → 94.4 %, −5.6 points, 95 % [−7.2, −4.2], n = 900 pairs
  the same where both answered: 100.0 % → 100.0 %, +0.0 points, 95 % [−0.4, +0.4], n = 850 pairs

# several candidates are one family
$ sh $TESTS/pairs m 900 0 0 0 | jq -c '.response = .baseline[0].response | .record = "trace" | del(.candidate, .baseline)' >old; for i in 1 2 3; do sh $TESTS/pairs m $((900 - i * 9)) $((i * 9)) 0 0 | jq -c '.response = .candidate.response | .record = "trace" | del(.candidate, .baseline)' >new$i; done; diff-eval --format=json old new1 new2 new3 | jq -c 'select(.check == "all checks" and .slice == null and .arm == "difference") | [.regressed, .p, .p_holm, .verdict]'
[9,0.00390625,0.00390625,"pass"]
[18,7.629394531250002e-06,1.5258789062500003e-05,"inconclusive"]
[27,1.4901161193847648e-08,4.470348358154294e-08,"inconclusive"]

# files that do not fit together: what would pair them
$ jq -c '.id = "x" + .id | .tags = {case: .request_sha256}' $EXAMPLES/traces.ndjson >renamed; jq -c '.tags = {case: .request_sha256}' $EXAMPLES/traces.ndjson >tagged; diff-eval tagged renamed; echo $?
diff-eval: OLD and NEW do not fit together: by id only 0 of 14 records have a partner
diff-eval: request_sha256: 14 values in OLD, 14 in NEW, 14 in both
diff-eval: tags.case: 14 values in OLD, 14 in NEW, 14 in both
diff-eval: content_sha256: 13 values in OLD, 13 in NEW, 13 in both
diff-eval: session: 4 values in OLD, 4 in NEW, 4 in both
diff-eval: tenant: 2 values in OLD, 2 in NEW, 2 in both
diff-eval: url: 2 values in OLD, 2 in NEW, 2 in both
diff-eval: finish_reason: 2 values in OLD, 2 in NEW, 2 in both
diff-eval: id: 14 values in OLD, 14 in NEW, 0 in both
diff-eval: try: diff-eval --key=content tagged renamed
2

$ jq -c '.tags = {case: .request_sha256}' $EXAMPLES/traces.ndjson | diff-eval --key tags.case - renamed | head -1
INCONCLUSIVE  not decided

# stopped as soon as it is sure, and the reader is told how it was decided
$ yes '' | head -2000 | awk '{ print "{\"id\":" NR ",\"ok\":true}" }' >old; awk '{ sub(/true/, NR % 4 ? "true" : "false"); print }' old >new; diff-eval --sequential --check none --check field:ok old new | sed -n '1p;/e-values/p'; diff-eval --sequential --check none --check field:ok --format=json old new | jq -c 'select(.check == "all checks" and .slice == null) | [.n < 300, .method, .verdict]'
FAIL  do not switch: the candidate is worse
  by confidence sequence; e-values decide
  e-values after 32 rounds: 57 that the loss is beyond the margin, 0.075 that it is not; 40 decides
[true,"sequential","fail"]

$ diff-eval --sequential --check none --check field:ok old old | sed -n '1p;/e-values/p'
PASS  no loss beyond the margin, by these checks
  by confidence sequence; e-values decide
  e-values after 231 rounds: 0.148 that the loss is beyond the margin, 40.5 that it is not; 40 decides

# a pipe is closed when that is so: whoever writes into it ends
$ for i in 1 2 3 4 5 6 7 8 9 10; do sh $TESTS/pairs a$i. 20 10 0 0; done >pairs; (while cat pairs; do sleep 0.1; done) 2>errors | timeout 20 diff-eval --sequential --allow-partial >out; echo $?; head -1 out
1
FAIL  do not switch: the candidate is worse

# the seed is told, and the same seed gives the same figures
$ awk 'BEGIN { for (i = 0; i < 200; i++) print "{\"id\":" i ",\"x\":" i % 7 "}" }' >old; awk 'BEGIN { for (i = 0; i < 200; i++) print "{\"id\":" i ",\"x\":" i * 3 % 7 + 0.1 "}" }' >new; diff-eval --check field:x old new | grep seed; diff-eval --check field:x --seed 7 --format=json old new | jq -c 'select(.check == "field:x" and .slice == null) | .seed'; diff-eval --check field:x --seed 7 old new >one; diff-eval --check field:x --seed 7 old new | cmp - one
  intervals of numbers: paired bootstrap, 10000 rounds, seed 42
7

# replay stops spending when it is decided: of 3,000 calls a part is made
$ sh $TESTS/pairs m 0 1500 0 0 | jq -c '.record = "trace" | .request.model = "old" | .replayable = "yes" | (del(.candidate, .baseline) | .response = $c.baseline[0].response), (del(.candidate, .baseline) | .request.model = "new" | .model.requested = "new" | .response = $c.candidate.response)' --argjson c "$(sh $TESTS/pairs m 0 1 0 0)" >cassette; jq -c 'select(.model.requested == "old")' cassette >traces; rm -f url; trace-serve --log log --latency 5ms cassette >url & sh $TESTS/await url; replay --model new --baseline=1 --base-url $(cat url) traces 2>err | diff-eval --sequential >out; echo $?; sed -n 1p out; kill $!; test $(wc -l <log) -lt 1500 && echo spared
1
FAIL  do not switch: the candidate is worse
spared

# three samples, two baselines: the samples of a record are one cluster
$ sh $TESTS/pairs m 60 4 2 0 | jq -c '.baseline += .baseline | ., (del(.baseline) | .candidate.sample = (1, 2))' >samples; diff-eval --allow-partial samples | grep -E 'answers that|^  by|noise|Not judged'
  answers that hold all checks: 97.0 % → 93.9 %, −3.0 points, 95 % [−12.2, +5.6], n = 198 pairs
  by Newcombe's interval for the effective number of pairs; 66 sessions, p = 0.42, design effect 3.03
  noise, baseline as itself again: 66 of 66 (100.0 %), 95 % [94.5, 100.0]
  beyond the noise: −9.1 points of same answers, 95 % [−18.4, −1.8]
Not judged: 0 of 198 records (0.0 %)
