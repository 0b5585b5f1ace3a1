# like wc: a line a file, a total; standard input without a name
$ perl $EXAMPLES/toy-vocab 300 $EXAMPLES/traces.ndjson >toy.json; export HOME=$PWD; tokcount --vocab toy.json $EXAMPLES/prompt.txt $EXAMPLES/rubric.txt | sed 's| /.*/| |'; echo hi | tokcount --vocab toy.json; printf '' | tokcount --vocab toy.json
45 prompt.txt
90 rubric.txt
135 total
3
0

# packed, archived, and by several threads it is the same
$ export HOME=$PWD; for i in 1 2 3 4 5 6 7 8; do cat $EXAMPLES/*.ndjson; done >big; tokcount --vocab toy.json big >one; for j in 2 3 7; do tokcount --vocab toy.json -j $j big | cmp - one; done; gzip -c big | tokcount --vocab toy.json | cut -d' ' -f1 >packed; cut -d' ' -f1 one | cmp - packed; tar cf t.tar big toy.json && tokcount --vocab toy.json t.tar | sed 's/^[0-9]* //'
t.tar!big
t.tar!toy.json
total

# ids are what the count counts, and give the text back, whatever it is
$ export HOME=$PWD; jq -c '{text: .request.messages[0].content}' $EXAMPLES/traces.ndjson | grep -v null >texts; printf '%s\n' '{"text":"é ſ 😀\u0000\r\n  \tx吾輩 <|end|>"}' >>texts; tokcount --vocab toy.json -f text -e --ids texts >ids; jq -c 'select((.token_ids | length) != .tokens)' ids; tokcount --vocab toy.json -d ids >back; jq -j .text texts | cmp - back; tail -1 ids | jq -c '.tokens > 10'
true

# special tokens: text, tokens, or an error
$ export HOME=$PWD; echo 'a<|end|>' | tokcount --vocab toy.json --special=text; echo 'a<|end|>' | tokcount --vocab toy.json --special=parse; echo 'a<|end|>' | tokcount --vocab toy.json --special=error
8
3
tokcount: standard input: it holds a special token, see --special
[3]

# bytes that are no UTF-8
$ export HOME=$PWD; printf 'a\377\343\201b' | tokcount --vocab toy.json; printf 'a\357\277\275\357\277\275b' | tokcount --vocab toy.json; printf 'a\377\343\201b' | tokcount --vocab toy.json --invalid=bytes; head -c 300000 /dev/urandom >noise; tokcount --vocab toy.json --invalid=bytes noise | awk '{ print ($1 > 250000) }'; printf 'a\377b' | tokcount --vocab toy.json --invalid=error
8
8
5
1
tokcount: standard input: it is not UTF-8, see --invalid
[3]

# cut to a number of tokens, from either side, no character in two
$ export HOME=$PWD; printf 'the booking 😀😀' >t; for n in 0 1 2 3 4 5 6 7 20; do tokcount --vocab toy.json -t $n t | tee cut | tokcount --vocab toy.json | awk -v n=$n '$1 > n'; iconv -f utf-8 -t utf-8 cut >all || echo broken $n; tokcount --vocab toy.json -t $n --from end t | iconv -f utf-8 -t utf-8 >end || echo broken end $n; done; cmp all t; cmp end t

# the story: what counts 11 % less than the bill does not fit; a class without calibration is not decided
$ export HOME=$PWD; perl -e 'print "猫" x 100' >cat; n=$(tokcount --vocab toy.json cat | cut -d' ' -f1); for i in 1 2 3; do jq -nc --arg t "$(cat cat)" --argjson i $i '{record: "trace", v: 1, id: "\($i)", api: "openai.responses", model: {requested: "m"}, request: {model: "m", input: $t}}'; done >bare; tokcount --vocab toy.json -e bare | jq -c '.usage = {input: (.tokens * 1.11 | round)} | del(.tokens)' >billed; tokcount --vocab toy.json --drift --calibration cal billed >report; sed -E 's/[0-9]+\]/N]/g; s/\[[0-9]+/[N/g' cal; jq -c '.p95 = [111, 100]' cal >cal11; max=$((n * 110 / 100)); tokcount --vocab toy.json --calibration cal11 --max $max cat | sed 's/^[0-9]* //'; tokcount --vocab toy.json --calibration cal11 --max $((max + 10)) cat >/dev/null; echo $?; tokcount --vocab toy.json --calibration cal11 --max 100 $EXAMPLES/prompt.txt >/dev/null; echo $?; tokcount --vocab toy.json --calibration cal11 --max 100 --require-calibration $EXAMPLES/prompt.txt >/dev/null; echo $?; tokcount --vocab toy.json --calibration cal11 --max 100 --inconclusive=0 $EXAMPLES/prompt.txt >/dev/null; echo $?
{"record":"calibration","v":1,"model":"m","encoding":"toy.json","class":"han","n":3,"p5":[N,N],"median":[N,N],"p95":[N,N],"max":[N,N]}
cat  does not fit: over by 3; limit 330; drift p95 +11.0 % (m, han, n=3): 300 -> 333; break-even drift +10.0 %
0
6
1
0

# drift: the terms of the difference come out of the fit, each with its interval
$ export HOME=$PWD; for i in $(seq 40); do jq -nc --argjson i $i '{record: "trace", v: 1, id: "r\($i)", api: "openai.chat", model: {requested: "m"}, request: {model: "m", messages: [range($i % 5 + 1) | {role: "user", content: ("the booking " * ($i % 7 + 1))}]}}'; done >bare; tokcount --vocab toy.json -e bare | jq -c '.usage = {input: (.tokens + 7 + 2 * (.request.messages | length))} | del(.tokens, .token_terms)' >billed; tokcount --vocab toy.json --drift billed | grep -E 'billed - local|likely'; tokcount --vocab toy.json --drift --format=json billed | jq -c '[.n, .class, .cause, (.fit | map_values(map(. * 1000 | round)))]'
    billed - local = +7.0 [+7.0, +7.0] per request, +2.0 [+2.0, +2.0] per message, +0.0000 [+0.0000, +0.0000] per token
    likely: wrapper around each message
[40,"latin","wrapper around each message",{"per_request":[7000,7000,7000],"per_message":[2000,2000,2000],"per_token":[0,0,0]}]

# split any way, merged in any order, it is the same
$ export HOME=$PWD; tokcount --vocab toy.json --drift billed >whole; split -n l/5 billed part.; for p in part.ae part.ab part.aa part.ad part.ac; do tokcount --vocab toy.json --drift --partial $p; done >parts; tokcount --vocab toy.json --merge parts | cmp - whole; tokcount --vocab toy.json --merge --partial parts | tokcount --vocab toy.json --merge | cmp - whole; echo 'x' | tokcount --vocab toy.json --merge; sed 's/toy.json"/other"/' parts | tokcount --vocab toy.json --merge 2>&1 | head -1; printf '' | tokcount --vocab toy.json --merge
tokcount: standard input:1: no key, tab and state
tokcount: standard input:1: a partial of another vocabulary or other classes

# without usage nothing is decided; recorded and counted numbers are further columns
$ export HOME=$PWD; tokcount --vocab toy.json --drift bare; jq -c '.usage.input as $b | .gw = $b + 1 | .candidate = {count: $b}' billed | tokcount --vocab toy.json --drift --local .gw --format=json | jq -c '[.recorded.n, .provider.median]'
tokcount: 40 records without usage were left out
[40,0]

# whole requests, term by term; a record of no dialect is a bad line
$ export HOME=$PWD; tokcount --vocab toy.json -r $EXAMPLES/traces.ndjson 2>&1 | sed "s|$EXAMPLES/||" | cut -c1-90; tokcount --vocab toy.json -e $EXAMPLES/traces.ndjson 2>/dev/null | jq -c '.token_terms as $t | .tokens == ([$t | .system, .messages, .calls, .results, .tools, .images, .overhead] | add)' | sort | uniq -c
tokcount: traces.ndjson:14: a request of no dialect that is known
4072 fjord-1-2026-01-15  toy.json, 10 requests: system 470 messages 1027 calls 171 results
321 -  toy.json, 3 requests: system 141 messages 75 calls 50 results 2 overhead 53
     13 true

# pictures: tiles where the size is seen, unknown where it is not
$ export HOME=$PWD; png=$(printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\4\0\0\0\4\0' | base64 -w0); for u in "data:image/png;base64,$png" https://x/y.png; do jq -nc --arg u "$u" '{model: "gpt-4o", messages: [{role: "user", content: [{type: "text", text: "hi"}, {type: "image_url", image_url: {url: $u}}]}]}' | tokcount --vocab toy.json -r -e | jq -c '.token_terms | [.images, .unknown]'; done
[765,0]
[0,1]

# --compare: totals, money to the last digit, what changes most, what moved
$ export HOME=$PWD XDG_DATA_HOME=$PWD/data; mkdir -p data/inferutils/vocab; cp toy.json data/inferutils/vocab/claude.json; perl $EXAMPLES/toy-vocab 50 $EXAMPLES/traces.ndjson >data/inferutils/vocab/llama2.json; echo '{"claude": "3.00", "llama2": 0.000001}' >p; tokcount --compare claude,llama2 --prices p $EXAMPLES/prompt.txt $EXAMPLES/rubric.txt | sed 's| /.*/| |'; tokcount --compare claude,llama2 -f .request.model --format=json --max-bad 100% $EXAMPLES/traces.ndjson 2>/dev/null | jq -c '[.entries, .renumbered < .shared]'; tokcount --compare claude $EXAMPLES/prompt.txt
135 claude  $0.000405
179 llama2  +32.6 % (179 / 135)  $0.000000
2 entries; most affected:
  90 -> 121 rubric.txt
  45 -> 58 prompt.txt
0 of 306 tokens that both have got another id
[10,true]
tokcount: --compare: two names with a comma between
[2]

# --install takes it out of a file, a folder, an archive; --where says where it comes from
$ export HOME=$PWD XDG_DATA_HOME=$PWD/new; mkdir -p pkg/package/data && cp toy.json pkg/package/data/claude.json && tar czf pkg.tgz -C pkg package; for f in toy.json pkg pkg.tgz; do tokcount --install claude $f | sed -E "s|$PWD/||; s/[0-9a-f]{64}/HASH/"; done; tokcount --where o200k_base; tokcount --where claude; tokcount --install o200k_base toy.json 2>&1 | sed -E 's/is [0-9a-f]{64}/is HASH/'; tokcount --install none toy.json; echo x | tokcount -m claude-2.1
new/inferutils/vocab/claude.json HASH unverified
new/inferutils/vocab/claude.json HASH unverified
new/inferutils/vocab/claude.json HASH unverified
https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken 446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d
tokcount: claude: its publisher names no address
tokcount: toy.json: not the publisher's file: SHA-256 is HASH, not 446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d
tokcount: none: no vocabulary of that name
2

# one that is missing is named, with the command that gets it
$ export HOME=$PWD XDG_DATA_HOME=$PWD/none; echo x | tokcount
tokcount: no vocabulary o200k_base here; get it with: curl -fL https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken -o /tmp/o200k_base.tiktoken && tokcount --install o200k_base /tmp/o200k_base.tiktoken
[2]

$ export HOME=$PWD XDG_DATA_HOME=$PWD/none; echo x | tokcount -m qwen2.5 2>&1 | cut -c1-60; echo x | tokcount -m nobody-1; echo x | tokcount --vocab none.json; echo x | tokcount --vocab $EXAMPLES/prompt.txt 2>&1 | sed "s|$EXAMPLES/||"; head -c 900 toy.json >cut.json; echo x | tokcount --vocab cut.json
tokcount: no vocabulary qwen2.5 here; get it with: curl -fL 
tokcount: nobody-1: no vocabulary is known for it: name one with -m or --vocab
tokcount: none.json: No such file or directory
tokcount: prompt.txt: line 1: no token and rank
tokcount: cut.json: it is no JSON
[2]

# a model whose tokenizer is not public is not guessed; what its provider counted calibrates it
$ export HOME=$PWD; mkdir -p near; cp toy.json near/gemma3.json; echo the booking >t; g="tokcount --vocab-dir near -m gemini-2.5-pro"; $g t; echo $?; $g --require-calibration --format=json t | jq -c '[.tokens, .estimate, .encoding]'; for i in 1 2 3; do jq -nc --argjson i $i '{record: "replay", v: 1, id: "\($i)", api: "openai.responses", model: {requested: "m"}, request: {model: "m", input: "the booking"}, candidate: {model: {requested: "gemini-2.5-pro"}, api: "openai.responses", count: (20 + $i)}}'; done >counts; tokcount --vocab-dir near --drift --calibration gcal counts 2>&1 | grep local; $g --calibration gcal t; $g --calibration gcal --max 9 t; echo $?; jq -c '.request | .model = "gemini-2.5-pro"' counts | tokcount --vocab-dir near --calibration gcal -r
? t  no public tokenizer, and no calibration of gemini-2.5-pro for latin; calibrate with: replay --count -m gemini-2.5-pro TRACES | tokcount --drift --calibration FILE
6
[null,null,"gemma3"]
gemini-2.5-pro  gemma3  latin  n=3  billed 66, local 9 (+633.3 %)
    local     n=3  median +633.3 %  p95 +666.7 %  max +666.7 %
~29 [28, 31] n=3 t  estimated by gemma3
~29 [28, 31] n=3 t  does not fit: over by 22; limit 9; drift p95 +666.7 % (gemini-2.5-pro, latin, n=3): 4 -> 31; break-even drift +125.0 %; estimated by gemma3
1
~66 [63, 69] gemini-2.5-pro  gemma3, 3 requests: messages 9; no public tokenizer: terms as this one counts

# the compiled form: damaged, it is made again; made by many at once, it is whole
$ export HOME=$PWD XDG_CACHE_HOME=$PWD/c; echo the booking >t; tokcount --vocab toy.json t; f=$(ls c/inferutils/vocab/*); for at in 100 5000 90000; do printf X | dd of=$f bs=1 seek=$at conv=notrunc status=none; tokcount --vocab toy.json t; done; : >$f; tokcount --vocab toy.json t; rm -r c; for i in 1 2 3 4 5 6; do tokcount --vocab toy.json t & done | sort | uniq -c; wait; ls c/inferutils/vocab | wc -l; rm -r c; mkdir c; chmod 0 c; tokcount --vocab toy.json t; chmod 700 c
4 t
4 t
4 t
4 t
4 t
      6 4 t
1
4 t

# elements that are not read are named
$ export HOME=$PWD; for m in '{"model":{"type":"WordLevel","vocab":{}}}' '{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"normalizer":{"type":"Odd"}}' '{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}}' '{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}' '{}'; do echo "$m" >v.json; echo a | tokcount --vocab v.json; done
tokcount: v.json: model.type: WordLevel is not read
tokcount: v.json: normalizer: Odd is not read
tokcount: v.json: model: dropout is not read
tokcount: v.json: model.merges: a token that model.vocab does not have
tokcount: v.json: no tokenizer.json: it has no model
[2]

# options that do not go together, or that would be ignored
$ for o in '--drift --decode' --ids '--reserve 5' '-j 2 -r' '--from end' '--max 5 --truncate 2' '--max 5 --drift' '--max 5 -d' '--require-calibration -d' '--calibration c --compare a,b' '--format json -d' '-e --drift' '-r -d' '-f a -r' '--partial' '--prices p' '--local .a' '-m gpt-4o --vocab v'; do tokcount $o 2>&1 </dev/null | head -1; done
tokcount: --install, --where, --decode, --truncate, --drift, --merge and --compare exclude each other
tokcount: --ids goes with --each and --field
tokcount: --reserve goes with --max
tokcount: --jobs: only text files are counted by several threads
tokcount: --from goes with --truncate
tokcount: --max goes with counting alone
tokcount: --max goes with counting alone
tokcount: --max goes with counting alone
tokcount: --require-calibration goes with counting alone
tokcount: --calibration goes with counting, --drift and --merge
tokcount: --format goes with reports
tokcount: --each goes with counting alone
tokcount: --field and --requests: not with this
tokcount: --field and --requests exclude each other
tokcount: --partial goes with --drift and --merge
tokcount: --prices goes with --compare
tokcount: --local goes with --drift
tokcount: --vocab: with -m only an encoding's name can go

# replay --plan counts what it would send as tokcount counts what was sent
$ export HOME=$PWD; tokcount --vocab toy.json -e $EXAMPLES/traces.ndjson 2>/dev/null | jq -c 'select(.replayable != "no")' >counted; replay --plan --vocab toy.json --base-url http://127.0.0.1:9 counted | grep 'counted by'; replay --plan --format=json --vocab toy.json --base-url http://127.0.0.1:9 counted | jq -c '.counted["toy.json"]' >plan; jq -s -c '{input_tokens: map(.tokens) | add, calls: length, unknown: 0}' counted | cmp - plan; replay --vocab toy.json counted 2>&1 | head -1; replay --plan --vocab counted --base-url http://127.0.0.1:9 counted; echo $?; replay --plan --vocab none.json --base-url http://127.0.0.1:9 counted; echo $?
                 4072  input tokens counted by toy.json for 10 of 10 calls
replay: --vocab belongs to --plan
replay: counted: no JSON: text after the value at byte 2711
2
replay: none.json: No such file or directory
2

# what replay --count asks of a server calibrates the model that was asked
$ export HOME=$PWD; rm -f url; grep '"openai.chat"' $EXAMPLES/traces.ndjson | head -8 >chats; trace-serve chats >url & sh $TESTS/await url; replay --count --model gemini-2.5-pro --base-url "$(cat url)" chats >counted; kill $!; jq -c 'select(.candidate.count) | .candidate.model.requested' counted | sort -u; tokcount --vocab-dir near --drift --calibration asked counted 2>&1 | grep -v '^  '; jq -r .model asked; cp asked kept; tokcount --vocab-dir near --drift --calibration asked /dev/null; cmp asked kept
"gemini-2.5-pro"
tokcount: 8 records whose own model cannot be counted: only their candidate was
gemini-2.5-pro  gemma3  latin  n=8  billed 3792, local 3563 (+6.4 %)
gemini-2.5-pro
tokcount: nothing to calibrate by: asked is left as it was

# block by block it is what it is at once, also behind added tokens
$ export HOME=$PWD; echo '{"added_tokens":[{"id":6,"content":"</s>","special":true}],"normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},"model":{"type":"BPE","unk_token":"<unk>","fuse_unk":true,"vocab":{"<unk>":0,"▁":1,"a":2,"b":3,"▁a":4,"x":5,"</s>":6},"merges":[["▁","a"]]}}' >meta.json; perl -e 'print(("a b " x 20 . "</s> x") x 20000)' >long; tokcount --vocab meta.json --special=parse long; cat long | tokcount --vocab meta.json --special=parse -j 3; jq -Rsc '{t: .}' long | tokcount --vocab meta.json --special=parse -f t
1300000 long
1300000
1300000 standard input

# errors of decoding, comparing and merging are not lost
$ export HOME=$PWD; mkdir -p dir; echo 99999999 | tokcount --vocab toy.json -d; echo $?; echo '{"token_ids":[1.5]}' | tokcount --vocab toy.json -d; echo $?; tokcount --vocab toy.json --merge dir; echo $?; tokcount --vocab toy.json dir; echo $?; printf 'a<|end|>' >s1; echo b >s2; tokcount --vocab toy.json --special=error -t 1 s1 s2
tokcount: standard input: 99999999 is no token of toy.json
3
tokcount: standard input: a record without a list of token_ids
3
tokcount: dir: Is a directory
4
tokcount: dir: Is a directory
4
tokcount: s1: it holds a special token, see --special
b
[3]
