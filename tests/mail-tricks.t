# what an agent may try in an intent: its own header fields, names that are addresses, line ends, encoded words, NUL
$ echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"],"max_recipients":5,"per_recipient":[[2,3600]]}},"content":[{"id":"hole","re":"[{][{]","do":"quarantine"},{"id":"secret","re":"AKIA[0-9A-Z]{4}","do":"reject"}]}' >p
> cat >try <<'X'
> #!/bin/sh
> # try JQ ... - each a change of a good intent; its verdict
> for j; do jq -cn '{agent: "bot", from: "s@news.example.com", to: ["a@x.test"], subject: "s", text: "t", headers: {}} | '"$j"; done | mailgate -n -p p | jq -r '[.verdict, .reasons[0]] | join(" ")'
> X
> chmod +x try; ./try '.headers.From = "billing@example.com"' '.headers["content-transfer-encoding"] = "base64"' '.headers.Subject = "x"' '.headers["In-Reply-To"] = "<1@x>"' '.headers["X-Gate-Report"] = "v1.1.0"' '.headers["X-A"] = "=?utf-8?Q?a=0D=0ABcc:_x?="' '.headers["X-A"] = "a\u2028b"' '.headers["X-A:b"] = "c"' '.headers.cc = "d@x.test"' '.subject = "=?utf-8?Q?a=0AX:_b?="' '.text = "a\u0000b"' '.in_reply_to = "yes"' '.from = "\"billing@example.com\" <s@news.example.com>"' '.from = "=?utf-8?Q?billing=40example.com?= <s@news.example.com>"' '.from = "Sam @ work <s@news.example.com>"' '.from = "s@news.example.com, b@example.com"' '.to = ["a@x.test", "A+1@X.test", "a+2@x.test"]' '.to = ["a@x.test", "a@x.test"]' '.to = []' '.to = null' '.attachments = [{}]' '.raw_b64 = "!"' '.envelope_from = "x@example.com"'
reject header-denied
reject header-denied
reject header-denied
reject header-denied
reject header-denied
reject header-injection
accept ok
reject header-name
reject header-denied
reject header-injection
reject nul
reject message-id
reject display-name
reject display-name
accept ok
reject address-syntax
defer recipient-limit
defer recipient-limit
reject no-recipient
reject no-recipient
reject attachments
reject parse
reject identity

# rules see what a reader sees: names, header fields, HTML without tags, what is not seen, what looks alike
$ ./try '.text = "{\u200b{x"' '.html = "{<b></b>{name}}"' '.html = "&#123;&lcub;x"' '.html = "{<!-- > -->{"' '.headers["X-A"] = "{{x"' '.to = ["{{x <a@x.test>"]' '.from = "=?utf-8?B?e3t4?= <s@news.example.com>"' '.subject = "=?utf-8?B?e3t4?="' '.text = "\uff21\uff2b\uff29\uff21ABCD"' '.text = "AK\u00adIAABCD"' '.html = "AK<i>IA</i>ABCD"' '.text = "{ {"'
quarantine hole
quarantine hole
quarantine hole
quarantine hole
quarantine hole
quarantine hole
quarantine hole
quarantine hole
reject secret
reject secret
reject secret
accept ok

# a message in which readers may see different things is looked at by a person
$ cat >mime <<'X'
> #!/bin/sh
> # mime HEAD BODY - a message with that head and body, in the words of printf '%b'; its verdict
> { printf 'From: s@news.example.com\r\nTo: a@x.test\r\nMIME-Version: 1.0\r\n'; printf '%b\r\n\r\n%b\r\n' "$1" "$2"; } | jq -Rsc '{agent: "bot", raw: .}' | mailgate -n -p p | jq -r '[.verdict, .reasons[0], .message] | join(" ")'
> X
> chmod +x mime; t='Content-Type: text/plain' m='Content-Type: multipart/mixed; boundary=b' e='Content-Transfer-Encoding'
> ./mime "$t" 'fine'; ./mime "$t\r\n$e: base64" 'e3t4'; ./mime "$t\r\n$e: base64" 'eA==\r\ne3t4'; ./mime "$t\r\n$e: base64" '!!e3t4'; ./mime "$t\r\n$e: \"base64\"" 'e3t4'; ./mime "$t\r\n$e: (x) base64" 'e3t4'; ./mime "$t\r\n$e: 7bit\r\n$e: base64" 'e3t4'; ./mime "$t\r\nContent-Type: text/html" 'x'; ./mime "$t\r\n$e: x-uuencode" 'x'; ./mime "$m" 'no boundary'; ./mime "$m" '--b\r\n\r\n{{x\r\n--b--'; ./mime "$m" '{{before\r\n--b\r\n\r\nx\r\n--b--'; ./mime "$m" '--b\r\n\r\nx\r\n--b--\r\n{{behind'; ./mime "$m" '--b\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\ne3t4\r\n--b--'; ./mime "$m" '--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: {{x\r\n\r\ny\r\n--b--'; ./mime 'Content-Type: multipart/mixed' 'x'; ./mime 'Content-Type: text/plain; charset=utf-16be\r\nContent-Transfer-Encoding: base64' 'AHsAewB4'; ./mime 'Content-Type: text/plain; charset=utf-7' '+AHsAew-'; ./mime "$t\r\n$e: quoted-printable" '{=7Bx'
accept ok accepted
quarantine hole the text matches the rule 'hole'
quarantine mime-syntax readers may see different things in it: a part is not quite base64
quarantine hole the text matches the rule 'hole'
quarantine mime-syntax readers may see different things in it: a part has a transfer encoding that not everybody knows
quarantine mime-syntax readers may see different things in it: a part has a transfer encoding that not everybody knows
reject duplicate-header there are two fields Content-Transfer-Encoding
reject duplicate-header there are two fields Content-Type
quarantine mime-syntax readers may see different things in it: a part has a transfer encoding that not everybody knows
quarantine mime-syntax readers may see different things in it: it is to have parts, and has none
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'
quarantine mime-syntax readers may see different things in it: it is to have parts, and has none
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'
quarantine hole the text matches the rule 'hole'

# a tool call is an intent: its body is what is said, to the rules and on the wire; another tool's call is refused
$ call() { jq -cn --arg n "$1" --arg b "$2" '{type: "tool_use", id: "t", name: $n, input: {to: "a@x.test", from: "s@news.example.com", subject: "s", body: $b}}, {type: "function", id: "c", function: {name: $n, arguments: ({to: "a@x.test", from: "s@news.example.com", subject: "s", body: $b} | tojson)}}'; }; call send_email hello | mailgate -p p -s s -a bot -d 'command:cat >>sent'; grep -c hello sent; call send_email '{{x' | mailgate -n -p p -a bot | jq -r .content; call rm_rf hello | mailgate -n -p p -a bot | jq -c '[.is_error, .content]'; call send_email hello | mailgate -n -p p | jq -r .content
{"type":"tool_result","tool_use_id":"t","content":"Sent: accepted (ok)."}
{"role":"tool","tool_call_id":"c","content":"Sent: accepted (ok)."}
2
Held for a person to look at: the text matches the rule 'hole' (hole). Do not send it again.
Held for a person to look at: the text matches the rule 'hole' (hole). Do not send it again.
[true,"Refused: it calls another tool than send_email (tool). Do not try the same again."]
[null,"Refused: it calls another tool than send_email (tool). Do not try the same again."]
Refused: the policy does not know agent '' (unknown-agent). Do not try the same again.
Refused: the policy does not know agent '' (unknown-agent). Do not try the same again.

# called by the name of sendmail, with its options; what would make a server or read a file is refused; the answers are a mailer's
$ ln -sf $TOP/cmd/mailgate/mailgate sendmail; printf 'From: s@news.example.com\nTo: a@x.test\nSubject: s\n\nhello\n' >mail; export MAILGATE_POLICY=p MAILGATE_STATE=sm MAILGATE_AGENT=bot MAILGATE_DELIVER='command:echo "$@" >to'; try() { ./sendmail "$@" <mail; echo "$? $*"; }; try -t -i; cat to; try -i -f s@news.example.com -F Sam -- b@x.test 'c@x.test'; cat to; for o in -bs -bd -bp -C/x '-C /x' -X/x -OQueueDirectory=/x -oQ/x -oA -q; do try -t $o; done 2>&1 | grep -v 'not taken' | cut -d' ' -f1 | sort | uniq -c; try -f 's@news.example.com -X/x' -t; try -F "$(printf 'a\nBcc: x')" -t; try -i; (cat mail; echo .; echo more) >dot; ./sendmail -t <dot; echo $?; ./sendmail -t -i <dot; echo $?; MAILGATE_POLICY=none try -t; MAILGATE_DELIVER='command:exit 75' try -t -i; MAILGATE_AGENT=other try -t -i
0 -t -i
s@news.example.com a@x.test
0 -i -f s@news.example.com -F Sam -- b@x.test c@x.test
s@news.example.com b@x.test c@x.test
     10 77
mailgate: reject: address-syntax: the envelope sender is no address
77 -f s@news.example.com -X/x -t
mailgate: reject: header-injection: -F holds a line end
77 -F a
Bcc: x -t
mailgate: reject: no-recipient: nobody is to get it
77 -i
mailgate: reject: dot-line: a line of one dot ends the message without -i, and there is more
77
0
mailgate: --policy: none: No such file or directory
75 -t
mailgate: defer: recipient-limit: a@x.test had 2 in 3600 s
75 -t -i
mailgate: reject: unknown-agent: the policy does not know agent 'other'
77 -t -i
