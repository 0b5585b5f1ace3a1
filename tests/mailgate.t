# every golden case is answered as expected; where the cases are not, nothing is asked
$ c=$TOP/../shared/cases/gates; [ ! -r $c/mailgate.ndjson ] || mailgatectl test -p $c/mailgate.policy.json $c/mailgate.ndjson $c/mailgate.feedback.ndjson | sed '/^140 cases: 140 as expected, 0 not$/d'

# the night of 80,000 mails
$ for s in s1 s2 s3 s4 s5 s6; do perl $TESTS/mail-night $s mailgate $TESTS/night-policy.json; done
reject:identity 80000
accept 900 defer:agent-limit 31370 defer:rcpt-domain-limit 47656 reject:duplicate 74
accept 300 defer:agent-limit 15685 defer:quiet-hours 64000 reject:duplicate 15
accept 50 defer:quiet-hours 64000 defer:warmup 15948 reject:duplicate 2
accept 300 defer:agent-limit 140 quarantine:breaker-bounce 79545 reject:duplicate 15 first held 455
accept 900 defer:rcpt-domain-limit 79025 reject:duplicate 75

# a hundred rounds of kill -9 over one ledger
$ perl $TESTS/mail-kill 100 mailgate mailgatectl
killed most of them
admitted 4000 of 4000, acknowledged and lost 0, admitted twice 0
the log is whole

# a mail, asked for by the policy in $p with the clock in t
$ cat >ask <<'X'
> #!/bin/sh
> # ask TIME 'MEMBERS' ... - verdict and reason of each, in one ledger
> t=$1; shift
> for m; do printf '{"t":"%s",%s}\n' "$t" "$m"; done | mailgate ${o--p p -s s} --clock t | jq -r '[.verdict, .reasons[0], .until] | map(select(.)) | join(" ")'
> X
> cat >fresh <<'X'
> rm -rf s; mkdir s; touch s/for-tests
> X
> chmod +x ask; sh fresh; echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"],"max_recipients":3,"limits":[[3,3600]]}}}' >p
> echo 'm="\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\""' >m; . ./m; ./ask 2026-06-17T12:00:00Z "$m:[\"a@x.test\"]" "$m:[\"b@x.test\"],\"cc\":\"c@x.test\"" "$m:[\"d@x.test\"]"; ./ask 2026-06-17T12:59:59Z "$m:[\"d@x.test\"]"; ./ask 2026-06-17T13:00:00Z "$m:[\"d@x.test\",\"e@x.test\"],\"bcc\":[\"f@x.test\"]" "$m:[\"g@x.test\"]"
accept ok
accept ok
defer agent-limit 2026-06-17T13:00:00Z
defer agent-limit 2026-06-17T13:00:00Z
accept ok
defer agent-limit 2026-06-17T14:00:00Z

# a clock that is set back frees nothing; one that ran ahead is told of by a person
$ . ./m; ./ask 2026-06-17T11:00:00Z "$m:[\"h@x.test\"]"; sh fresh; ./ask 2036-06-17T12:00:00Z "$m:[\"a@x.test\",\"b@x.test\",\"c@x.test\"]"; ./ask 2026-06-17T12:00:00Z "$m:[\"d@x.test\"]"; mailgatectl rewind -s s --by op --now 2026-06-17T12:00:00Z; ./ask 2026-06-17T12:59:59Z "$m:[\"d@x.test\"]"; ./ask 2026-06-17T13:00:00Z "$m:[\"d@x.test\"]"
defer agent-limit 2026-06-17T14:00:00Z
accept ok
defer agent-limit 2036-06-17T13:00:00Z
defer agent-limit 2026-06-17T13:00:00Z
accept ok

# an agent may not name the time; its own name it may not change either
$ . ./m; rm -rf real; echo '{}' | mailgate -p p -s real --clock t; echo "{$m:[\"a@x.test\"]}" | mailgate -p p -s real -a other | jq -c .reasons; echo "{$m:[\"a@x.test\"]}" | sed 's/bot/other/' | mailgate -p p -s real -a bot | jq -c .reasons
mailgate: --clock and --now go with --dry-run, or a state that holds a file for-tests
["unknown-agent"]
["agent-mismatch"]

# 04:30, a password reset passes at once: limits, quiet hours, breaker and the switch are the agents'
$ . ./m; sh fresh; sed 's/"class":"conversational"/"class":"bulk"/; s/}}}$/},"login":{"class":"transactional","from_domains":["login.example.com"]}},"transactional_domains":["login.example.com"],"quiet":{"from":"21:00","to":"08:00","tz":["Europe\/Berlin"]},"organizational_domain_daily":{"example.com":0},"recipient_domain_limits":{"*":[[0,60]]}}/' p >p2; r='"agent":"login","from":"no-reply@login.example.com","to":"kim@x.test"'; mailgatectl suspend all -s s --by op; o='-p p2 -s s' ./ask 2026-06-17T02:30:00Z "$m:\"kim@x.test\"" "$r,\"subject\":\"1\""; mailgatectl resume all -s s --by op; o='-p p2 -s s' ./ask 2026-06-17T02:30:00Z "$m:\"kim@x.test\"" "$r,\"subject\":\"2\""; mailgatectl suspend login -s s --by op; o='-p p2 -s s' ./ask 2026-06-17T02:30:00Z "$r,\"subject\":\"3\""
all: suspended
defer kill
accept ok
all: goes on
defer quiet-hours 2026-06-17T06:00:00Z
accept ok
login: suspended
defer kill-agent

# the switch is a file, and holds within a stream: what is behind it does not leave
$ . ./m; rm -rf live; yes "{$m:[\"a@x.test\"]}" | head -2 | sed '1s/a@/1@/' >two; (head -1 two; while [ ! -s out ]; do sleep 0.05; done; mkdir -p live/suspended; touch live/suspended/bot; tail -1 two) | mailgate -p p -s live >out; jq -c '[.verdict, .reasons[0]]' out
["accept","ok"]
["defer","kill-agent"]

# a policy says where it is wrong, and nothing is attempted
$ bad() { sed "$1" $EXAMPLES/mail-policy.json >bad; mailgate -n -p bad </dev/null; }; bad 's/"max_recipients": 1,/"max_recipient": 1,/'; bad 's/\[100, 3600\]/[100, 0]/'; bad 's/"news.example.com"\]/"login.example.com"]/'; bad 's/"21:00"/"24:00"/'; bad 's/Europe.Berlin/Europe\/Bonn/'; bad 's/"version": 1/"version": 2/'; bad 's/"secret", "re": "/&(/'; bad 's/"hold": 0.05/"hold": 0.5/'; bad '3,$d'; bad 's/"@blocked.example"/"@blocked"/'; mailgate -n -p none </dev/null; echo $?
mailgate: bad: line 9: agents.followup.max_recipient: there is no such member
mailgate: bad: line 10: agents.followup.limits: is no [number, seconds], with at most 31 days of seconds
mailgate: bad: line 8: agents.followup.from_domains: login.example.com is a transactional domain, and the agent is none
mailgate: bad: line 45: quiet.from: is no time of day, like 21:00
mailgate: bad: line 46: quiet.tz: 'Europe/Bonn' is no time zone of this system (tzdata), like Europe/Berlin
mailgate: bad: line 2: version: is needed, and is 1
mailgate: bad: line 66: content.re: missing closing parenthesis at 53
mailgate: bad: line 50: breaker.bounce.stop: is at least hold, and hold more than 0
mailgate: bad: line 3: ends too early
mailgate: bad: line 42: suppression: '@blocked' is no address and no @domain
mailgate: --policy: none: No such file or directory
2

# every line is answered, bad ones too; an id is not admitted twice, whoever asks again
$ . ./m; rm -rf s2; (echo '{"id":'; echo; echo '[1]'; echo "{\"id\":\"7\",$m:\"a@x.test\"}"; echo "{\"id\":\"7\",$m:\"b@x.test\"}"; echo "{\"id\":7,$m:1}"; printf '{"to":"\0"}\n') | mailgate -p p -s s2 2>err | jq -c '[.id, .verdict, .reasons[0]]'; wc -l <err; echo "{\"id\":\"7\",$m:\"c@x.test\"}" | mailgate -p p -s s2 | jq -r .message
[null,"reject","parse"]
[null,"reject","parse"]
["7","accept","ok"]
["7","reject","duplicate"]
[7,"reject","type"]
[null,"reject","parse"]
3
id '7' was used before, by g3, which is reserved

# half a line of the log, as a killed process leaves it, is mended from the ledger; what was changed is not
$ . ./m; rm -rf s3; for i in 1 2 3; do echo "{$m:\"a$i@x.test\"}" | mailgate -p p -s s3 >out; done; cp s3/decisions.ndjson whole; truncate -s -40 s3/decisions.ndjson; mailgatectl verify-log -s s3 | cut -d, -f1; cmp whole s3/decisions.ndjson; head -c -300 whole >s3/decisions.ndjson; mailgatectl verify-log -s s3 | cut -d, -f1; sed '3s/accept/reject/' whole >s3/decisions.ndjson; mailgatectl verify-log -s s3; echo "{$m:\"b@x.test\"}" | mailgate -p p -s s3; sed '1s/a1@/b1@/' whole >s3/decisions.ndjson; mailgatectl verify-log -s s3; (head -c -40 whole; echo x) >s3/decisions.ndjson; mailgatectl verify-log -s s3
s3/decisions.ndjson: 3 lines
s3/decisions.ndjson: 3 lines
mailgatectl: decisions.ndjson: it does not end where the ledger says: cut off, or changed
mailgate: decisions.ndjson: it does not end where the ledger says: cut off, or changed
s3/decisions.ndjson: line 2: does not hold the hash of the line before
mailgatectl: decisions.ndjson: its last line has no number
[4]

# what is held waits for a person, who lifts what asked for one and nothing else; what is lost comes back
$ sh fresh; cat >ph <<'X'
> {"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"],"limits":[[2,3600]],"hold_new_threads":true}},"suppression":["c@x.test"],"content":[{"id":"hole","re":"\\{\\{","do":"quarantine"}]}
> X
> . ./m; a='"subject":"s"'; o='-p ph -s s' ./ask 2026-06-17T12:00:00Z "$m:\"a@x.test\",$a" "$m:\"b@x.test\",\"text\":\"{{x\"" "$m:\"c@x.test\",$a" "$m:\"a@x.test\",$a" "$m:\"d@x.test\",\"in_reply_to\":\"<1@x>\""; mailgatectl held -s s --now 2026-06-17T12:05:00Z; r() { mailgatectl release -s s -p ph --by alice --now 2026-06-17T12:10:00Z "$@"; }; r g1 -d 'command:exit 75' | jq -c '[.verdict, .reasons]'; r g1 -d 'command:cat >sent' | jq -c .verdict; grep -c . sent; r g1 g2 g77 x; mailgatectl refuse g2 -s s --by alice; mailgatectl held -s s; mailgatectl verify-log -s s | cut -d, -f1
quarantine new-thread
quarantine hole
reject suppressed
quarantine new-thread
accept ok
g1  5m  bot  a@x.test  new-thread  asked 2 times
g2  5m  bot  b@x.test  hole
["defer",["delivery"]]
"accept"
10
mailgatectl: g1: is not held
mailgatectl: g2: agent-limit: agent 'bot' may have 2 in 3600 s
mailgatectl: g77: is not held
mailgatectl: x: is no number of a mail, like g17
s/decisions.ndjson: 13 lines

# two processes take turns in one chain
$ . ./m; rm -rf s4; q='request=smtpd_access_policy\nprotocol_state=RCPT\nsender=s@news.example.com\nrecipient=%s@x.test\nrecipient_count=%s\ninstance=%s\nsasl_username=bot\n\n'; (printf "$q" a 0 1; while ! grep -q z@x s4/decisions.ndjson 2>nil; do sleep 0.05; done; printf "$q" b 0 2) | mailgate -p p -s s4 --policy-service >out & while ! grep -q a@x s4/decisions.ndjson 2>nil; do sleep 0.05; done; echo "{$m:\"z@x.test\"}" | mailgate -p p -s s4 | jq -c .gate_id; wait $!; grep -c DUNNO out; mailgatectl verify-log -s s4 | cut -d, -f1
"g2"
2
s4/decisions.ndjson: 5 lines

# on a full disk the answer is no, and what was said before holds
$ rm -rf s5; echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"]}}}' >pf; for i in $(seq 3000); do echo "{\"id\":\"i$i\",\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"a$i@x.test\"]}"; done >many; (trap '' XFSZ; ulimit -f 900; mailgate -p pf -s s5 many 2>err; echo $? >rc) | cat >out1; cat rc; jq -r '[.verdict, .reasons[0]] | join(" ")' out1 | sort | uniq -c | sed 's/ *[0-9]\{2,\}/many/'; mailgate -p pf -s s5 many >out2; n=$(cat out1 out2 | grep -c '"verdict":"accept"'); [ "$n" = 3000 ] || echo "$n accepted, not 3000"; cat out1 out2 | jq -r 'select(.verdict == "accept") | .id' | sort | uniq -d; mailgatectl verify-log -s s5 | cut -d' ' -f3-4 | sed 's/ .*//'
4
many accept ok
many defer ledger
lines,
