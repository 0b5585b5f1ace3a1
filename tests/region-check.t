# the golden hops: every one a trap of its own
$ c=$TOP/../shared/cases/skew-slice; [ ! -r $c ] || sh $TESTS/region-cases $c

$ cp $EXAMPLES/residency.json $EXAMPLES/hops.ndjson $EXAMPLES/routes.json $EXAMPLES/litellm.json $EXAMPLES/blocks.ndjson .

# a French subject, 503 in Frankfurt, a retry in Virginia: one violation, attempt 2
$ cat >fr <<'EOF'
> {"id":"a1","time":"2026-05-01T10:00:00Z","subject":{"country":"FR"},"hops":[{"seq":0,"kind":"attempt","region":"eu-central-1","status":503,"bytes_sent":900},{"seq":1,"kind":"retry","region":"us-east-1","status":200,"bytes_sent":900}]}
> EOF
> r="region-check --now 2026-06-17 -p residency.json"; $r fr | grep -A1 violation.*outside; $r --format=json fr | jq -c 'select(.record == "finding") | [.rule, .subject.place, .numbers.attempt, .numbers.after_status, .examples]'; jq -c '. as $r | .hops[] | .trace = $r.id | .subject_country = "FR"' fr | $r -e | jq -c '[.attempt, .verdict]'
violation  subject FR: retry: us-east-1 (US) is outside eu; trace a1, attempt 2, after 503 from eu-central-1: 1 hop
           2026-05-01 10:00:00 .. 2026-05-01 10:01:00: 1 hop
["residency","us-east-1",2,503,["a1"]]
[1,"ok"]
[2,"violation"]

# and by the calls alone
$ printf '%s\n' '{"id":"x","subject":{"country":"FR"},"attempt":1,"region":"eu-central-1","status":503}' '{"id":"y","subject":{"country":"FR"},"attempt":2,"region":"us-east-1","status":200}' | region-check --now 2026-06-17 -p residency.json -e | jq -c '[.trace, .attempt, .kind, .verdict, .known_from]'
["x",1,"attempt","ok","label"]
["y",2,"retry","violation","label"]

# what was sent, and what was not; what speaks louder than what
$ cat >hops <<'EOF'
> {"region":"us-east-1","status":0,"error":"ECONNREFUSED","bytes_sent":0}
> {"region":"us-east-1","status":0,"error":"ECONNREFUSED"}
> {"region":"us-east-1","status":0,"error":"timeout"}
> {"region":"us-east-1","status":200,"bytes_sent":0}
> {"region":"eu-west-1","url":"https://bedrock-runtime.us-east-1.amazonaws.com/x"}
> {"region":"eu-west-1","url":"https://bedrock-runtime.us-east-1.amazonaws.com/x","evidence":"provider"}
> {"region":"eu-west-1","url":"https://api.openai.com/v1"}
> {"region":"eu-west-1","url":"https://bedrock.eu-west-1.amazonaws.com.evil.example/"}
> {"region":"eu-west-1","url":"https://eu-west-1@example.com/"}
> {"url":"https://eu-west-1.example.com/"}
> {"region":"atlantis-1"}
> {}
> {"region":"eu-west-1","kind":"mystery"}
> {"provider":"azure","region":"swedencentral"}
> {"provider":"azure","region":"swedencentral","sku":"Standard"}
> {"provider":"azure","region":"norwayeast","sku":"DataZoneStandard"}
> {"provider":"anthropic","url":"https://api.anthropic.com","inference_geo":"us"}
> {"provider":"anthropic","url":"https://api.anthropic.com","inference_geo":"eu"}
> {"model":"eu.anthropic.claude-opus-9","region":"eu-west-1"}
> {"model":"arn:aws:bedrock:eu-west-1:1:inference-profile/global.anthropic.x","region":"eu-west-1"}
> {"kind":"log_sink","region":"us-east-1","redacted":true}
> {"kind":"log_sink","region":"us-east-1","redacted":"true"}
> {"region":"us-east-1","bytes_sent":0,"status":"200"}
> {"region":"us-east-1","error":"ECONNREFUSED","status":2e2}
> {"region":"us-east-1","bytes_sent":0,"timing":{"ttft_ms":300}}
> {"url":"api.openai.com/?u=https://eu.api.openai.com/"}
> {"url":"https://eu.api.openai.com\\@evil.example/"}
> {"kind":"log_sink","model":"eu.anthropic.claude-sonnet-4-5-x","url":"https://logs.us-east-1.amazonaws.com"}
> {"provider":"openai","model":"eu.anthropic.claude-sonnet-4-5-x","url":"https://evil.example"}
> {"model":"eu.anthropic.claude-sonnet-4-5-x","region":"us-east-1"}
> {"provider":"bedrock","inference_geo":"eu","url":"https://bedrock-runtime.us-east-1.amazonaws.com"}
> {"sku":"globalstandard","region":"francecentral"}
> {"provider":"Azure","sku":"DeveloperTier","region":"francecentral"}
> {"url":"https://r.openai.azure.com/openai","region":"francecentral"}
> {"provider":"azure","sku":"DataZoneStandard","region":"francecentral","url":"https://eastus.api.cognitive.microsoft.com"}
> {"region":"eu-west-1","model":"bedrock/eu-west-1/GLOBAL.x"}
> {"region":"eu-west-1","model":"bedrock/us-east-1/anthropic.c"}
> {"region":"eu-west-1","model":"arn:aws:bedrock:eu-west-1:1:application-inference-profile/abc"}
> {"url":"https://bedrock-runtime.eu-west-1.amazonaws.com/model/global.anthropic.c/converse"}
> {"url":"https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/global/x"}
> {"provider":"anthropic","inference_geo":"worldwide","region":"eu-west-1"}
> {"region":"us-east-1","url":"https://eu.api.openai.com"}
> {"region":"EU-WEST-3","url":"https://bedrock-runtime.eu-west-3.amazonaws.com"}
> {"evidence":"provider","region":"global","model":"eu.anthropic.claude-sonnet-4-5-x"}
> EOF
> jq -c '.subject_country = "FR"' hops | region-check --now 2026-06-17 -p residency.json -e | jq -r '"\(.verdict) \(.reason) \(.known_from)\(if .mismatch then " mismatch" else "" end)"'
ok no-transfer label
ok no-transfer label
violation outside label
violation outside label
violation outside address mismatch
ok inside provider
unknown global address
ok inside label
ok inside label
unknown unlisted none
unknown unlisted none
unknown no-place none
unknown not-covered label
unknown no-sku label
ok inside label
violation outside product
violation outside product
ok inside product
unknown set product
unknown global product
ok exempt label
violation outside label
violation outside label
violation outside label
violation outside label
unknown global address
unknown no-place none
violation outside address
unknown unlisted none
violation outside product
violation outside address
unknown global product
unknown no-sku label
unknown no-sku label
violation outside product mismatch
unknown global product
violation outside label
unknown global product
unknown global product
unknown global address
unknown global product
ok inside address mismatch
ok inside address
unknown unlisted provider

# of whom nothing is known; a stricter class of data; a class of data that the policy has not
$ printf '%s\n' '{"region":"us-east-1"}' '{"subject":{"country":"BR"},"region":"us-east-1"}' '{"subject":{"country":"BR","data_class":"health"},"region":"us-east-1"}' '{"subject":{"country":"BR","data_class":"odd"},"region":"us-east-1"}' '{"subject":{"country":"fr"},"region":"us-east-1"}' '{"subject":{"country":"France"},"region":"us-east-1"}' '{"subject":{"country":"UK"},"region":"us-east-1"}' '{"subject":{"country":"US","data_class":["health"]},"region":"us-east-1"}' | region-check --now 2026-06-17 -p residency.json -e | jq -r '"\(.verdict) \(.reason)"'
unknown no-subject
ok any
violation outside
unknown no-data-class
violation outside
unknown no-class
unknown no-class
unknown no-data-class

# what unknown comes to: the policy says
$ for u in fail inconclusive allow; do echo "{\"classes\":{\"c\":{\"allow_geo\":[\"EU\"],\"on_unknown\":\"$u\"}},\"subject\":{\"FR\":\"c\"}}" >p; echo '{"subject":{"country":"FR"},"url":"https://api.openai.com"}' | region-check --now 2026-06-17 -p p >out; echo $?; done; echo '{"subject":{"country":"FR"},"url":"https://api.openai.com"}' | region-check --now 2026-06-17 -p p --inconclusive=0 >out; echo $?; printf '' | region-check --now 2026-06-17 -p p
1
6
0
0
region-check: no hops: nothing is decided
[6]

# policies that are none
$ for p in '[]' '{}' '{"classes":{"c":{}}}' '{"classes":{"c":{"allow_geo":["Europe"]}}}' '{"classes":{"c":{"allow_goe":["EU"]}}}' '{"classes":{"c":{"allow_geo":["EU"],"on_unknown":"pass"}}}' '{"classes":{"c":{"allow_geo":["EU"]}},"subject":{"FR":"d"}}' '{"classes":{"c":{"allow_geo":["EU"]}},"hop_types":["logs"]}' '{"classes":{"c":{"allow_geo":["EU"]}},"exemptions":[{"hop":"log_sink","if":"redacted"}]}' '{"classes":{"c":{"allow_geo":["EU"]}},"exemptions":[{"hop":"log_sink","if":"colour==red"}]}' '{"classes":' '{"classes":{"c":{"allow_geo":["eu-west-1"]}}}' '{"classes":{"c":{"allow_geo":["EU"],"allow_geo":["*"]}}}' '{"classes":{"c":{"allow_geo":["EU"]}},"subject":{"fr":"c"}}' '{"classes":{"c":{"allow_geo":["EU"]}},"exemptions":[{"hop":"log_sink","if":"redacted!=flase"}]}' '{"classes":{"c":{"allow_geo":["EU"]}},"exemptions":[{"hop":"log_sink","if":"status!=200 and bytes_sent<100"}]}' ; do echo "$p" >p; region-check -p p </dev/null; done; region-check -p none </dev/null
region-check: --policy: p: : not an object
region-check: --policy: p: .classes: there are none
region-check: --policy: p: .classes.c: allows no place: allow_geo or allow_country_extra
region-check: --policy: p: .classes.c: holds what is no area and no country
region-check: --policy: p: .classes.c.allow_goe: is not known
region-check: --policy: p: .classes.c: on_unknown is fail, inconclusive or allow
region-check: --policy: p: .subject.FR: names no class
region-check: --policy: p: .hop_types: "logs": is no kind of hop
region-check: --policy: p: .exemptions[0]: if is no comparison like redacted==true
region-check: --policy: p: .exemptions[0]: if is no comparison like redacted==true
region-check: --policy: p: byte 13: ends too early
region-check: --policy: p: .classes.c: holds what is no area and no country
region-check: --policy: p: .classes.c.allow_geo: stands there twice
region-check: --policy: p: .subject.fr: is no country of two capitals, and not *
region-check: --policy: p: .exemptions[0]: if is no comparison like redacted==true
region-check: --policy: p: .exemptions[0]: if is no comparison like redacted==true
region-check: --policy: none: No such file or directory
[2]

# tables of one's own: an address, and a table that is none
$ echo '{"record":"regions","v":1,"date":"2026-06-17","source":"ours","regions":{"ours":{"basement":"DE"}},"hosts":[{"host":"*.logs.example","places":["basement"]},{"host":"api.openai.com","places":["EU"]}]}' >t; printf '%s\n' '{"subject":{"country":"FR"},"url":"https://a.logs.example"}' '{"subject":{"country":"FR"},"url":"https://api.openai.com"}' '{"subject":{"country":"FR"},"region":"basement"}' '{"subject":{"country":"FR"},"url":"https://logs.example"}' | region-check --now 2026-06-17 -p residency.json -r t -e | jq -r .verdict; for x in '{}' '{"record":"regions","v":1}' '{"record":"regions","v":1,"date":"2026-06-17","regions":{"x":{"a":"Germany"}}}' '{"record":"regions","v":1,"date":"2026-06-17","hosts":[{"host":"h"}]}' '{"record":"regions","v":1,"date":"2026-06-17","hosts":[{"host":"GW","places":["US"]}]}' '{"record":"regions","v":1,"date":"2026-06-17","hosts":[{"host":"h","places":["USA"]}]}' '{"record":"regions","v":1,"date":"2026-06-17","host":[]}'; do echo "$x" >t; region-check -p residency.json -r t </dev/null; done; region-check --now 2027-01-01 -p residency.json fr >out
ok
ok
ok
unknown
region-check: --regions: t: no table of regions: {"record":"regions","v":1,...}
region-check: --regions: t: .date: no date like 2026-06-17
region-check: --regions: t: .regions.x.a: no country of two letters
region-check: --regions: t: .hosts[0]: no list of places
region-check: --regions: t: .hosts[0]: names nothing, or a pattern with a star in its middle, or capitals
region-check: --regions: t: .hosts: 'USA' is no region, area or country
region-check: --regions: t: .host: is not known
region-check: the table of regions is of 2026-06-17, 198 days ago: --regions brings a newer one
[1]

# before any request: routes, LiteLLM's groups and fallbacks
$ region-check --now 2026-06-17 -p residency.json -c routes.json --subject DE; region-check --now 2026-06-17 -p residency.json -c litellm.json --subject FR | tail -1; region-check --now 2026-06-17 -p residency.json -c routes.json --subject US; echo '{"model_list":[{"model_name":"a","litellm_params":{"model":"azure/x","api_base":"https://x.openai.azure.com"},"model_info":{"region":"swedencentral","sku":"Standard"}},{"model_name":"b","litellm_params":{"model":"openai/gpt"}},{"model_name":"c","litellm_params":{"model":"vertex_ai/gemini","vertex_location":"us-central1"}}],"litellm_settings":{"fallbacks":[{"a":["b"]},{"b":["c","a"]}]}}' >l; region-check --now 2026-06-17 -p residency.json -c l --subject FR --format=json | jq -c '[.rule, .subject.route, .subject.place]'; region-check --now 2026-06-17 -p residency.json -c l --subject FR --format=sarif | jq -c '[.version, (.runs[0].results | length), .runs[0].results[0].ruleId]'
violation  subject DE: us-east-1 (US) is outside eu
           1. attempt 1 of chat: bedrock, eu-central-1
           2. attempt 2 of chat: bedrock, eu-west-1
           3. attempt 3 of overflow: spare capacity (bedrock, us-east-1)
4 ways of routes.json: 1 go outside, 3 stay inside, of 0 nobody knows
2 ways of litellm.json: 1 go outside, 1 stay inside, of 0 nobody knows
region-check: no route serves any subject of the policy: nothing is decided
0 ways of routes.json: 0 go outside, 0 stay inside, of 0 nobody knows
["reachable-unknown","a","api.openai.com"]
["reachable","a","us-central1"]
["reachable-unknown","b","api.openai.com"]
["reachable","b","us-central1"]
["reachable","c","us-central1"]
["2.1.0",5,"reachable-unknown"]

# what a configuration leaves open: a caller's choice, an environment, a default address, an alias
$ for p in '"model":"openai/gpt-4o","region_name":"eu-west-1"' '"model":"bedrock/x","aws_region_name":"eu-central-1","aws_bedrock_runtime_endpoint":"https://bedrock-runtime.us-east-1.amazonaws.com"' '"model":"bedrock/*","aws_region_name":"eu-central-1"' '"model":"os.environ/M","aws_region_name":"eu-central-1"' '"model":"vertex_ai/gemini","aws_region_name":"eu-central-1","vertex_location":"us-central1"' '"model":"bedrock/eu-central-1/global.x"'; do echo "{\"model_list\":[{\"model_name\":\"a\",\"litellm_params\":{$p}}]}" >l; region-check --now 2026-06-17 -p residency.json -c l --subject FR | tail -1; done; echo '{"model_list":[{"model_name":"a","litellm_params":{"model":"bedrock/x","aws_region_name":"eu-central-1"}}],"router_settings":{"model_group_alias":{"b":"a"},"fallbacks":[{"b":["openai/gpt-4o"]}]}}' >l; region-check --now 2026-06-17 -p residency.json -c l --subject FR
1 ways of l: 0 go outside, 0 stay inside, of 1 nobody knows
1 ways of l: 1 go outside, 0 stay inside, of 0 nobody knows
1 ways of l: 0 go outside, 0 stay inside, of 1 nobody knows
1 ways of l: 0 go outside, 0 stay inside, of 1 nobody knows
1 ways of l: 1 go outside, 0 stay inside, of 0 nobody knows
1 ways of l: 0 go outside, 0 stay inside, of 1 nobody knows
unknown    subject FR: api.openai.com may be served from anywhere: it says nothing about place
           1. attempt 1 of a: bedrock/x (bedrock, eu-central-1)
           2. attempt 2 of openai/gpt-4o: openai/gpt-4o (openai, https://api.openai.com)
2 ways of l: 0 go outside, 1 stay inside, of 1 nobody knows
[1]

# subjects that only routes name, and classes of data
$ echo '{"record":"routes","v":1,"routes":[{"name":"a","subjects":["IT"],"hops":[{"region":"us-east-1"}]}]}' >l; region-check --now 2026-06-17 -p residency.json -c l
violation  subject IT with health data: us-east-1 (US) is outside eu
           1. attempt 1 of a: us-east-1
2 ways of l: 1 go outside, 1 stay inside, of 0 nobody knows
[1]

# configurations that are none
$ for c in '{}' 'model_list:' '{"model_list":[]}' '{"model_list":[{"model_name":"a"}]}' '{"model_list":[{"model_name":"a","litellm_params":{"model":"m"}}],"router_settings":{"fallbacks":[{"z":["a"]}]}}' '{"record":"routes","v":1,"routes":[{"name":"a"}]}' '{"record":"routes","v":1,"routes":[{"name":"a","hops":[{"regoin":"x"}]}]}' '{"record":"routes","v":1,"routes":[{"name":"a","hops":[],"fallback":["b"]}]}' '{"record":"routes","v":1,"routes":[{"name":"a","subjects":"FR","hops":[]}]}' '{"record":"routes","v":1,"routes":[{"name":"a","hops":[],"fallbacks":["b"]}]}'; do echo "$c" >l; region-check --now 2026-06-17 -p residency.json -c l; done
region-check: --config: l: .: neither LiteLLM's model_list nor our routes
region-check: --config: l: byte 1: unexpected character (YAML? yq -o json turns it into JSON)
region-check: --config: l: .model_list: no list of deployments
region-check: --config: l: .model_list[0]: has no model_name or no litellm_params.model
region-check: --config: l: fallbacks: z: is no group of model_list
region-check: --config: l: .routes[0]: has no name or no hops
region-check: --config: l: .routes[0].hops[0].regoin: is not known
region-check: --config: l: .routes[0].fallback: is not known
region-check: --config: l: .routes[0]: subjects: not a list
region-check: --config: l: a: b: is a fallback that is no route
[2]

# threads, parts and packing give the same bytes
$ for i in 1 2 3 4 5 6 7 8 9; do sed "s/\"c\([0-9]\)/\"c$i\1/; s/T1\([23]\)/T$i\1/; s/T\([3-9]\)\([23]\)/T0\1/" hops.ndjson; done >many; r="region-check --now 2026-06-17 -p residency.json -i"; $r many >one; for j in 2 3 8; do $r -j $j many | cmp - one; done; sort -R --random-source=many many | $r | cmp - one; split -n l/6 many part.; for p in part.*; do $r --partial $p >$p.p; done; cat part.ac.p part.aa.p part.af.p | $r --merge --partial >left; cat part.ab.p part.ae.p part.ad.p | $r --merge --partial | zstd -q >right; $r --merge left right | cmp - one; $r --partial many >whole; head -3 whole | $r --merge 2>&1 >out | head -1; $r --merge --partial left right | cmp - whole; wc -l <whole; region-check --now 2026-06-17 -p residency.json --merge left 2>&1 | head -1; echo x | $r --merge | grep .; sed -n 2p left | sed 's/"n":[0-9]*/"n":0/' | $r --merge 2>&1 | head -1; printf '' | $r --partial
region-check: lines are missing: counters and groups do not agree
153
region-check: left:1: a partial made with other options: not added
region-check: standard input:1: no key, tab and state of a partial
region-check: no hops: nothing is decided
Region  calls  with usage  input tokens  cache hits  price factor
  price factor: of an input token, where a cache read costs 0.1 and a write 1.25 of the plain price
No record has timing.total_ms or timing.ttft_ms: no latency by path
region-check: standard input:1: a partial that is broken

# times of a capacity event, apart from each other
$ awk 'BEGIN { for (i = 0; i < 120; i++) printf "{\"id\":\"t%d\",\"time\":\"2026-05-01T%02d:%02d:00Z\",\"subject\":{\"country\":\"FR\"},\"region\":\"%s\",\"status\":200}\n", i, 12 + i / 60, i % 60, ((i > 10 && i < 50 && i % 3 == 0) || i > 110) ? "us-east-1" : "eu-west-1" }' | region-check --now 2026-06-17 -p residency.json | sed -n '/^Find/,/^In/p' | grep .
Findings
violation  subject FR: attempt: us-east-1 (US) is outside eu; trace t118, attempt 1: 22 hops
           2026-05-01 12:12:00 .. 2026-05-01 12:49:00: 13 hops
           2026-05-01 13:51:00 .. 2026-05-01 14:00:00: 9 hops
In order

# isolation: a factor, a path; and split caches, the same for the same seed
$ region-check -i --now 2026-06-17 --format=json hops.ndjson | jq -c 'select(.record == "region-cache" and .region == "us-east-1") | [.calls, .input, .cache_read, .hit_rate, .price_factor]'; region-check -b --format=json blocks.ndjson | jq -c '[.regions, .routing, .hit_rate]' >one; region-check -b --format=json blocks.ndjson | jq -c '[.regions, .routing, .hit_rate]' | cmp - one; region-check -b --seed 7 --format=json blocks.ndjson | jq -c '[.regions, .routing, .hit_rate]' | cmp -s - one || echo another; t=$TOP/../shared/data/prefix-cache/conversation_trace.jsonl; [ ! -r $t ] || region-check -b --format=json $t | jq -r 'if .routing == "sticky" then .hit_rate - .3664 | fabs < .0001 else (.hit_rate - [.2677, .2184, .1916][.regions - 2] | fabs) < 2 * .sd end | select(not)'; echo '{"hash_ids":{}}' | region-check -b; echo '{}' | region-check -b
[14,56000,29400,0.525,0.5275]
another
region-check: standard input:1: blocks: not an array of hashes
region-check: no record has block hashes: nothing is decided
region-check: 1 records have no block hashes
region-check: no record has block hashes: nothing is decided
[6]

# evidence that holds together, and that does not
$ r="region-check --now 2026-06-17 -p residency.json --evidence e"; $r fr >out 2>err; $r hops.ndjson >out 2>err; region-check --verify e | cut -d, -f1; jq -c '[.seq, .record, .finding.rule]' e; cp e f; sed -i '2s/us-east-1/eu-west-1/' f; region-check --verify f; sed '1d' e >f; region-check --verify f; head -c -9 e >f; region-check --verify f; region-check --now 2026-06-17 -p residency.json --evidence f fr >out; printf '' >f; region-check --verify f; region-check --verify none; $r fr --evidence /dev/full >out; for i in 1 2 3 4; do $r hops.ndjson >out.$i 2>err.$i & done; wait; region-check --verify e | cut -d, -f1
e: 9 lines
[1,"evidence",null]
[2,"evidence-finding","residency"]
[3,"evidence",null]
[4,"evidence-finding","residency"]
[5,"evidence-finding","residency"]
[6,"evidence-finding","residency"]
[7,"evidence-finding","residency-unknown"]
[8,"evidence-finding","residency-unknown"]
[9,"evidence-finding","label-mismatch"]
f: line 3: does not hold the hash of the line before
f: line 1: its number does not follow
f: line 9: cut off
region-check: --evidence: f: line 9: cut off: the chain is broken, nothing is added
f: empty: proves nothing
region-check: none: No such file or directory
region-check: --evidence: /dev/full: not a file
e: 37 lines

# what goes with what
$ region-check </dev/null 2>&1 | head -1; region-check -p residency.json -e -j 2 </dev/null 2>&1 | head -1; region-check -p residency.json -c routes.json fr 2>&1 | head -1; region-check -b -p residency.json 2>&1 | head -1; region-check -p residency.json --format=sarif 2>&1 | head -1
region-check: --policy is needed: whose data may be processed where
region-check: --jobs goes with records, not with --each and --merge
region-check: --config and --verify read no records
region-check: --policy goes with records and --config
region-check: --format=sarif goes with --config

# the example: what the routing leaves open, what happened, and the chain
$ for i in 1 2; do sh $EXAMPLES/residency $EXAMPLES/residency.json $EXAMPLES/litellm.json day.chain $EXAMPLES/hops.ndjson >out 2>/dev/null; echo $?; done; sed -n '/^[0-9W]\|^viol.*trace/p; s/\(.*chain: .*\), head .*/\1/p' out | sed 's,of /.*/,of ,'
1
1
Ways that litellm.json leaves open
9 ways of litellm.json: 4 go outside, 5 stay inside, of 0 nobody knows
What happened
87 hops of 43 records: 5 violations, 80 ok, 2 unknown
5 traces with a violation, 2 more with unknown hops
violation  subject DE: retry: us-east-1 (US) is outside eu; trace c25, attempt 2, after 503 from eu-central-1: 2 hops
violation  subject FR: retry: us-east-1 (US) is outside eu; trace c20, attempt 2, after 503 from eu-west-3: 2 hops
violation  subject FR: attempt: us-west-2 (US) is outside eu; trace c41, attempt 1: 1 hop
day.chain: 14 lines

# hostile input
$ printf '%s\n' '{"hops":{},"subject":{"country":"FR"}}' '{"hops":[1],"subject":{"country":"FR"}}' '{"hops":[],"id":"e","subject":{"country":"FR"}}' '{"id":"n","subject":{"country":"FR"},"region":"eu-west-1","status":"200","bytes_sent":-5,"time":"never"}' '{"id":"k\u001b[2J","subject":{"country":"FR\u0000|"},"region":"a\\|b","kind":"retry"}' '{' | region-check --now 2026-06-17 -p residency.json | sed -n '/^Find/,$p' | grep .
region-check: standard input:1: hops: not an array
region-check: standard input:2: hops: holds what is no object
region-check: standard input:6: byte 2: ends too early
Findings
unknown    subject FR: retry: the policy has no class for subjects of 'FR'; trace k [2J, attempt 1: 1 hop
unknown    subject FR: attempt: neither region nor address; trace e, attempt 1: 1 hop
In order
ok         subject FR: attempt: eu-west-1 (IE) is inside eu: 1 hop
