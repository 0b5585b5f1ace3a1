# each rule of a policy, by itself: $1 what it adds, to the policy or to the agent; then mails
$ cat >rule <<'X'
> #!/bin/sh
> # rule POLICY TIME INTENT ... - a jq filter on a policy and on intents, at that time, in the ledger $s
> s=${s-s$$}; mkdir -p $s; touch $s/for-tests
> jq -n '{version: 1, agents: {bot: {class: "bulk", from_domains: ["news.example.com"], max_recipients: 9}}} | '"$1" >p$$; shift
> t=$1; shift
> for i; do jq -cn --arg t "$t" '{t: $t, agent: "bot", from: "s@news.example.com", to: ["a@x.test"], subject: "s", text: "one two three four five six seven eight nine ten"} | '"$i"; done | mailgate -p p$$ -s $s --clock t | jq -r '[.verdict, .reasons[0], .until] | map(select(.)) | join(" ")'
> X
> chmod +x rule; n=2026-06-17T12:00:00Z; m='range(5) as $i | .to = ["u\($i)@x\($i).test"]'
> ./rule '.agents.bot.recipients = ["a@x.test", "@y.test"]' $n . '.to = ["A+x@X.test"]' '.to = ["b@x.test"]' '.to = ["b@y.test"]' '.to = ["b@z.y.test"]'
> ./rule '.agents.bot.selectors = ["k1"]' $n '.dkim_selector = "k1"' '.dkim_selector = "billing"' .
> ./rule . $n '.dkim_selector = "k1"' '.inbound_only = true' '.to = ["abuse@x.test"]' '.to = ["No-Reply@x.test"]'
> ./rule '.role_addresses = ["team"] | .agents.bot.inbound_recipients = true' $n '.inbound_only = true' '.to = ["abuse@x.test"]' '.to = ["team@x.test"]'
> ./rule '.streams = {bulk: [[3, 60]]}' $n "$m"
> ./rule '.organizational_domain_daily = {"example.com": 2}' $n "$m"
> ./rule '.recipient_domain_limits = {"big": [[2, 3600]], "*": [[1, 3600]]} | .domain_groups = {big: ["x0.test", "x1.test", "x2.test"]}' $n "$m" '.to = ["z@x4.test"]'
> ./rule '.recipient_limits = [[1, 3600]]' $n . '.text = "x"' '.to = ["b@x.test"]'
> ./rule '.agents.bot.limits = [[2, 3600]]' $n '.to = ["a@x.test", "b@x.test", "c@x.test"]' '.to = ["a@x.test", "b@x.test"]'
> ./rule '.dedupe = {window_s: 3600, key: ["agent", "recipient", "body"], near: {distance: 12, do: "reject"}}' $n '.template = "t"' '.template = "u"' '.text += " eleven"' '.text = "quite another text about other things altogether, and long"'
accept ok
accept ok
reject recipient
accept ok
reject recipient
accept ok
reject selector
accept ok
reject selector
reject inbound-recipient
reject role-address
reject role-address
accept ok
accept ok
reject role-address
accept ok
accept ok
accept ok
defer stream-limit 2026-06-17T12:01:00Z
defer stream-limit 2026-06-17T12:01:00Z
accept ok
accept ok
defer org-domain-limit 2026-06-18T12:00:00Z
defer org-domain-limit 2026-06-18T12:00:00Z
defer org-domain-limit 2026-06-18T12:00:00Z
accept ok
accept ok
defer rcpt-domain-limit 2026-06-17T13:00:00Z
accept ok
accept ok
defer rcpt-domain-limit 2026-06-17T13:00:00Z
accept ok
defer recipient-limit 2026-06-17T13:00:00Z
accept ok
reject agent-limit
accept ok
accept ok
reject duplicate
reject near-duplicate
accept ok

# warm-up: a ramp by table or by a factor, from its day on, in its zone; silence begins it anew; too much that comes back holds it
$ w='.warmup = {"news.example.com": {start: "2026-06-17", geometric: {start: 2, factor: 2, cap: 7}, then: "last cap", on_pause_days: 5}}'; m='range(9) as $i | .to = ["u\($i)@x\($i).test"]'; for d in 16 17 18 19 20 27 28; do echo "day $d: $(s=w ./rule "$w" 2026-06-${d}T12:00:00Z "$m" | sort | uniq -c | sed 's/^ *//' | tr '\n' ';')"; done; s=z ./rule '.warmup = {"news.example.com": {start: "2026-06-17", tz: "America/New_York", caps: [1, 9]}}' 2026-06-17T03:59:59Z .; s=z ./rule '.warmup = {"news.example.com": {start: "2026-06-17", tz: "America/New_York", caps: [1, 9]}}' 2026-06-17T04:00:00Z . '.to = ["b@x.test"]'; s=z ./rule '.warmup = {"news.example.com": {start: "2026-06-17", tz: "America/New_York", caps: [1, 9]}}' 2026-06-18T04:00:00Z .
day 16: 9 reject warmup-not-started;
day 17: 2 accept ok;7 defer warmup 2026-06-18T00:00:00Z;
day 18: 4 accept ok;5 defer warmup 2026-06-19T00:00:00Z;
day 19: 7 accept ok;2 defer warmup 2026-06-20T00:00:00Z;
day 20: 7 accept ok;2 defer warmup 2026-06-21T00:00:00Z;
day 27: 2 accept ok;7 defer warmup 2026-06-28T00:00:00Z;
day 28: 4 accept ok;5 defer warmup 2026-06-29T00:00:00Z;
reject warmup-not-started
accept ok
defer warmup 2026-06-18T04:00:00Z
accept ok

# people come first: only who is known, the first mail to somebody, new threads, a sample of all
$ m='range(400) as $i | .to = ["u\($i)@x.test"]'; s=k ./rule '.agents.bot.known_only = true' 2026-06-17T12:00:00Z .; jq -n '{version: 1, agents: {bot: {class: "bulk", from_domains: ["news.example.com"]}}}' >pk; mailgatectl know A+1@X.test -p pk -s k --by kim; s=k ./rule '.agents.bot.known_only = true' 2026-06-17T12:00:00Z . '.to = ["b@x.test"]'; s=f ./rule '.agents.bot.hold_first_contact = true' 2026-06-17T12:00:00Z . .; mailgatectl release g1 -s f -p pk --by kim --now 2026-06-17T12:00:00Z | jq -c .verdict; s=f ./rule '.agents.bot.hold_first_contact = true' 2026-06-17T12:00:00Z '.text = "x"'; s=r ./rule '.agents.bot.review_sample = 0.25' 2026-06-17T12:00:00Z "$m" | sort | uniq -c | awk '{ n = $2 == "accept" ? 300 : 100; print $2, $3, $1 > n - 40 && $1 < n + 40 ? "about " n : $1 }'
reject unknown-correspondent
accept ok
reject unknown-correspondent
quarantine first-contact
quarantine first-contact
"accept"
accept ok

# what would be ignored is refused, and what is missing is said
$ u() { "$@" </dev/null 2>&1 | head -1; }; g="mailgate -p pk -s u"; u mailgate; u mailgate -p pk; u $g --policy-service file; u $g --policy-service --map id=.x; u $g --listen unix:x --deliver command:true; u $g --deliver nowhere; u $g --listen nowhere; u $g --listen unix:/none/x; u $g --sendmail -t; u $g -a bot --sendmail -t; u $g --filter a@x.test; u $g -a bot -d command:true --policy-service --batch 3; c="mailgatectl -s u"; u mailgatectl; u mailgatectl dance; u mailgatectl held; u $c held x; u $c release g1 -p pk; u $c release -p pk --by kim; u $c suspend bot; u $c suspend ../x --by kim; u $c resume bot --by kim; u $c suspend bot --by kim --strict; u $c explain x; u $c explain x --since 1h; u $c held --svg x; u $c held --format prom; u $c report --by kim; u $c report --svg /none/x | tail -1; u $c suppress nobody -p pk --by kim; u $c feedback none -p pk; u mailgatectl -p pk test none; u $c verify-log
mailgate: --policy is needed: who may send what
mailgate: --state is needed: the folder of the ledger
mailgate: files, and how they are read, go with intents
mailgate: files, and how they are read, go with intents
mailgate: --deliver: behind a policy service Postfix delivers
mailgate: --deliver: 'nowhere' is neither smtp://host:port nor command:cmd
mailgate: --listen: 'nowhere' is neither unix:path nor address:port
mailgate: --listen: unix:/none/x: No such file or directory
mailgate: --deliver is needed: where does an accepted mail go?
mailgate: --deliver is needed: where does an accepted mail go?
mailgate: --deliver is needed: where does an accepted mail go?
mailgate: --deliver: behind a policy service Postfix delivers
mailgatectl: a command is needed: held, release, suspend, report, ...
mailgatectl: there is no command 'dance'
mailgatectl: --state is needed
mailgatectl: it takes no operand
mailgatectl: --by is needed: who decides
mailgatectl: it needs an operand
mailgatectl: --by is needed: who decides
mailgatectl: ../x: is no name of an agent
mailgatectl: bot: was not suspended
mailgatectl: how records are read goes with feedback, commit and test
mailgatectl: x: the log knows nothing of it
mailgatectl: --since and --until are not for this
mailgatectl: --svg goes with report
mailgatectl: --format=prom goes with report
mailgatectl: --by is not for this
mailgatectl: --svg: /none/x: No such file or directory
mailgatectl: nobody: is no address and no @domain
mailgatectl: none: No such file or directory
mailgatectl: none: No such file or directory
u/decisions.ndjson: 0 lines, head 0000000000000000000000000000000000000000000000000000000000000000
