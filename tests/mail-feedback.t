# what comes back counts once, with the token of a mail to that recipient: mails, mailboxes, maildirs, records of ours, of SES and of SendGrid
$ echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"]}}}' >p
> for i in 1 2 3 4 5 6 7 8 9; do echo "{\"id\":\"m$i\",\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"a$i@x.test\"]}"; done | mailgate -p p -s s | jq -r .token >tokens; tok() { sed -n "$1p" tokens; }
> cat >dsn <<'X'
> #!/bin/sh
> # dsn TOKEN RECIPIENT STATUS [ACTION] - a bounce
> printf 'From: MAILER-DAEMON@x.test\nTo: b+%s@news.example.com\nSubject: returned\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nnot delivered\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.test\n\nFinal-Recipient: rfc822; %s\nAction: %s\nStatus: %s\n\n--b--\n' "$1" "$2" "${4:-failed}" "$3"
> X
> f="mailgatectl feedback -p p -s s"; (sh dsn "$(tok 1)" a1@x.test 5.1.1; sh dsn "$(tok 1)" A1@X.test 5.1.1) >both; sh dsn "$(tok 1)" a1@x.test 5.1.1 >1; $f 1; $f 1 | cut -d, -f2; sh dsn "$(tok 2)" a2@x.test 5.7.26 >2; sh dsn "$(tok 3)" a3@x.test 4.4.7 >3; sh dsn "$(tok 4)" victim@y.test 5.1.1 >4; sh dsn "$(tok 4)" a4@x.test 4.0.0 delayed >5; sh dsn v1.1.0123456789abcdef a4@x.test 5.1.1 >6; for i in 2 3 4 5 6; do echo "From MAILER-DAEMON Wed Jun 17 13:00:00 2026"; cat $i; echo; done >mbox; $f mbox; mkdir -p md/new md/cur md/tmp; sh dsn "$(tok 4)" a4@x.test 5.1.1 | sed 's/$/\r/' >md/new/x; echo 'From: x@y.test' >md/cur/y; $f md; $f <1 | cut -d, -f2
> cat >records <<X
> {"recipient":"a5@x.test","type":"complaint","token":"$(tok 5)","time":"2026-11-01T00:00:00Z"}
> {"Type":"Notification","Message":"{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bounceSubType\":\"General\",\"bouncedRecipients\":[{\"emailAddress\":\"a6@x.test\"}],\"timestamp\":\"2026-11-01T00:00:00Z\"},\"mail\":{\"source\":\"b+$(tok 6)@news.example.com\"}}"}
> {"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a7@x.test"}]},"mail":{"headers":[{"name":"x-gate-report","value":"$(tok 7)"}]}}
> [{"email":"a8@x.test","event":"bounce","type":"blocked","gate_token":"$(tok 8)","timestamp":1795424400},{"email":"a9@x.test","event":"unsubscribe","gate_token":"$(tok 9)"}]
> {"recipient":"a8@x.test","type":"hard","token":"$(tok 9)"}
> {"recipient":"a8@x.test","type":"hard"}
> {"recipient":"a8@x.test","type":"sideways"}
> X
> grep -v '^\[' records | $f; grep '^\[' records | $f; (echo '{"recipient":"a8@x.test","type":"hard"}'; echo '{"recipient":"nobody@y.test","type":"hard"}') | $f --trusted
1 reports: none 0 ignored 0 hard_bounce 1 soft_bounce 0 policy_bounce 0 complaint 0 unsubscribe 0, known before 0
 known before 1
5 reports: none 1 ignored 2 hard_bounce 0 soft_bounce 1 policy_bounce 1 complaint 0 unsubscribe 0, known before 0
2 reports: none 1 ignored 0 hard_bounce 1 soft_bounce 0 policy_bounce 0 complaint 0 unsubscribe 0, known before 0
 known before 1
mailgatectl: standard input:6: no feedback: recipient and type are needed
5 reports: none 0 ignored 2 hard_bounce 1 soft_bounce 0 policy_bounce 0 complaint 2 unsubscribe 0, known before 0
2 reports: none 0 ignored 0 hard_bounce 0 soft_bounce 0 policy_bounce 1 complaint 0 unsubscribe 1, known before 0
2 reports: none 0 ignored 1 hard_bounce 1 soft_bounce 0 policy_bounce 0 complaint 0 unsubscribe 0, known before 0

# who bounced, complained or wants no more gets nothing, from any agent; a person lifts it
$ for i in 1 2 3 4 5 6 7 8 9; do echo "{\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"a$i+x@x.test\"],\"text\":\"again\"}"; done | mailgate -p p -s s | jq -r '[.to[0], .verdict, .message] | join(" ")'; mailgatectl unsuppress a1@x.test b@x.test -p p -s s --by kim; mailgatectl suppress @y.test -p p -s s --by kim --why 'asked by phone'; for a in a1@x.test z@sub.y.test; do echo "{\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"$a\"],\"text\":\"once more\"}"; done | mailgate -p p -s s | jq -r '[.verdict, .message] | join(" ")'; mailgatectl verify-log -s s | cut -d, -f1; mailgatectl report -s s --format=json | head -1 | jq -c '[.feedback_ignored, .domains]'
a1+x@x.test reject a1+x@x.test gets no mail from here: hard_bounce
a2+x@x.test accept accepted
a3+x@x.test accept accepted
a4+x@x.test reject a4+x@x.test gets no mail from here: hard_bounce
a5+x@x.test reject a5+x@x.test gets no mail from here: complaint
a6+x@x.test reject a6+x@x.test gets no mail from here: hard_bounce
a7+x@x.test reject a7+x@x.test gets no mail from here: complaint
a8+x@x.test reject a8+x@x.test gets no mail from here: hard_bounce
a9+x@x.test reject a9+x@x.test gets no mail from here: unsubscribe
mailgatectl: b@x.test: was not suppressed here (the policy has a list too)
accept accepted
reject z@sub.y.test gets no mail from here: asked by phone
s/decisions.ndjson: 37 lines
[5,[{"domain":"news.example.com","recipients":12,"bounces":6,"complaints":2,"unsubscribed":1}]]

# in the stream of intents feedback is put to use at once; without a token it is not
$ sed 's/"from_domains"/"limits":[[100,60]],"from_domains"/; s/}}}$/}},"breaker":{"bounce":{"min_sent":4,"hold":0.25,"stop":0.5}}}/' p >pb; m() { echo "{\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"$1@x.test\"],\"subject\":\"$1\"}"; }; for i in a b c d; do m $i; done | mailgate -p pb -s b | jq -r .token >t; (m e; echo '{"recipient":"a@x.test","type":"hard"}'; m f; echo "{\"recipient\":\"a@x.test\",\"type\":\"hard\",\"token\":\"$(sed -n 1p t)\"}"; m g; echo "{\"recipient\":\"b@x.test\",\"type\":\"policy\",\"token\":\"$(sed -n 2p t)\"}"; m h; echo "{\"recipient\":\"c@x.test\",\"type\":\"hard\",\"token\":\"$(sed -n 3p t)\"}"; echo "{\"recipient\":\"d@x.test\",\"type\":\"hard\",\"token\":\"$(sed -n 4p t)\"}"; m i) | mailgate -p pb -s b | jq -r '[.event // .verdict, .reason // (.reasons // [])[0], .message] | map(select(.)) | join(" ")'
accept ok accepted
ignored token-missing
accept ok accepted
hard_bounce
accept ok accepted
policy_bounce
quarantine breaker-bounce news.example.com: 2 bounces of 7 sent are 28.57 %, and 25.00 % hold it
hard_bounce
hard_bounce
defer breaker-bounce-stop news.example.com: 4 bounces of 7 sent are 57.14 %, and 50.00 % stop it

# each night: bounces in, a report and a picture out, and the head of the log
$ mkdir d; cd d; sh $EXAMPLES/mail-nightly ../p ../s ../1 | cut -d, -f2; echo $?; ls | sed 's/20[0-9-]*/DAY/'; cut -d, -f1 head-*; jq -r .record mail-*.ndjson | sort -u; head -c 40 mail-*.svg; echo; sed -i '2s/bot/bat/' ../s/decisions.ndjson; sh $EXAMPLES/mail-nightly ../p ../s
 known before 1
0
head-DAY
mail-DAY.ndjson
mail-DAY.svg
mail-DAY.txt
../s/decisions.ndjson: 38 lines
finding
mail-day
<svg xmlns="http://www.w3.org/2000/svg" 
../s/decisions.ndjson: line 3: does not hold the hash of the line before
[1]
