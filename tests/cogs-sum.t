# files of the examples
$ cp $EXAMPLES/prices.json $EXAMPLES/usage.ndjson $EXAMPLES/bills.csv $EXAMPLES/review.ndjson $EXAMPLES/drivers.csv $EXAMPLES/revenue.csv .

# the golden cases: prices, tiers and cached tokens of every shape
$ c=$TOP/../shared/cases/cogs-watt; [ ! -r $c ] || sh $TESTS/cogs-cases $c

# the story: 80 % by inference alone, 60 % in full, a gap of 20 points
$ sh $TESTS/cogs-story; cogs-sum -p p.json -l bills.csv -l review.ndjson -r 100000 u.ndjson | grep -E 'margin|^total'; cogs-sum -p p.json -l bills.csv -r 100000 --expect-surfaces inference,human-review u.ndjson | grep -E 'margin|missing'; cogs-sum -p p.json -l bills.csv -r 100000 --expect-surfaces inference,human-review u.ndjson >/dev/null
total                   40000.000000  100.0 %     40.000000  40000.000000     0.000000
gross margin, inference only: 80.0 % (80000.000000 of revenue)
gross margin, full: 60.0 % (60000.000000 of revenue); gap 20.0 points; inference is 50.0 % of COGS
     calls       input      output     inference        shared         total  tasks  resolved   per task  per resolved  revenue  margin
human-review                 missing
gross margin, inference only: at most 80.0 % (80000.000000 of revenue)
gross margin, full: at most 65.0 % (65000.000000 of revenue); gap 15.0 points; inference is 57.1 % of COGS
     calls       input      output     inference        shared         total  tasks  resolved   per task  per resolved  revenue  margin
[1]

# as JSON, and each kind of record once
$ cogs-sum -p prices.json --now 2026-05-31 --by tenant -l bills.csv -l review.ndjson -d drivers.csv -r revenue.csv --format=json usage.ndjson | jq -r .record | sort | uniq -c | sed 's/^ *//'; cogs-sum -p prices.json --now 2026-05-31 --by tenant -l bills.csv -l review.ndjson -d drivers.csv -r revenue.csv --format=json usage.ndjson | jq -c 'select(.record == "cogs-group") | [.by.tenant, .inference, .shared, .total, .margin_percent, .tasks.cost_per_resolved]'
1 cogs
3 cogs-group
7 cogs-line
2 cogs-unpriced
["acme","0.671592","10997.621282","10998.292874","-3447.84","999.844807"]
["cyan","0.281074","4946.278594","4946.559668","-31813.29","989.311934"]
["beta","0.239599","4056.100124","4056.339723","-3280.28","811.267945"]

# any number of threads, and any parts in any order, give the same bytes
$ o="-p prices.json --now 2026-05-31 --by day,tenant,model"; cogs-sum $o usage.ndjson >one; for j in 2 3 7; do cogs-sum $o -j $j usage.ndjson | cmp - one; done; gzip -c usage.ndjson | cogs-sum $o | cmp - one; zstd -qc usage.ndjson | cogs-sum $o -j 2 | cmp - one; jq -cs . usage.ndjson | cogs-sum $o -j 2 | cmp - one

# partials are merged in any tree, and unlike ones are refused
$ o="-p prices.json --now 2026-05-31 --by tenant"; cogs-sum $o usage.ndjson >whole; split -n l/7 usage.ndjson part.; for p in part.*; do cogs-sum $o --partial $p >$p.p; done; cat part.ae.p part.aa.p part.ac.p | cogs-sum $o --merge --partial >left; cat part.ag.p part.af.p part.ab.p part.ad.p | cogs-sum $o --merge --partial | gzip >right; cogs-sum $o --merge left right | cmp - whole; cogs-sum -p prices.json --now 2026-05-31 --by model --merge left 2>&1 | head -1; echo x | cogs-sum $o --merge; printf '' | cogs-sum $o --partial; printf '' | cogs-sum $o --merge
cogs-sum: left:1: a partial made with other prices or options: not added
cogs-sum: standard input:1: no key, tab and state of a partial

# what is wrong in the input is said, counted, and never in a sum
$ cat >bad <<'EOF'
> {"id":1,"model":"fjord-2","usage":{"prompt_tokens":10,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":11}}}
> {"id":2,"model":"fjord-2","usage":{"prompt_tokens":-5,"completion_tokens":1}}
> {"id":3,"model":"fjord-2","usage":{"prompt_tokens":1000000000000000000,"completion_tokens":1}}
> {"id":4,"model":"fjord-2","usage":{"input":1.5,"output":1}}
> {"id":5,"model":"fjord-2","usage":{"input":"7","output":1}}
> {"id":6,"model":"fjord-2","usage":{"input":10,"output":3,"reasoning":4}}
> {"id":7,"model":"fjord-2","usage":{"input":10,"output":1}
> {"id":8,"model":"fjord-2","usage":{"input":1000,"input":2000,"output":1e2}}
> {"record":"cost","v":1,"category":"x","amount":"1"}
> [1]
> {"id":9,"model":"fjord-2","time":"yesterday","usage":{"input":1000,"output":0}}
> EOF

$ cogs-sum -p prices.json --now 2026-05-31 bad >out; s=$?; grep . out; (exit $s)
cogs-sum: bad:1: usage: cached and other parts are more than the prompt
cogs-sum: bad:2: usage: a negative count
cogs-sum: bad:3: usage: more than any call can use
cogs-sum: bad:4: usage: a count that is no whole number
cogs-sum: bad:5: usage: a count that is no number
cogs-sum: 9 bad lines in all
2 calls, 2 priced; 1 group; prices: prices.json, of 2026-05-01; USD
     calls  input  output  inference
all      2   3000     100   0.017000
records with a key twice, of which the last counts: 1
[3]

$ cogs-sum -p prices.json --now 2026-05-31 --by day bad 2>&1 | grep -c yesterday; cogs-sum -p prices.json --now 2026-05-31 --strict bad
0
cogs-sum: bad:1: usage: cached and other parts are more than the prompt
[3]

$ printf '{"model":"fjord-2","x":"\\ud800","usage":{"input":1,"output":1},"task":"\\udc00"}\n' >>bad; cogs-sum -p prices.json --validate bad
cogs-sum: bad:1: usage: cached and other parts are more than the prompt
cogs-sum: bad:2: usage: a negative count
cogs-sum: bad:3: usage: more than any call can use
cogs-sum: bad:4: usage: a count that is no whole number
cogs-sum: bad:5: usage: a count that is no number
cogs-sum: bad:6: usage: reasoning and other parts are more than the output
cogs-sum: bad:7: byte 58: ends too early
cogs-sum: bad:9: a cost record: --lines reads those
cogs-sum: bad:10: not an object
cogs-sum: 9 bad lines in all
3 records good, 3 calls, 3 with a price; 1 with a key twice, 1 with half a surrogate pair
[3]

# usage of every provider
$ cat >shapes <<'EOF'
> {"id":"chat","model":"m","response":{"usage":{"prompt_tokens":100,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":10,"audio_tokens":5},"completion_tokens_details":{"reasoning_tokens":20}}}}
> {"id":"responses","model":"m","usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60},"output_tokens":50,"output_tokens_details":{"reasoning_tokens":20}}}
> {"id":"anthropic","model":"m","usage":{"input_tokens":40,"cache_read_input_tokens":60,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_1h_input_tokens":10,"ephemeral_5m_input_tokens":20},"output_tokens":50,"server_tool_use":{"web_search_requests":2}}}
> {"id":"google","modelVersion":"x","response":{"modelVersion":"m","usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":60,"candidatesTokenCount":30,"thoughtsTokenCount":20,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":5}]}}}
> {"id":"ours","model":{"answered":"m"},"usage":{"input":100,"output":50,"cache_read":60,"cache_write":30,"cache_write_1h":10,"reasoning":20}}
> {"id":"mapped","model":"m","log":{"in":"100"},"n":{"i":100,"o":50}}
> EOF

$ echo '{"prices":1,"currency":"USD","models":[{"model":"m","per":1,"input":"1","cache_read":"0.01","cache_write":"100","cache_write_1h":"10000","output":"1000000","reasoning":"100000000","audio_input":"0.0001","web_search":"0.000001"}]}' >shape.json; cogs-sum -p shape.json --each shapes --max-bad 1 2>/dev/null | jq -c '[.id, .cost]'; cogs-sum -p shape.json --each --map usage.input=.n.i --map usage.output=.n.o shapes 2>/dev/null | tail -1 | jq -r .cost
["chat","2030001025.6005"]
["responses","2030000040.6"]
["anthropic","50102040.600002"]
["google","2030000035.6005"]
["ours","2030102010.6"]
["mapped",null]
50000100

# a cache of the product's own costs nothing; retries and failures have lines of their own
$ printf '%s\n' '{"model":"fjord-2","task":"t","attempt":1,"status":500,"usage":{"input":1000000,"output":0}}' '{"model":"fjord-2","task":"t","attempt":2,"usage":{"input":1000000,"output":0},"outcome":{"resolved":true}}' '{"model":"fjord-2","task":"u","cache_hit":true,"usage":{"input":1000000,"output":0}}' | cogs-sum -p prices.json --now 2026-05-31 | sed -n '3,$p' | grep .
     calls    input  output  inference  tasks  resolved  per task  per resolved
all      3  2000000       0  15.000000      2         1  7.500000     15.000000
inference per task, n=2: p50 0.000000, p95 15.000000, p99 15.000000; the dearest 1 (2 %) cost 100.0 % of 15.000000
tasks resolved: 1 of 2
retries: 1 of 3 calls, 7.500000 (50.0 % of inference)
failed: 1 of 3 calls, 7.500000 (50.0 % of inference)
calls answered by a cache of your own, at no cost: 1

# prices that change, at the border, and where the time is not known
$ for t in '"time":"2026-04-30T23:59:59.999999999Z",' '"time":"2026-05-01T00:00:00Z",' '"time":"2026-05-01T01:59:59+02:00",' '' '"time":"2025-12-31T23:59:59Z",'; do echo "{$t\"model\":\"fjord-1\",\"usage\":{\"input\":1000000,\"output\":0}}"; done | cogs-sum -p prices.json --each 2>/dev/null | jq -c '[.time, .cost, .cost_unknown]'
["2026-04-30T23:59:59.999999999Z","2.5",null]
["2026-05-01T00:00:00Z","2",null]
["2026-05-01T01:59:59+02:00","2.5",null]
[null,null,"no price at that time"]
["2025-12-31T23:59:59Z",null,"no price at that time"]

# a tier replaces all rates, above its border only; a region is a factor; a batch is its own
$ for u in '{"input":8000,"output":0}' '{"input":8001,"output":0}' '{"input":8001,"output":0,"cache_read":8000}'; do echo "{\"model\":\"fjord-2\",\"usage\":$u}"; echo "{\"model\":\"fjord-2\",\"inference_geo\":\"eu\",\"usage\":$u}"; done | cogs-sum -p prices.json --now 2026-05-31 --each | jq -r .cost; echo '{"model":"fjord-1","time":"2026-06-01T00:00:00Z","service_tier":"batch","usage":{"input":1000000,"output":0}}' | cogs-sum -p prices.json --now 2026-05-31 --each | jq -r .cost; echo '{"model":"fjord-1","time":"2026-06-01T00:00:00Z","service_tier":"express","usage":{"input":1000000,"output":0}}' | cogs-sum -p prices.json --each 2>/dev/null | jq -r .cost_unknown
0.04
0.044
0.0600075
0.06600825
0.0060075
0.00660825
1
no price for this service tier or prompt size

# price books that are none
$ for b in '[]' '{"prices":2,"models":[]}' '{"prices":1,"models":[]}' '{"prices":1,"currency":"USD","models":[]}' '{"prices":1,"currency":"USD","models":[{"model":"m","input":"1,5"}]}' '{"prices":1,"currency":"USD","models":[{"model":"m","input":"-1"}]}' '{"prices":1,"currency":"USD","models":[{"model":"m","inptu":"1"}]}' '{"prices":1,"currency":"USD","models":[{"input":"1"}]}' '{"prices":1,"currency":"USD","models":[{"model":"m","from":"May","input":"1"}]}' '{"prices":1,"currency":"USD","models":[{"model":"m","input":"1"},{"model":"m","input":"2"}]}' '{"prices":1,'; do echo "$b" >b; cogs-sum -p b </dev/null; done; cogs-sum -p none </dev/null
cogs-sum: --prices: b: is no object
cogs-sum: --prices: b: prices: is not version 1
cogs-sum: --prices: b: currency: is no code like "USD"
cogs-sum: --prices: b: has no prices
cogs-sum: --prices: b: models[0] (m): input: is no decimal number
cogs-sum: --prices: b: models[0] (m): input: is negative
cogs-sum: --prices: b: models[0] (m): inptu: is not known here
cogs-sum: --prices: b: models[0] (): model: is missing
cogs-sum: --prices: b: models[0] (m): from: is no date or time
cogs-sum: --prices: b: m: entries 1 and 2 hold at the same time, see cogs-sum --check-prices
cogs-sum: --prices: b: byte 14: ends too early
cogs-sum: --prices: none: No such file or directory
[2]

# what a check of prices finds
$ echo '{"prices":1,"currency":"USD","models":[{"model":"m","until":"2026-01-01","input":"1","cache_read":"2"},{"model":"m","from":"2026-02-01","until":"2026-05-01","input":"1"},{"model":"m","from":"2026-04-01","input":"1"},{"model":"n","per":1,"input":"0.01","batch":{"input":"0.02"}},{"model":"o","input":"0.00000000000019"}]}' >b; cogs-sum --check-prices -p b; cogs-sum --check-prices; x=$TOP/../shared/data/prices/litellm-2026-08-06.json; [ ! -r $x ] || cogs-sum --check-prices -p $x | tail -1 | sed 's/.*json: //' >got; [ ! -r $x ] || grep -v '^2985 entries, 0 overlaps, 0 gaps, .* 37 rounded to 18 decimals' got; true
gap: m: no price from 2026-01-01T00:00:00Z to 2026-02-01T00:00:00Z
overlap: m: entries 2 and 3 hold at the same time
suspicious: m: standard: cache_read at 0.000002: more than fresh input, 0.000001
suspicious: n: input: 0.01 for one token: is it a price for a thousand or a million?
suspicious: n: input: 0.02 for one token: is it a price for a thousand or a million?
suspicious: n: batch input is dearer than standard
rounded: o: input: 0.00000000000019
b: 5 entries, 1 overlaps, 1 gaps, 4 suspicious, 1 rounded to 18 decimals, 0 members not used
built-in: 119 entries of 2026-08-06, 0 overlaps, 0 gaps, 0 suspicious, 0 rounded to 18 decimals, 0 members not used

# bills with quotes, separators, other currencies, broken rows
$ cat >bad-bills <<'EOF'
> category,amount,currency,driver,owner
> "vector, db","1234.50",USD,even,"a ""b"""
> x,"1,234.56",USD,even,
> x,$5,USD,even,
> x,5,EUR,even,
> ,5,USD,even,
> x,5,USD
> x,12345678901234567890123,USD,even,
> x,,USD,even,
> "open,1,USD,even,
> EOF

$ cogs-sum -p prices.json --now 2026-05-31 --by tenant -l bad-bills usage.ndjson | sed -n '3,5p'
cogs-sum: --lines: bad-bills:3: amount: '1,234.56' is no decimal number (digits and one point, no separators)
cogs-sum: --lines: bad-bills:4: amount: '$5' is no decimal number (digits and one point, no separators)
cogs-sum: --lines: bad-bills:5: is in EUR, the sum is in USD: currencies are not added
cogs-sum: --lines: bad-bills:6: no category
cogs-sum: --lines: bad-bills:7: not as many cells as the header has
cogs-sum: --lines: bad-bills:8: amount: '12345678901234567890123' is too large
cogs-sum: --lines: bad-bills:9: no amount, and no minutes with rate_per_hour
cogs-sum: --lines: bad-bills:10: a quote that never closes
surface          amount    share  per resolved    allocated  unallocated  driver    owner  source
inference      1.192265    0.1 %      0.056775     1.192265     0.000000  measured         prices.json
vector, db  1234.500000   99.9 %     58.785714  1234.500000     0.000000  even      a "b"

# drivers: even, fixed weights, two stages, and what cannot be divided
$ cat >bills <<'EOF'
> category,amount,driver
> a,10.000001,even
> b,-0.01,"chat|acme=1,chat|beta=1,search|cyan=1"
> c,100,even > calls
> d,7,nothing known
> e,7,reviews
> f,7,none
> EOF

$ cogs-sum -p prices.json --now 2026-05-31 --by feature,tenant -l bills --format=json usage.ndjson | jq -c 'select(.record == "cogs-line") | [.category, .amount, .allocated, .unallocated, .why]'; cogs-sum -p prices.json --now 2026-05-31 --by feature,tenant -l bills --format=json usage.ndjson | jq -sc 'map(select(.record == "cogs-group")) | map({key: "\(.by.feature) \(.by.tenant)", value: [.parts[] | .amount]}) | from_entries'
["a","10.000001","10.000001","0.000000",null]
["b","-0.010000","-0.010000","0.000000",null]
["c","100.000000","100.000000","0.000000",null]
["d","7.000000","0.000000","7.000000","nothing is known of the driver 'nothing known'"]
["e","7.000000","0.000000","7.000000","nothing is known of the driver 'reviews'"]
["f","7.000000","0.000000","7.000000",null]
{"search acme":["2.500000","0.000000","29.729730","0.000000","0.000000","0.000000"],"chat acme":["2.500001","-0.003334","29.310345","0.000000","0.000000","0.000000"],"chat beta":["2.500000","-0.003333","20.689655","0.000000","0.000000","0.000000"],"search cyan":["2.500000","-0.003333","20.270270","0.000000","0.000000","0.000000"]}

# FOCUS: credits are lines of their own, either cost counts
$ printf '%s\n' 'BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ServiceName,ChargePeriodStart,ChargePeriodEnd,ServiceProviderName' '120,100.5,USD,Usage,Vector Store,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,Cloud' '0,35.2E-7,USD,Usage,Vector Store,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,Cloud' '-20,-20,USD,Credit,Vector Store,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,Cloud' >focus; for b in effective billed; do cogs-sum -p prices.json --now 2026-05-31 -l focus --basis $b --exact --format=json usage.ndjson | jq -c 'select(.record == "cogs-line") | [.category, .amount, .source, .rows]'; done
["Vector Store","100.50000352","Cloud",2]
["Vector Store (Credit)","-20","Cloud",1]
["Vector Store","120","Cloud",2]
["Vector Store (Credit)","-20","Cloud",1]

# bills over the borders of periods: the parts sum to the bill; days of a zone over its jumps
$ echo '{"category":"x","amount":"100","charge_period_start":"2026-01-01","charge_period_end":"2027-01-01"}' >year; for m in 01 02 03 04 05 06 07 08 09 10 11 12; do cogs-sum -p prices.json --now 2026-05-31 --period 2026-$m -l year --format=json usage.ndjson | jq -r 'select(.record == "cogs-line") | .amount'; done | awk '{ s += $1; print } END { printf "%.6f\n", s }' | tail -2; for t in 2026-03-28T22:59:59Z 2026-03-28T23:00:00Z 2026-03-29T21:59:59Z 2026-03-29T22:00:00Z 2026-10-25T22:59:59Z 2026-10-25T23:00:00Z; do echo "{\"time\":\"$t\",\"model\":\"fjord-2\",\"usage\":{\"input\":1,\"output\":1}}"; done >zone; cogs-sum -p prices.json --now 2026-05-31 --by day --tz Europe/Berlin --format=json zone | jq -c 'select(.by) | [.by.day, .calls]' | sort; cogs-sum -p prices.json --now 2026-05-31 --tz Europe/Berlin --period 2026-03-29 --format=json zone | jq -c 'select(.record == "cogs") | .calls'; cogs-sum --by week -p prices.json --now 2026-05-31 --format=json zone | jq -c 'select(.by) | .by.week' | sort; cogs-sum --tz Nowhere/Land </dev/null
8.493151
100.000000
["2026-03-28",1]
["2026-03-29",2]
["2026-03-30",1]
["2026-10-25",1]
["2026-10-26",1]
2
"2026-W13"
"2026-W43"
cogs-sum: --tz: 'Nowhere/Land' is no time zone of this system (tzdata), like Europe/Berlin
[2]

# budgets and invoices
$ o="-p prices.json --now 2026-05-31 --by tenant"; echo '{"acme":"0.5","cyan":1}' | cogs-sum $o --budget /dev/stdin usage.ndjson | tail -1; cogs-sum $o --budget 100 usage.ndjson | tail -1; grep -v -e skerry -e batch -e 503 usage.ndjson | cogs-sum $o --budget 100 >/dev/null; echo $?; printf 'model,amount\nfjord-1-2026-01-15,0.71\nfjord-2-2026-03-02,0.60\n' | cogs-sum $o --invoice /dev/stdin usage.ndjson | tail -3
over budget: acme: 0.671592 of 0.500000 (134.3 %)
cogs-sum: within budget as far as prices are known: some calls have none
calls without usage, of unknown cost: 1
0
invoice             estimated    billed  unexplained  of billed
fjord-1-2026-01-15   0.715694  0.710000    -0.005694    -0.80 %  agrees
fjord-2-2026-03-02   0.476572  0.600000     0.123428    20.57 %  differs

# what would bring a margin: nothing but the arithmetic of the case
$ sh $TESTS/cogs-story; cogs-sum -p p.json -l bills.csv -r 100000 --target 70% --format=json u.ndjson | jq -c 'select(.record == "cogs-forecast") | del(.record, .v)'; cogs-sum -p p.json -r 100000 --target 90% u.ndjson | tail -1; cogs-sum -p p.json --target 90% u.ndjson
{"target":"0.7","revenue":"100000.000000","fixed":"15000.000000","per_task":"0.000000","per_token":"20000.000000","price_change":"0.166667","cost_change":"-0.142857","volume_change":"0.500000"}
reached by a change of price alone: +100.0000 %; of all costs: -50.0000 %; of volume (revenue and costs that are not fixed grow with it): none that reaches it
cogs-sum: --target: a margin needs --revenue
usage: cogs-sum [option ...] [file ...]
Try 'cogs-sum --help'.
[2]

# another model's prices
$ cogs-sum -p prices.json --now 2026-05-31 --reprice fjord-2 usage.ndjson | sed -n '3,4p;$p'
     calls   input  output  inference  tasks  resolved  per task  per resolved
all     66  410850   30836   2.443560     26        21  0.093983      0.116360
repriced: another model would write more or less, and count tokens differently: a lower bound unless recounted

# options that would be ignored are refused
$ for a in '--each --by tenant' '--as x' '--drivers x' '--tolerance 1%' '--bridge 2026-04' '--partial -r 5' '--target 70%' '--exact --each' '--by tenant,tenant' '--by nobody' '--period May' '--merge -j 2'; do cogs-sum $a </dev/null 2>&1 | head -1; done
cogs-sum: --by, --period, --no-tasks and --jobs: not with --each and --check-prices
cogs-sum: --as goes with --each
cogs-sum: --drivers goes with --lines
cogs-sum: --tolerance goes with --invoice
cogs-sum: --bridge goes with --period
cogs-sum: --lines, --drivers, --revenue, --resolved, --expect-surfaces, --budget, --invoice and --target go with the report: give them to the last step
cogs-sum: --target: a margin needs --revenue
cogs-sum: --exact goes with the report
cogs-sum: --by: 'tenant' twice
cogs-sum: --by: no dimension 'nobody': hour, day, week, month, model, provider, tenant, feature, agent, task, session, service, user, region, env, release, traffic, tier, prompt, ..., tags.NAME, or a path like .a.b
cogs-sum: --period: 'May' is no period like 2026-05, 2026-05-17, 2026-Q2, 2026 or FROM..UNTIL
cogs-sum: --jobs: parts are merged by one thread

# random permutations and cuts, merged in random trees: the same bytes (SPLITS=1000 for more)
$ perl $TESTS/splits ${SPLITS:-25} 1

# several blocks, bad lines and long ones among them: the same by any number of threads
$ for i in $(seq 40); do sed "s/\"id\":\"/&$i-/" usage.ndjson; echo "bad $i"; printf '{"x":"%03000d"}\n' $i; echo; done >many; printf '{"model":"fjord-2","usage":{"input":1,"output":1}}' >>many; o="-p prices.json --now 2026-05-31 --by tenant,model --max-line 2048"; cogs-sum $o many >one 2>err; echo $?; for j in 2 3 5; do cogs-sum $o -j $j many >two 2>err2; cmp one two; cmp err err2; gzip -c many | cogs-sum $o -j $j >two 2>/dev/null; cmp one two; done; cat err; head -1 one; cogs-sum $o --strict -j 3 many; cogs-sum $o --max-bad 3% many >/dev/null 2>&1; cogs-sum $o --max-bad 80 many >/dev/null 2>&1; echo $?
3
cogs-sum: many:67: byte 1: unexpected character
cogs-sum: many:68: line is longer than --max-line
cogs-sum: many:136: byte 1: unexpected character
cogs-sum: many:137: line is longer than --max-line
cogs-sum: many:205: byte 1: unexpected character
cogs-sum: 80 bad lines in all
2641 calls, 2521 priced; 9 groups; prices: prices.json, of 2026-05-01; USD
cogs-sum: many:67: byte 1: unexpected character
0

# a cut-off file is said, after what came before it
$ zstd -qc many | head -c 4000 >cut; cogs-sum -p prices.json --now 2026-05-31 -j 2 cut >out 2>err; echo $?; grep truncated err; cogs-sum -p prices.json nothing; cogs-sum -p prices.json . </dev/null
3
cogs-sum: cut: truncated zstd input
cogs-sum: nothing: No such file or directory
cogs-sum: .: Is a directory
[4]

# no input, and a question: not decided
$ cogs-sum --budget 5 </dev/null; cogs-sum --expect-surfaces inference </dev/null; cogs-sum </dev/null
cogs-sum: no calls and no bills: nothing is decided
cogs-sum: no calls and no bills: nothing is decided

# two providers, by time and by pattern: the order of the book does not matter; parts keep the reason
$ echo '{"prices":1,"currency":"USD","models":[{"provider":"a","model":"m","input":1,"output":1},{"provider":"b","model":"m","until":"2026-02-01","input":2,"output":2},{"provider":"a","model":"g-4*","input":3,"output":3},{"provider":"b","model":"g-4o*","input":4,"output":4}]}' >two.json; jq -c '.models |= reverse' two.json >owt.json; printf '%s\n' '{"time":"2026-03-01T00:00:00Z","model":"m","usage":{"input":1000000}}' '{"time":"2026-01-01T00:00:00Z","model":"m","usage":{"input":1000000}}' '{"provider":"a","model":"g-4o-mini","usage":{"input":1000000}}' >calls; for b in two owt; do cogs-sum -p $b.json --each calls 2>/dev/null | jq -r '.cost // .cost_unknown'; cogs-sum -p $b.json calls >one 2>/dev/null; cogs-sum -p $b.json --partial calls | cogs-sum -p $b.json --merge 2>/dev/null | cmp - one; tail -1 one; done
1
several providers have the model: name one
3
m          1  1000000       0  several providers have the model: name one
1
several providers have the model: name one
3
m          1  1000000       0  several providers have the model: name one

# what looks like an answer and is none
$ cogs-sum --period 2026-02-30 usage.ndjson; cogs-sum --service-tier bogus usage.ndjson; cogs-sum --each --as '' usage.ndjson; echo '{"x":1}' >f.json; cogs-sum -p prices.json --now 2026-05-31 --budget f.json usage.ndjson >/dev/null; echo $?; cogs-sum -p prices.json --partial usage.ndjson >parts; grep -v '^c|' parts | cogs-sum -p prices.json --now 2026-05-31 --merge >/dev/null; echo $?; grep -v '^g|' parts | cogs-sum -p prices.json --now 2026-05-31 --merge >/dev/null; echo $?; : >none.csv; cogs-sum -p prices.json --now 2026-05-31 --invoice none.csv usage.ndjson >/dev/null
cogs-sum: --period: '2026-02-30' is no period like 2026-05, 2026-05-17, 2026-Q2, 2026 or FROM..UNTIL
cogs-sum: --service-tier: standard, batch, flex or priority
usage: cogs-sum [option ...] [file ...]
Try 'cogs-sum --help'.
cogs-sum: --as: a name that --each gives to something else, or none
usage: cogs-sum [option ...] [file ...]
Try 'cogs-sum --help'.
cogs-sum: --budget: for none of these groups: nothing is decided
6
cogs-sum: lines of counters are missing: their groups are there
3
cogs-sum: lines of groups are missing: their tasks are there
3
cogs-sum: --invoice: none.csv: no rows: nothing is decided
[6]

# a weight for a group that is not there; a prompt at an inclusive step
$ printf 'category,amount,driver\nz,2,"acme=1,typo=99"\n' >l; cogs-sum -p prices.json --now 2026-05-31 --by tenant -l l usage.ndjson | grep '^z'; echo '{"prices":1,"currency":"USD","models":[{"model":"m","input":1,"output":1,"above":[{"prompt":1000,"inclusive":true,"input":2,"output":2}],"batch":{"input":0.5,"output":0.5}}]}' >incl.json; for n in 999 1000; do echo '{"model":"m","service_tier":"batch","usage":{"input":'$n'}}' | cogs-sum -p incl.json --each 2>/dev/null | jq -c '[.cost, .cost_unknown]'; done
cogs-sum: --lines: z: 'typo' has a weight and is no group here: the others share what is its
z          2.000000   62.7 %      0.095238   2.000000     0.000000  acme=1,typo=99
["0.0004995",null]
[null,"no price for this service tier or prompt size"]
