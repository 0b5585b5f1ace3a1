# a line that came through a live pipe is handled before the next one comes: plain,
$ (head -1 $EXAMPLES/traces.ndjson; sleep 3) | trace-capture | (read -r line; date +%s%N >got); end=$(date +%s%N); test $((end - $(cat got))) -gt 1500000000 && echo live
live

# compressed and flushed in every way,
$ cat >flush.py <<'EOF'
> import sys, zlib, lzma, subprocess, time
> line = open(sys.argv[2], 'rb').readline()
> c = zlib.compressobj(wbits=31) if sys.argv[1] == 'gzip' else None
> if c: sys.stdout.buffer.write(c.compress(line) + c.flush(zlib.Z_SYNC_FLUSH))
> else: sys.stdout.buffer.write((lzma.compress(line) if sys.argv[1] == 'xz' else subprocess.run(['zstd', '-qc'], input=line, stdout=subprocess.PIPE).stdout))
> sys.stdout.flush(); time.sleep(3)
> EOF

$ for how in gzip zstd xz; do python3 flush.py $how $EXAMPLES/traces.ndjson | trace-capture 2>err | (read -r line; date +%s%N >got); end=$(date +%s%N); test $((end - $(cat got))) -gt 1500000000 && echo $how live; done
gzip live
zstd live
xz live

# and in a tar archive
$ head -40 $EXAMPLES/traffic.ndjson >a; tar cf a.tar a; (head -c 60000 a.tar; sleep 3) | trace-capture 2>err | (read -r line; date +%s%N >got); end=$(date +%s%N); test $((end - $(cat got))) -gt 1500000000 && echo live
live

# archives: every member, compressed or not, packed or not
$ trace-capture $EXAMPLES/traces.ndjson >want; cp want a.ndjson; gzip -k a.ndjson; zstd -q a.ndjson; xz -k a.ndjson; tar cf all.tar a.ndjson a.ndjson.gz a.ndjson.zst a.ndjson.xz; zip -q all.zip a.ndjson a.ndjson.gz; gzip -k all.tar; zstd -q all.tar

$ cat want want want want >four; for f in all.tar all.tar.gz all.tar.zst; do trace-capture $f | cmp - four; trace-capture <$f | cmp - four; done

$ cat all.zip | trace-capture | cat - | wc -l
28

# concatenated frames and members are read through
$ cat a.ndjson.gz a.ndjson.gz | trace-capture | wc -l; cat a.ndjson.zst a.ndjson.zst | trace-capture | wc -l; cat a.ndjson.xz a.ndjson.xz | trace-capture | wc -l
28
28
28

# a member is named in messages
$ printf '{"x"\n' >bad; tar cf bad.tar bad; trace-capture bad.tar
trace-capture: bad.tar!bad:1: byte 5: ends too early
[3]

# truncated input: what came before it, then the reason
$ for f in gz zst xz; do n=$(wc -c <a.ndjson.$f); head -c $((n - 9)) a.ndjson.$f | trace-capture >out; echo $? $(wc -l <out); done
trace-capture: standard input: truncated gzip input
3 14
trace-capture: standard input: truncated zstd input
3 0
trace-capture: standard input: truncated xz input
3 14

$ head -c 3000 a.ndjson.gz | tail -c +20 | cat a.ndjson.gz - | trace-capture | wc -l
trace-capture: standard input: bad gzip input: incorrect header check
14

# an array, a document that spans lines, several of them, and one big line
$ jq -r .id a.ndjson >a.ids; jq -s . a.ndjson | trace-capture | jq -r .id | cmp - a.ids

$ jq . a.ndjson | trace-capture | jq -r .id | cmp - a.ids; jq -sc . a.ndjson | trace-capture | jq -r .id | cmp - a.ids

$ printf '[{"record":"trace","v":1,"id":"a"} {"record":"trace","v":1,"id":"b"}]\n' | trace-capture
trace-capture: standard input:1: no comma between two elements
trace-capture: standard input:1: byte 34: text after the value
{"record":"trace","v":1,"id":"a"}
[3]

$ printf '[{"record":"trace","v":1,"id":"a"},' | trace-capture
trace-capture: standard input:1: the array has no end
{"record":"trace","v":1,"id":"a"}
[3]

# a first line that is cut off is no document: the lines behind it are read
$ (printf '{"a":1,\n'; head -2 a.ndjson) | trace-capture | wc -l
trace-capture: standard input:1: byte 8: ends too early
2

# bad lines: five are shown, all are counted, the status says so
$ (for i in 1 2 3 4 5 6 7; do echo '{"a":}'; done; cat a.ndjson) | trace-capture >out; echo $?; wc -l <out
trace-capture: standard input:1: byte 6: unexpected character
trace-capture: standard input:2: byte 6: unexpected character
trace-capture: standard input:3: byte 6: unexpected character
trace-capture: standard input:4: byte 6: unexpected character
trace-capture: standard input:5: byte 6: unexpected character
trace-capture: 7 bad lines in all
3
14

$ (echo '{'; cat a.ndjson) | trace-capture --max-bad 1 | wc -l
trace-capture: standard input:1: byte 2: ends too early
14

$ (echo nonsense; cat a.ndjson) | trace-capture --max-bad 5% >out; echo $?
trace-capture: standard input:1: byte 1: unknown word
3

$ (echo nonsense; cat a.ndjson) | trace-capture --max-bad 10% >out; echo $?
trace-capture: standard input:1: byte 1: unknown word
0

$ (echo nonsense; cat a.ndjson) | trace-capture --strict | wc -l
trace-capture: standard input:1: byte 1: unknown word
0

# bytes that are no JSON
$ printf '{"a":"\377"}\n{"a":"\000"}\n\357\273\277{}\n' | trace-capture
trace-capture: standard input:1: byte 7: invalid UTF-8
trace-capture: standard input:2: byte 7: control character in a string
trace-capture: standard input:3: byte 1: unexpected character
[3]

$ printf '\357\273\277{}\n' | trace-capture
trace-capture: standard input:1: begins with a byte order mark: remove it
trace-capture: standard input:1: neither a trace, an HTTP exchange, a request and its response, a batch file's line, nor a message list
[3]

$ perl -e 'print "[" x 100000, "\n"; print "{\"a\":" x 100000, "\n"' | trace-capture
trace-capture: standard input:1: brackets do not match, or are too deep: what follows is read by lines
trace-capture: standard input:1: byte 2049: nested too deep
trace-capture: standard input:2: byte 10241: nested too deep
[3]

# a gigabyte in one line: flat memory (its peak is below 300 MB)
$ perl -e 'print "{\"x\":\""; print "y" x 1048576 for 1..1024; print "\"}\n{\"record\":\"trace\",\"v\":1,\"id\":\"after\"}\n"' | (python3 -c 'import resource,subprocess,sys; s=subprocess.call(["trace-capture"]); print(s, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 300000)')
trace-capture: standard input:1: line is longer than --max-line
{"record":"trace","v":1,"id":"after"}
3 True

# relative times, absolute ones, records without any
$ trace-capture --since 3d --now 2026-02-12T00:00:00Z a.ndjson | wc -l
14

$ (cat a.ndjson; echo '{"record":"trace","v":1,"id":"x"}') | trace-capture --since 2026-02-14 | wc -l
trace-capture: 1 records have no time: left out by --since and --until
4

$ trace-capture --since yesterday a.ndjson
trace-capture: --since: 'yesterday' is neither a time nor a duration
[2]

# nobody's logs look like ours
$ printf '%s\n' '{"e":{"u":"https://h/v1/messages?beta=true&key=s3cret","ts":1700000000123},"b":"{\"in\":\"{\\\"model\\\":\\\"m\\\",\\\"messages\\\":[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"hi\\\"}]}\"}"}' | trace-capture --show-map --map url=.e.u --map time=.e.ts --map 'request_body=.b|fromjson|.in' 2>err | jq -c '[.time, .url, .api, .request.model]'; grep -cE ': (url|time|request_body) from' err
["2023-11-14T22:13:20.123Z","https://h/v1/messages?beta=true","anthropic.messages","m"]
3

$ echo 'id=.i' >map; echo '{"i":"seven","url":"http://x/y","response_body":"z"}' | trace-capture --map @map | jq -r .id; echo '{"i":"seven","url":"http://x/y","response_body":"z"}' | INFERUTILS_MAP='id=.i nofield=.q' trace-capture | jq -r .id
seven
seven

$ trace-capture --map nofield=.q
trace-capture: --map: this tool reads no field 'nofield'
[2]

$ trace-capture --map id=.a..b
trace-capture: --map id=.a..b: a name is missing
[2]
