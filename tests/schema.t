# what the tools write fits the schemas that they print: an independent validator looks
$ cat >check.py <<'EOF'
> import json, sys, jsonschema
> kinds = {}
> for line in open(sys.argv[1]):
>     s = json.loads(line); jsonschema.Draft202012Validator.check_schema(s)
>     kinds[s["title"]] = jsonschema.Draft202012Validator(s)
> n = 0
> for line in sys.stdin:
>     r = json.loads(line); n += 1
>     for e in kinds[r["record"]].iter_errors(r):
>         print(r.get("id"), e.json_path, e.message[:200])
> print(n > 0)
> EOF

$ trace-capture --schema >s; trace-capture $EXAMPLES/traffic.ndjson | python3 check.py s
True

$ replay --schema >s; head -3 $EXAMPLES/traces.ndjson | replay --retries 0 --base-url http://127.0.0.1:9 | python3 check.py s
True

$ replay --schema >s; python3 check.py s <$EXAMPLES/replayed.ndjson
True

$ diff-eval --schema >s; diff-eval --format=json $EXAMPLES/replayed.ndjson | python3 check.py s
True

$ diff-eval --schema >s; for a in '--slices tenant,length' '--check none --check contains:you --seed 3' '--min-agree 50%' '--sequential --check field:status'; do diff-eval --format=json $a $EXAMPLES/replayed.ndjson | python3 check.py s; done; sh $TESTS/pairs m 30 9 3 1 >p; jq -c '.baseline += .baseline' p | diff-eval --format=json --allow-partial | python3 check.py s; diff-eval --schema >s; awk 'BEGIN { for (i = 0; i < 30; i++) print "{\"id\":" i ",\"x\":" i * i % 7 "}" }' >n; echo '{"id":"3","baseline":2,"candidate":1}' >l; diff-eval --check field:x --labels l --format=json n n | python3 check.py s
True
True
True
True
True
True

$ judge --schema >s; sh $EXAMPLES/judged | python3 check.py s; judge -m j --rubric $EXAMPLES/rubric.txt --plan $EXAMPLES/replayed.ndjson | python3 check.py s
True
True

$ perl $EXAMPLES/toy-vocab 300 $EXAMPLES/traces.ndjson >toy.json; tokcount --schema >s; t="tokcount --vocab toy.json --format=json"; export HOME=$PWD XDG_DATA_HOME=$PWD; mkdir -p inferutils/vocab; cp toy.json inferutils/vocab/claude.json; cp toy.json inferutils/vocab/llama2.json; { $t $EXAMPLES/*.ndjson; $t -r $EXAMPLES/traces.ndjson; $t --drift --calibration c $EXAMPLES/traces.ndjson; cat c; $t --calibration c --max 10 $EXAMPLES/prompt.txt; tokcount --format=json --compare claude,llama2 $EXAMPLES/prompt.txt; } 2>/dev/null | python3 check.py s
True

$ cd $EXAMPLES; o="-p prices.json --now 2026-05-31 --by tenant,model --period 2026-05 --bridge 2026-04 --bridge-revenue 300 -l bills.csv -l review.ndjson -d drivers.csv -r 445.5 --target 70% --format=json"; cogs-sum --schema >$OLDPWD/s; printf 'model,amount\nfjord-2-2026-03-02,5\n' >$OLDPWD/i; { cogs-sum $o --invoice $OLDPWD/i usage.ndjson; echo '{"model":"gpt-4.1","usage":{"prompt_tokens":10,"completion_tokens":1,"cache_creation_input_tokens":5}}' | cogs-sum --now 2026-08-06 --format=json; cat review.ndjson; } | python3 $OLDPWD/check.py $OLDPWD/s
True

$ skew-check --schema >s; { skew-check --format=json $EXAMPLES/served.ndjson; skew-check --format=json -e p=v9 -r $EXAMPLES/regions.txt $EXAMPLES/served.ndjson; echo '{"time":1,"region":"a","prompt":{"version":"v"},"model":{"requested":"m","answered":"n"}}' | skew-check --format=json; } 2>/dev/null | python3 check.py s
True

$ cd $EXAMPLES; region-check --schema >$OLDPWD/s; r="region-check --now 2026-06-17"; { $r -p residency.json -i --format=json hops.ndjson; $r -p residency.json -e hops.ndjson; $r -p residency.json -c routes.json --format=json; $r -b --format=json blocks.ndjson; $r -p residency.json --evidence $OLDPWD/e hops.ndjson >/dev/null; jq -c 'select(.finding) | .finding' $OLDPWD/e; } 2>/dev/null | python3 $OLDPWD/check.py $OLDPWD/s
True

$ mkdir mg; cd mg; mkdir s; touch s/for-tests; p="-p $EXAMPLES/mail-policy.json -s s"; mailgatectl --schema >schemas; mailgate $p --clock time $EXAMPLES/mail-intents.ndjson >out; n="--now 2026-06-17T14:00:00Z"; mailgatectl release g6 $p -b kim -d command:true $n >released; jq -c 'select(.id == "2") | {recipient: .to[0], type: "hard", token}' out | mailgatectl feedback $p $n >told; { mailgatectl held -s s --body; mailgatectl top -s s -f json $n; mailgatectl report -s s -f json $n; cat s/decisions.ndjson; } | python3 ../check.py schemas; jq -r .record s/decisions.ndjson | sort | uniq -c; mailgate --schema | head -1 >one; jq -c '. + {record: "mail-intent"}' out released $EXAMPLES/mail-intents.ndjson | python3 ../check.py one
True
      1 act
      9 decision
      1 feedback
      1 outcome
True
