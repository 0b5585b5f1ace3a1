# killed at fifty random moments, with faults: the same output, and no call asked twice
$ trace-capture $EXAMPLES/traffic.ndjson >t; timeout 300 perl $TESTS/killed t 50 2>err || cat err; grep -c 'kills 50' err
every run gave the undisturbed output
no more requests than calls + kills x concurrency
1

# a journal: nothing that is answered is asked again; the output is whole
$ rm -f url; trace-serve --log log $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; u=$(cat url); replay --model fjord-2-2026-03-02 --base-url $u --resume j $EXAMPLES/traces.ndjson >a; wc -l <log; replay --model fjord-2-2026-03-02 --base-url $u --resume j $EXAMPLES/traces.ndjson >b; wc -l <log; head -14 a >a1; head -14 b | cmp - a1 && tail -1 b; kill $!
10
10
{"record":"run","v":1,"tool":"replay","planned":14,"done":10,"skipped":4,"failed":0,"stopped":null}

# a line that a crash cut off is forgotten, and asked again
$ rm -f url; trace-serve --log log2 $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; u=$(cat url); sed "s,$(jq -r '.to | select(.)' j | head -1),$u," j >k; head -c -100 k >k2; replay --model fjord-2-2026-03-02 --base-url $u --resume k2 $EXAMPLES/traces.ndjson | tail -1; wc -l <log2; tail -c 1 k2 | od -An -c; kill $!
{"record":"run","v":1,"tool":"replay","planned":14,"done":10,"skipped":4,"failed":0,"stopped":null,"attempts":1,"resent":1}
1
  \n

# another input, other options, another address, no journal, a journal in use
$ echo '{"record":"trace","v":1,"id":"x","api":"openai.chat","request":{"model":"m","messages":[{"role":"user","content":"a"}]}}' >one; u=$(jq -r '.to | select(.)' j | head -1); replay --base-url $u --model fjord-2-2026-03-02 --resume j one 2>&1 | sed 's,http.*,URL,'
replay: --resume: j: call 0 is not the one of 'x': the same input and the same options are needed again

$ u=$(jq -r '.to | select(.)' j | head -1); replay --base-url $u --model other --resume j $EXAMPLES/traces.ndjson
replay: --resume: j: call 0 is not the one of 'chatcmpl-389f7fbc8e058d': the same input and the same options are needed again
[2]

$ replay --base-url http://127.0.0.1:9 --resume j $EXAMPLES/traces.ndjson 2>&1 | sed "s,'http.*,URL,"
replay: --resume: j: it was written with another --base-url: URL

$ echo '{"a":1}' >garbage; replay --resume garbage one; echo $?; echo 'x' >garbage; replay --resume garbage one
replay: --resume: garbage: byte 0: no number of a call
2
replay: --resume: garbage: byte 0: no JSON object
[2]

$ replay --resume /nowhere/j one
replay: --resume: /nowhere/j: No such file or directory
[4]

$ rm -f url; trace-serve --latency 2s $EXAMPLES/candidate.ndjson >url & h=$!; sh $TESTS/await url; u=$(cat url); replay --retries 0 --base-url $u --resume busy $EXAMPLES/traces.ndjson >/dev/null & sleep 0.5; replay --base-url $u --resume busy one; echo $?; kill $! $h
replay: --resume: busy: another replay is using it
4

# a full disk is the end, before the answer counts
$ rm -f url; trace-serve $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; replay --model fjord-2-2026-03-02 --base-url "$(cat url)" --resume /dev/full $EXAMPLES/traces.ndjson; (trap '' XFSZ; ulimit -f 4; replay --model fjord-2-2026-03-02 --base-url "$(cat url)" --resume full $EXAMPLES/traces.ndjson 2>&1 | tail -1 | cut -c1-60); kill $!
replay: --resume: /dev/full: not a regular file
replay: --resume: full: File too large

# failures are not kept: they are asked again
$ rm -f url; perl $TESTS/hostile fail=503 log3 >url & sh $TESTS/await url; for i in 1 2; do replay --retries 0 --base-url "$(cat url)" --resume f one | tail -1; done; kill $!; grep -c ^POST log3
{"record":"run","v":1,"tool":"replay","planned":1,"done":0,"skipped":0,"failed":1,"stopped":null,"attempts":1}
{"record":"run","v":1,"tool":"replay","planned":1,"done":0,"skipped":0,"failed":1,"stopped":null,"attempts":1,"resent":1}
2

# the key of a call is the same in every attempt, and after a resume
$ rm -f url; trace-serve --fault 429:0.5 --retry-after 1ms --log log4 $EXAMPLES/candidate.ndjson >url & sh $TESTS/await url; for i in 1 2; do replay --retries 20 --model fjord-2-2026-03-02 --base-url "$(cat url)" $EXAMPLES/traces.ndjson >/dev/null; done; kill $!; jq -r .key log4 | sort -u | wc -l; jq -r '[.key, .body_sha256] | @tsv' log4 | sort -u | wc -l
10
10
