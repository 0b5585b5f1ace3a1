# what the other side says at each stage, and what becomes of the mail: not taken for certain and it may be tried again; or failed; or nobody knows
$ echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"],"max_recipients":3,"limits":[[100,3600]],"return_path":"b+{token}@news.example.com"}}}' >p
> cat >one <<'X'
> #!/bin/sh
> # one STAGE=WHAT ... - three recipients, one mail
> rm -rf s port; perl $TESTS/smtp-bad "$@" >port & sh $TESTS/await port
> echo '{"agent":"bot","from":"s@news.example.com","to":["a@x.test","b@x.test"],"bcc":"c@x.test","subject":"s"}' | mailgate -p p -s s -d "smtp://127.0.0.1:$(head -1 port)" >out
> echo "$* status $?: $(jq -r '[.verdict, .reasons[0]] | join(" ")' out); $(mailgatectl explain g1 -s s | sed -n '/^now/,$s/  \(.\)@x.test: \([a-z]*\),.*/\1 \2/p' | tr '\n' ' ')$(tail -n +2 port)"
> kill $!
> X
> chmod +x one; ./one; ./one helo=421; ./one mail=451; ./one mail=550; ./one rcpt=450; ./one rcpt=550; ./one rcpt=250,550,450; ./one data=451; ./one data=554; ./one end=451; ./one end=554; ./one helo=cut; ./one mail=cut; ./one rcpt=cut; ./one data=cut; ./one end=cut
 status 0: accept ok; a sent b sent c sent took a@x.test b@x.test c@x.test
helo=421 status 5: defer delivery; 
mail=451 status 5: defer delivery; 
mail=550 status 5: accept ok; a failed b failed c failed 
rcpt=450 status 5: defer delivery; 
rcpt=550 status 5: accept ok; a failed b failed c failed 
rcpt=250,550,450 status 5: accept ok; a sent b failed c failed took a@x.test
data=451 status 5: defer delivery; 
data=554 status 5: accept ok; a failed b failed c failed 
end=451 status 5: defer delivery; 
end=554 status 5: accept ok; a failed b failed c failed 
helo=cut status 5: defer delivery; 
mail=cut status 5: defer delivery; 
rcpt=cut status 5: defer delivery; 
data=cut status 5: defer delivery; 
end=cut status 5: accept ok; a unknown b unknown c unknown took a@x.test b@x.test c@x.test

# what goes onto the wire: who to is in the envelope, Bcc nowhere; names and subject encoded, a domain in A-labels, a text in lines that end in CRLF
$ echo '{"version":1,"agents":{"bot":{"class":"bulk","from_domains":["news.example.com"],"max_recipients":9,"return_path":"b+{token}@news.example.com","unsubscribe":"https://example.com/u/{token}"}}}' >p2
> jq -cn '{agent: "bot", from: "Zoë <s@news.example.com>", to: ["Kim Müller <kim@müller.example>"], cc: "c@x.test", bcc: ["d@x.test"], subject: "Grüße", text: "Hallo,\n.\n.dot\nÄäh", in_reply_to: "<1@x.test>", headers: {"X-Case": "7"}}' | mailgate -p p2 -s w -d 'command:echo "$@" >to; cat >sent' >out; sed 's/v1[.0-9a-f]*/TOKEN/' to; tr -d '\r' <sent | sed 's/v1[.0-9a-f]*/TOKEN/; s/^Date: .*/Date/' | grep .; grep -c "$(printf '\r')$" sent; grep -vc "$(printf '\r')$" sent
b+TOKEN@news.example.com kim@xn--mller-kva.example c@x.test d@x.test
From: =?iso-8859-1?b?Wm/r?= <s@news.example.com>
To: Kim =?iso-8859-1?q?M=FCller?= <kim@xn--mller-kva.example>
Cc: c@x.test
Subject: =?UTF-8?B?R3LDvMOfZQ==?=
Date
Message-ID: <TOKEN@news.example.com>
X-Gate-Report: TOKEN
MIME-Version: 1.0
In-Reply-To: <1@x.test>
References: <1@x.test>
X-Case: 7
List-Unsubscribe: <https://example.com/u/TOKEN>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable
Hallo,
.
.dot
=C4=E4h
20
0
[1]

# a message goes as it came, but for Bcc and the token
$ printf 'From: s@news.example.com\r\nTo: a@x.test\r\nBcc: b@x.test,\r\n c@x.test\r\nSubject: s\r\nDate: x\r\nX-Long: a\r\n  b\r\nMessage-ID: <1@x>\r\n\r\n.\r\n..x\r\nno end' >raw; mailgate -p p2 -s w -a bot -d 'command:echo "$@" >to; cat >sent' --sendmail -t -i <raw; sed 's/v1[.0-9a-f]*/TOKEN/' to; sed 's/v1[.0-9a-f]*/TOKEN/; s/\r$/|/' sent
b+TOKEN@news.example.com a@x.test b@x.test c@x.test
X-Gate-Report: TOKEN|
From: s@news.example.com|
To: a@x.test|
Subject: s|
Date: x|
X-Long: a|
  b|
Message-ID: <1@x>|
|
.|
..x|
no end|

# over SMTP nothing in a text ends the mail, and each sender keeps one connection
$ rm -f port; perl $TESTS/smtp-bad >port & sh $TESTS/await port; for i in 1 2 3; do printf '{"agent":"bot","from":"s@news.example.com","to":"a%s@x.test","text":".\\n.\\r\\n.\\r\\nQUIT\\r\\n"}\n' $i; done | mailgate -p p2 -s w -d "smtp://127.0.0.1:$(head -1 port)" | jq -c '[.verdict, .message]'; tail -n +2 port; kill $!
["accept","accepted"]
["accept","accepted"]
["accept","accepted"]
took a1@x.test
took a2@x.test
took a3@x.test

# nobody is there: it may be tried again, and was not counted
$ printf '{"agent":"bot","from":"s@news.example.com","to":"z@x.test","id":"z"}\n' >z; mailgate -p p2 -s w -d smtp://127.0.0.1:9 z | jq -c '[.verdict, .reasons[0], .token]'; mailgate -p p2 -s w -d command:true z | jq -c .verdict; mailgatectl report -s w | grep 'given back' | sed 's/.*given back: \([0-9]*\);.*/\1/'
["defer","delivery",null]
"accept"
1

# what went down the pipe is told of later: by number, by token, by the sender's id
$ for i in 1 2 3 4; do echo "{\"id\":\"p$i\",\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":[\"a$i@x.test\",\"b$i@x.test\"]}"; done | mailgate -p p2 -s pipe >out; (jq -c 'select(.id == "p1") | {gate_id, result: "sent"}' out; jq -c 'select(.id == "p2") | {token, result: "failed", recipient: "B2@x.test"}' out; echo '{"id":"p3","result":"unknown"}'; echo '{"id":"p9","result":"sent"}'; echo '{"id":"p4","result":"maybe"}') | mailgatectl commit -s pipe; echo $?; for i in 1 2 3 4; do mailgatectl explain p$i -s pipe | sed -n '/^now/,$s/, since.*//p' | tail -n +1 | tr -d '\n'; echo; done; mailgatectl report -s pipe | grep -o 'were sent: [0-9]*'
mailgatectl: standard input:4: there is no such mail
mailgatectl: standard input:5: result is sent, failed or unknown
3
  a1@x.test: sent  b1@x.test: sent
  a2@x.test: reserved  b2@x.test: failed
  a3@x.test: unknown  b3@x.test: unknown
  a4@x.test: reserved  b4@x.test: reserved
were sent: 1

# from the switch to the last mail: at most one of each process
$ rm -rf k port; perl $TESTS/smtp-bad >port & sink=$!; sh $TESTS/await port; for p in 1 2 3; do (i=0; while [ ! -e stop ] && [ $i -lt 100000 ]; do i=$((i + 1)); echo "{\"agent\":\"bot\",\"from\":\"s@news.example.com\",\"to\":\"p$p-$i@x.test\"}"; done) | mailgate -p p2 -s k --durability=process -d "smtp://127.0.0.1:$(head -1 port)" >out$p & pids="$pids $!"; done; while [ "$(wc -l <port)" -lt 50 ]; do sleep 0.05; done; mailgatectl suspend all -s k --by oncall; n=$(wc -l <port); sleep 1; touch stop; m=$(wc -l <port); [ $((m - n)) -le 3 ] && echo "at most one each"; wait $pids; cat out1 out2 out3 | jq -r '[.verdict, .reasons[0]] | join(" ")' | sort -u; kill $sink
all: suspended
at most one each
accept ok
defer kill
