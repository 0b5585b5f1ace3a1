# questions of the policy protocol: a mail is a question a recipient, and one more; what is reserved and never comes is given back
$ echo '{"version":1,"agents":{"bot":{"class":"conversational","from_domains":["news.example.com"],"max_recipients":2,"limits":[[3,3600]],"hold_first_contact":false}}}' >p
> cat >ask <<'X'
> #!/bin/sh
> # ask INSTANCE RECIPIENT ... - the questions of a mail; END: that of its end, of so many recipients
> i=$1; shift
> for r; do
> case $r in
> END:*) s=END-OF-MESSAGE n=${r#END:} r= ;;
> *) s=RCPT n=0 ;;
> esac
> printf 'request=smtpd_access_policy\nprotocol_state=%s\nsender=%s\nrecipient=%s\nrecipient_count=%s\ninstance=%s\nsize=100\nsasl_username=%s\nnew_in_3.10=x\n\n' "$s" "${from-s@news.example.com}" "$r" "$n" "$i" "${user-bot}"
> done
> X
> chmod +x ask; s() { mailgate -p p -s s --policy-service | grep .; }; ./ask 1 a@x.test b@x.test END:2 | s; ./ask 2 c@x.test | s; ./ask 3 d@x.test END:1 | s; ./ask 4 e@x.test END:1 | s; from=x@example.com ./ask 5 f@x.test | s; user=other ./ask 6 f@x.test | s; from= ./ask 7 f@x.test | s; ./ask 8 'a b@x.test' | s; mailgatectl report -s s | grep -o 'given back: .'; for g in 1 4 6; do mailgatectl explain g$g -s s | tail -1 | cut -d, -f1; done
> (./ask 20 a@x.test b@x.test c@x.test) | mailgate -p p -s s2 --policy-service | grep .
action=DUNNO
action=DUNNO
action=DUNNO
action=DUNNO
action=DUNNO
action=DUNNO
mailgate: a question: who gets the message was not asked: call the service at RCPT too (smtpd_recipient_restrictions)
action=DEFER_IF_PERMIT 4.7.1 agent-limit: agent 'bot' may have 3 in 3600 s
action=REJECT 5.7.1 identity: agent 'bot' may not send from example.com
action=REJECT 5.7.1 unknown-agent: the policy does not know agent 'other'
action=REJECT 5.7.1 null-sender: an agent may not send as nobody: bounces would go nowhere
action=REJECT 5.7.1 address-syntax: the recipient is no address that is taken
given back: 1
  a@x.test: sent
  recipients   1
  d@x.test: sent
action=DUNNO
action=DUNNO
action=REJECT 5.7.1 max-recipients: 3 recipients, and agent 'bot' may have 2

# what cannot be answered is not: Postfix then defers
$ q() { printf "$1" | mailgate -p p -s s3 --policy-service >out; echo "$? $(grep . out)"; }; q 'request=smtpd_access_policy\nprotocol_state=RCPT\n'; q 'request=other\n\n'; q 'x\n\n'; q 'request=smtpd_access_policy\nsize=1\nsize=2\n\n'; q 'request=smtpd_access_policy\nsize=-1\n\n'; ./ask 1 END:2 | mailgate -p p -s s3 --policy-service; head -c 100000 /dev/zero | tr '\0' x | mailgate -p p -s s3 --policy-service; q 'request=smtpd_access_policy\nprotocol_state=DATA\n\n'; q ''; ./ask 1 a@x.test | mailgate -p . -s s3 --policy-service
mailgate: a question: it is cut off
3 
mailgate: a question: it is no smtpd_access_policy
3 
mailgate: a question: a line is no name=value
3 
mailgate: a question: an attribute is there twice
3 
mailgate: a question: a number is none
3 
mailgate: a question: who gets the message was not asked: call the service at RCPT too (smtpd_recipient_restrictions)
mailgate: a question: a question is too long
0 action=DUNNO
0 
mailgate: --policy: .: Is a directory
[2]

# many connections, decided together; a question that is cut off holds nobody up; a held one is held
$ sed 's/"hold_first_contact":false/"hold_first_contact":true/' p >ph; cat >talk <<'X'
> use IO::Socket::UNIX;
> sub at { for (1 .. 100) { my $s = IO::Socket::UNIX->new(Peer => 'sock'); return $s if $s; select undef, undef, undef, 0.05 } die }
> sub say_to { my ($s, $file) = @_; open my $f, '<', $file; local $/; print {$s} <$f>; $s->flush }
> sub hear { my $s = shift; my $a = <$s>; <$s>; return $a // "nothing\n" }
> my ($half, $a, $b) = (at(), at(), at());
> print $half "request=smtpd"; $half->flush;
> say_to($_, 'q') for $a, $b; print hear($a), hear($b);
> close $half; my $c = at(); say_to($c, 'q3'); print hear($c), hear($c);
> my $d = at(); print $d "nonsense\n\n"; $d->flush; print hear($d);
> say_to($a, 'q2'); print hear($a);
> X
> ./ask 1 a@x.test >q; ./ask 1 END:1 >q2; ./ask 2 b@x.test END:1 >q3; mailgate -p ph -s s4 --listen unix:sock 2>err & perl talk; kill $!; wait $!; cat err; ls sock; mailgatectl verify-log -s s4 | cut -d, -f1
action=HOLD first-contact: the first mail of this agent to that recipient
action=HOLD first-contact: the first mail of this agent to that recipient
action=HOLD first-contact: the first mail of this agent to that recipient
action=DUNNO
nothing
action=DUNNO
mailgate: a question: a line is no name=value
ls: cannot access 'sock': No such file or directory
s4/decisions.ndjson: 5 lines
