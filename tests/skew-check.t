# the golden roll-out
$ c=$TOP/../shared/cases/skew-slice; [ ! -r $c ] || sh $TESTS/skew-cases $c

# weeks in which nothing happens: nothing is found
$ for s in 1 2 3 4 5; do perl $TESTS/served $s 20 80000 us=v1 eu=v1 ap=v1 sa=v1 | skew-check --format=json | jq -c 'select(.record == "finding")'; done

# one roll-out in five steps, slower than --grace: a stall; without a pause: none
$ perl $TESTS/served 1 10 20000 a=v1,v2@3000 b=v1,v2@3100 c=v1,v2@9000 | skew-check | sed -n '/^Find/,$p' | cut -c1-120; perl $TESTS/served 1 10 20000 a=v1,v2@3000 b=v1,v2@3900 c=v1,v2@4800 | skew-check | head -2
Findings
error    skew            p: regions served different versions for 1h 39m, 2026-05-04 00:50:02 .. 2026-05-04 02:29:54
error    stall           p: stalled at 2 of 3 regions (66.7 %) on v2 for 1h 38m, 2026-05-04 00:51:35 .. 2026-05-04 02:29
p: converged, v2 in 3 of 3 regions, 366 of 366 requests (100.0 %) since 2026-05-04 05:13:19
  v1 -> v2: converged; regions differed for 30m 00s, 2026-05-04 00:50:02 .. 2026-05-04 01:20:02

# rolled back, going back and forth, under way
$ perl $TESTS/served 2 10 20000 a=v1,v2@3000,v1@3900 b=v1 c=v1,v2@3300,v1@3900 | skew-check | head -1; perl $TESTS/served 2 10 20000 a=v1,v2@3000,v1@4000,v2@5000,v1@6000 b=v1 | skew-check | sed -n '/^Find/,$p' | grep flap; perl $TESTS/served 2 10 3600 a=v1,v2@3000 b=v1,v2@3300 c=v1 | skew-check | head -1
p: rolled back, v1 in 3 of 3 regions, 359 of 359 requests (100.0 %) since 2026-05-04 05:13:17
error    flapping        p: a went back and forth between v1 and v2: 4 flips, 2026-05-04 00:49:59 .. 2026-05-04 01:39:58
p: progressing, v2 in 2 of 3 regions, 90 of 351 requests (25.6 %) since 2026-05-04 00:39:57

# the same label, other content; and content of another version under its label
$ perl $TESTS/served 3 10 9000 a=v1 b=v1,v1/patched@4000 | skew-check | sed -n '/^Find/,$p' | cut -c1-110; perl $TESTS/served 3 10 9000 a=v1,v2@1000 b=v1,v2@1100,v2/v1@4000,v2@5000 | skew-check | sed -n '/^Find/,$p' | cut -c1-110; perl $TESTS/served 3 10 9000 a=v1,v2@1000 b=v1,v2@1100,v2/v1@4000,v2@5000 | skew-check --format=json | jq -c 'select(.record == "skew-region") | [.region, (.flips | length)]'
Findings
error    skew            p: regions served different versions for 1h 23m, 2026-05-04 01:06:45 .. 2026-05-04 02
error    stall           p: stalled at 1 of 2 regions (50.0 %) on v1 (d7017ebc) for 1h 23m, 2026-05-04 01:06:4
warning  label-conflict  p: the label v1 was given to other content: first 3bfc2695, then d7017ebc in b, 2026-
Findings
warning  label-conflict  p: b fell back to the content of v1 (3bfc2695) under the label v2, 2026-05-04 01:06:5
["a",1]
["b",1]

# a label that moves on to other content, everywhere, with records that have only the label
$ perl $TESTS/served 3 10 9000 a=v1,v1/patched@4000 b=v1,v1/patched@4300 | awk 'NR % 5 == 0 { sub(/,"sha256":"[0-9a-f]*"/, "") } { print }' >moved; skew-check moved | grep . | cut -c1-120; skew-check -f moved | cut -c1-100; skew-check -e p=v1 --now 2026-05-04T02:20:00Z moved | tail -1 | cut -c1-90; skew-check --format=json moved | jq -c 'select(.rule == "label-conflict") | .numbers.regions'
p: converged, v1 (d7017ebc) in 2 of 2 regions, 242 of 242 requests (100.0 %) since 2026-05-04 02:09:59
  v1 (3bfc2695) -> v1 (d7017ebc): converged; regions differed for 5m 13s, 2026-05-04 01:06:39 .. 2026-05-04 01:11:52
  Region  flip                            at (UTC)             bounds                stragglers  last  early
  a       v1 (3bfc2695) -> v1 (d7017ebc)  2026-05-04 01:06:39  01:06:28 .. 01:06:50           0            0
  b       v1 (3bfc2695) -> v1 (d7017ebc)  2026-05-04 01:11:52  01:11:34 .. 01:12:10           0            0
  Region  version        records  failed   of   share          95 %
  a       v1 (3bfc2695)      410       7  410  1.71 %  [0.83, 3.48]
  a       v1 (d7017ebc)      506       8  506  1.58 %  [0.80, 3.09]
  b       v1 (3bfc2695)      424       7  424  1.65 %  [0.80, 3.37]
  b       v1 (d7017ebc)      466       8  466  1.72 %  [0.87, 3.35]
  361 of 1806 records have no content hash: their label is believed
Findings
notice   label-conflict  p: the label v1 was given to other content: first 3bfc2695, then d7017ebc in a, b, 2026-05-04 0
left out: 122 records are later than --now
["a","b"]

# a region that is expected and silent; one that has stopped while others go on
$ perl $TESTS/served 4 10 9000 a=v1 b=v1 >r; printf 'a\nb # the second\nc\n' >regions; skew-check -r regions r | sed -n '/^Find/,$p'; perl $TESTS/served 4 10 9000 a=v1 b=v1 | awk '!/"b"/ || NR < 700' | skew-check | sed -n '/^Find/,$p'; echo '["a","b"]' >regions; skew-check -r regions r >out; echo $?
Findings
error    silent-region   c, of --regions, has no records: no traffic, no proof
Findings
error    silent-region   p: b is silent since 2026-05-04 00:56:56 (1h 33m): no traffic, no proof
0

# what is expected: served, not served, on its way, unknown
$ for e in p=v1 p=v2 prompt=v1 other=v1 p=f9; do skew-check -e $e r >out; echo $e $?; done; skew-check -e p=$(jq -r .prompt.sha256 r | head -1 | cut -c1-8) r >out; echo $?; perl $TESTS/served 2 10 3600 a=v1,v2@3000 b=v1,v2@3300 c=v1 >on; skew-check -e p=v2 on | tail -1; skew-check -e p=v2 on --inconclusive=0 >out; echo $?
p=v1 0
p=v2 1
prompt=v1 0
skew-check: --expect other=v1: no record names that artifact
other=v1 6
p=f9 1
0
notice   unexpected      p: expected v2, served in 2 of 3 regions; not in c; the roll-out goes on
0

# a stray; a canary that nobody declared, and one that somebody did
$ (cat r; echo '{"time":"2026-05-04T01:00:00Z","region":"a","prompt":{"name":"p","version":"v9","sha256":"99"}}') | skew-check | sed -n '/^Find/,$p'; perl $TESTS/served 5 100 9000 a=v9 >canary; cat r canary | skew-check >out; echo $?; tail -1 out; cat r canary | skew-check -c v9 >out; echo $?
Findings
notice   stray           p: 1 stray record of v9 in a, 2026-05-04 01:00:00
1
warning  stray           p: 91 stray records of v9 in a, 2026-05-04 00:00:52 .. 2026-05-04 02:29:34; if it is meant, --canary says so
0

# two versions that are mixed for hours in one region
$ (perl $TESTS/served 6 20 9000 a=v1 b=v1; perl $TESTS/served 7 30 9000 a=v2) | skew-check | sed -n '/^Find/,$p' | grep mixed
warning  mixed           p: a served a mixture for 2h 30m, 2026-05-04 00:00:00 .. 2026-05-04 02:30:00: v1 in 58.6 % of 756 records

# a coin for each record; a ramp of an hour in one region; all of it over, then one version
$ coin() { perl -pe 'BEGIN { srand 1 } s/"v1","sha256":"\w+"/"v2","sha256":"bbbbbb"/ if /"region":"['$1']"/ && rand() < '"$2"; }; perl $TESTS/served 6 10 9000 a=v1 b=v1 >x; coin ab .5 <x | skew-check | grep -v '^$\|^  [abR]'; coin a '($. - 600) / 720' <x >ramp; skew-check ramp | grep '^[^ ]\|^  [av].*v2'; coin a '($. < 1000 ? .5 : 0)' <x | skew-check | grep -v '^$\|^  [abR]'; skew-check ramp -e p=v2 --now 2026-05-04T01:15:00Z | grep '^[^ ]'; skew-check --timeline=t.svg -t ramp | grep -o 'a  *aa*~~*bb*$'; skew-check --timeline=t.svg ramp >out; grep -o '<rect class="m"' t.svg | wc -l
p: undecided
Findings
warning  mixed           p: a served a mixture for 2h 30m, 2026-05-04 00:00:00 .. 2026-05-04 02:30:00: v2 in 50.4 % of 895 records
warning  mixed           p: b served a mixture for 2h 30m, 2026-05-04 00:00:00 .. 2026-05-04 02:30:00: v1 in 50.4 % of 893 records
p: stalled, v2 in 1 of 2 regions, 125 of 244 requests (51.2 %) since 2026-05-04 02:09:59
  v1 -> v2: stalled; regions differed for 1h 11m, 2026-05-04 01:18:24 .. 2026-05-04 02:29:59 and on
  a       v1 -> v2  2026-05-04 01:18:24  00:55:00 .. 01:45:00           0            1
  a       v2           428      10  428  2.34 %  [1.27, 4.25]
Findings
error    skew            p: regions served different versions for 1h 11m, 2026-05-04 01:18:24 .. 2026-05-04 02:29:59, and still do
error    stall           p: stalled at 1 of 2 regions (50.0 %) on v2 for 1h 11m, 2026-05-04 01:18:24 .. 2026-05-04 02:29:59, and still is; behind: b
warning  mixed           p: a served a mixture for 50m 00s, 2026-05-04 00:55:00 .. 2026-05-04 01:45:00: v2 in 51.7 % of 302 records
p: converged, v1 in 2 of 2 regions, 244 of 244 requests (100.0 %) since 2026-05-04 02:09:59
Findings
warning  mixed           p: a served a mixture for 1h 23m, 2026-05-04 00:00:00 .. 2026-05-04 01:23:00: v2 in 50.1 % of 493 records
p: in sync, v1 in 2 of 2 regions, 211 of 244 requests (86.5 %) since 2026-05-04 00:55:00
Findings
warning         stray           p: 34 stray records of v2 in a, 2026-05-04 00:52:53 .. 2026-05-04 01:14:26; if it is meant, --canary says so
error           unexpected      p: expected v2, served in 0 of 2 regions; not in a, b
left out: 891 records are later than --now
a                aaaaaaaaaaaaaaaaaaaaaaaaaa~~~~~~~~~~~~~~~~~~~~~~~~bbbbbbbbbbbbbbbbbbbbbb
2

# sessions that saw both; evaluations that did not; versions that must not meet
$ perl $TESTS/served 1 10 6000 a=v1,v2@3000 b=v1,v2@3060 | jq -c '.session = (.id | sub("[0-9]{2}$"; "")) | .schema = (if .prompt.version == "v2" and .region == "a" then "s1" else "s2" end)' >s; skew-check s | sed -n '/^Find/,$p'; (cat s; grep '"a"' s | jq -c '.traffic = "eval"') | skew-check | grep eval; echo '{"incompatible":[{"prompt":"v2","schema":"s1","why":"s1 has no total"}],"requires":[{"if":{"prompt":"v1"},"then":{"schema":["s2","s3*"]}}]}' >c; skew-check --compatible c s | grep incompatible; echo '{"requires":[{"if":{"prompt":"v1"},"then":{"schema":["s3*"]}}]}' >c; skew-check --compatible c s | grep -c incompatible
Findings
notice   mixed-sessions  p: 1 of 121 sessions (0.83 %) were served by more than one version
warning  eval-coverage   p: evals covered v2 in 1 of 2 regions
error    incompatible    p in a: prompt v2, schema s1 do not go together: s1 has no total (300 records)
2

# the provider's revisions by region: another one in one region, and a mixture everywhere
$ awk 'BEGIN { for (i = 0; i < 600; i++) for (r = 0; r < 3; r++) printf "{\"time\":%d,\"region\":\"%s\",\"model\":{\"requested\":\"m\",\"answered\":\"m-1\",\"fingerprint\":\"fp%d\"}}\n", 1777852800 + i * 10 + r, substr("abc", r + 1, 1), r == 2 }' | skew-check | tail -1; awk 'BEGIN { for (i = 0; i < 600; i++) for (r = 0; r < 3; r++) printf "{\"time\":%d,\"region\":\"%s\",\"model\":{\"requested\":\"m\",\"fingerprint\":\"fp%d\"}}\n", 1777852800 + i * 10 + r, substr("abc", r + 1, 1), (i * 7 + r) % 3 }' | skew-check >out; echo $?
error    provider-skew   model m: regions got different revisions for 1h 39m, before 2026-05-04 00:00:02 .. 2026-05-04 01:39:52, and still do
0

# failures that followed the version; with no time before there is nothing to compare with
$ perl $TESTS/served 8 5 20000 a=v1,v2@8000 b=v1,v2@8060 c=v1,v2@16000 | awk '{ if (/"c"/ && /"v1"/ && NR > 4900 && NR % 10 == 0) sub(/"status":200/, "\"status\":503"); print }' >f; skew-check f | sed -n '/^  Fail/,/^$/p' | grep .; tail -n +5500 f | skew-check | grep -A3 '^  Failures'
  Failures         before            during             after
  behind on v1: c  1.94 % (31/1598)  11.0 % (178/1614)  2.12 % (17/803)
  the others       1.87 % (60/3205)  2.15 % (69/3216)   2.12 % (34/1605)
  difference in differences: +8.82 points, 95 % [+7.01, +10.62], p = 1.1e-21
  regions behind fail more since 2026-05-04 02:17:04 (CUSUM)
  within the 3 regions that served both, v2 against v1: odds ratio 0.70, 95 % [0.55, 0.90] (Mantel-Haenszel; over all time, so the window counts too)
  Failures         before        during             after
  behind on v1: c  -             11.2 % (155/1381)  2.12 % (17/803)
  the others       0.00 % (0/2)  2.07 % (57/2751)   2.12 % (34/1605)
  not identifiable, version and region are the same thing here: the regions differ from the first record on: there is nothing from before the window

# buckets of another width; labels alone; neither
$ skew-check -b 10m f | head -2; jq -c 'del(.prompt.sha256)' f | skew-check | head -1; jq -c 'del(.prompt.sha256)' f | skew-check | grep 'no content hash'; jq -c 'if .id > "c" then del(.prompt.sha256, .prompt.version) else . end' f | skew-check | tail -1; jq -c 'del(.prompt.sha256, .prompt.version)' f | skew-check >out; echo $?
p: converged, v2 in 3 of 3 regions, 718 of 718 requests (100.0 %) since 2026-05-04 05:13:18
  v1 -> v2: converged; regions differed for 2h 13m, 2026-05-04 02:13:20 .. 2026-05-04 04:26:40
p: converged, v2 in 3 of 3 regions, 719 of 719 requests (100.0 %) since 2026-05-04 05:13:18
  12041 of 12041 records have no content hash: their label is believed
skew-check: 4015 of 12041 records do not say what they were served (neither hash nor label, or a label that several contents have had), more than --max-unknown 5%: cannot tell; map them (--map prompt.version=PATH or prompt.sha256=PATH)
  4015 of 12041 records do not say what they were served
skew-check: 12041 of 12041 records do not say what they were served (neither hash nor label, or a label that several contents have had), more than --max-unknown 5%: cannot tell; map them (--map prompt.version=PATH or prompt.sha256=PATH)
6

# a hash for each request
$ awk 'BEGIN { for (i = 0; i < 100; i++) printf "{\"time\":%d,\"region\":\"r%d\",\"prompt\":{\"name\":\"p\",\"sha256\":\"%d\"}}\n", 1777852800 + i * 10, i % 3, i < 90 ? 1 : i }' | skew-check; awk 'BEGIN { for (i = 0; i < 100; i++) printf "{\"time\":%d,\"region\":\"r%d\",\"prompt\":{\"name\":\"p\",\"sha256\":\"%d\"}}\n", 1777852800 + i * 10, i % 3, i }' | skew-check --max-keys 50
skew-check: 10 of 100 records with a hash have one of their own: the hash is per request; mask what changes per request (trace-capture --mask) and hash again
skew-check: more than 5 % of the records have a hash of their own: the hash is per request; mask what changes per request (trace-capture --mask) and hash again
[6]

# any number of threads, any parts in any order, any packing: the same bytes
$ jq -c '.tenant = (.id | .[-1:]) | .session = (.id | .[0:4])' f >g; skew-check g >one; for j in 2 3 8; do skew-check -j $j g | cmp - one; done; sort -R --random-source=f g | skew-check | cmp - one; zstd -qc g | skew-check -j 2 | cmp - one; split -n l/7 g part.; for p in part.*; do skew-check --partial $p >$p.p; done; cat part.ae.p part.aa.p part.ac.p | skew-check --merge --partial >left; cat part.ag.p part.af.p part.ab.p part.ad.p | skew-check --merge --partial | gzip >right; skew-check --merge left right | cmp - one; skew-check --partial g >whole; skew-check --merge --partial left right | cmp - whole

# parts that are none, or made otherwise
$ skew-check --merge -b 2m left 2>&1 | head -1; echo x | skew-check --merge; sed -n 2p left | sed 's/"slots":\[/&0,999,0,/' | skew-check --merge; sed -n 2p left | sed 's/"n":[0-9]*/"n":-1/' | skew-check --merge 2>&1 | head -1; printf '' | skew-check --partial; printf '' | skew-check --merge
skew-check: left:1: a partial made with other options: not added
skew-check: standard input:1: no key, tab and state of a partial
skew-check: no record says what a region was served: nothing is decided
skew-check: standard input:1: a partial that is broken
skew-check: no record says what a region was served: nothing is decided
skew-check: standard input:1: a partial that is broken
skew-check: no record says what a region was served: nothing is decided
[6]

# an alarm once, and once more when it comes again
$ perl $TESTS/served 9 10 40000 a=v1,v2@3000,v3@20000 b=v1,v2@9000,v3@30000 >e; for t in 00:50:01 01:30:00 01:31:00 03:00:00 05:40:00 06:20:00 06:21:00 09:00:00; do skew-check -s st --now 2026-05-04T${t}Z e >out; echo $t $? $(head -1 out | cut -d, -f1); done; cat st; echo broken >st; skew-check -s st --now 2026-05-04T06:22:00Z e >out; echo $?; skew-check -s no/such/place --now 2026-05-04T06:22:00Z e >out
00:50:01 0 p: in sync
01:30:00 1 p: stalled
01:31:00 0 p: stalled
03:00:00 0 p: converged
05:40:00 0 p: progressing
06:20:00 1 p: stalled
06:21:00 0 p: stalled
09:00:00 0 p: converged
{"v":1,"tool":"skew-check","alarms":{}}
skew-check: --state: st: no state of this version: all alarms sound anew
1
skew-check: --state: no/such/place: No such file or directory
[4]

# and only once where the last regions follow each other by a minute or two
$ for f in 10 90; do perl $TESTS/served 5 $f 12000 a=v1,v2@3600 b=v1,v2@3720 c=v1,v2@3840 d=v1,v2@6960 e=v1,v2@7080 f=v1,v2@7200 >x; rm -f st; for m in $(seq 62 155); do skew-check -s st --now $((1777852800 + m * 60)) x >out || echo $f: minute $m; done; cat st; done
10: minute 85
{"v":1,"tool":"skew-check","alarms":{}}
90: minute 85
{"v":1,"tool":"skew-check","alarms":{}}

# a roll-out that stopped, and another version over it: each stall is of its own version
$ perl $TESTS/served 6 10 18000 a=v1,v2@3600,v3@10000 b=v1,v2@3700,v3@10100 c=v1,v3@10200 d=v1,v3@10300 | skew-check --format=json | jq -c 'select(.rule == "stall") | .numbers | [.old, .new, .regions_new, .regions, .waiting]'
["v1","v2",2,4,["c","d"]]

# a stream: what is certain, when it is; and over
$ skew-check -f e | cut -c1-100; skew-check -f --format=json e | jq -c '[.rule, .numbers.open]'
error           skew            p: regions served different versions for 21m 08s, 2026-05-04 00:49:5
error           stall           p: stalled at 1 of 2 regions (50.0 %) on v2 for 21m 08s, 2026-05-04 
error (over)    stall           p: stalled at 1 of 2 regions (50.0 %) on v2 for 1h 40m, 2026-05-04 0
error (over)    skew            p: regions served different versions for 1h 40m, 2026-05-04 00:49:55
error           skew            p: regions served different versions for 20m 45s, 2026-05-04 05:33:2
error           stall           p: stalled at 1 of 2 regions (50.0 %) on v3 for 20m 45s, 2026-05-04 
error (over)    stall           p: stalled at 1 of 2 regions (50.0 %) on v3 for 2h 46m, 2026-05-04 0
error (over)    skew            p: regions served different versions for 2h 46m, 2026-05-04 05:33:21
["skew",true]
["stall",true]
["stall",false]
["skew",false]
["skew",true]
["stall",true]
["stall",false]
["skew",false]

# a gate: not yet sure, sure; a region that is not of the list and has gone does not hold it up
$ perl $TESTS/served 4 60 9000 a=v1,v2@5000 b=v1,v2@5000 gone=v1 | awk '!/gone/ || /T00:/' >probes; printf 'a\nb\n' >two; for t in 400 1200; do awk -v t=$t 'BEGIN { t += 5000 } { split(substr($0, index($0, "T0") + 1, 8), h, ":") } h[1] * 3600 + h[2] * 60 + h[3] < t' probes | skew-check -r two -w 2h -e p=v2 --now 2026-05-04 | grep -v '^ \|^$'; done
p: converged, v2 in 2 of 2 regions, 13 of 41 requests (31.7 %) since 2026-05-04 01:09:33
Findings
notice          unexpected      p: expected v2, served for sure in 0 of 2 regions; not in a, b; too few records since then
p: converged, v2 in 2 of 2 regions, 25 of 40 requests (62.5 %) since 2026-05-04 01:15:58

# a label moved on and back: what it means
$ perl $TESTS/served 3 10 12000 a=v1,v1/x@4000,v1@8000 b=v1,v1/x@4200,v1@8200 >mb; for t in 01:04 01:08 01:40 02:15 02:45 03:15; do skew-check -e p=v1 --now 2026-05-04T$t:00Z mb >out; echo $t $? $(grep -o 'unexpected.*' out); done
01:04 0
01:08 6 unexpected p: expected v1, served in 0 of 2 regions; not in a, b; the roll-out goes on
01:40 0
02:15 1 unexpected p: expected v1, served in 1 of 2 regions; not in a
02:45 0
03:15 0

# a label that moves on where one region never gives a hash: unknown there, and too much of it
$ perl $TESTS/served 3 10 9000 a=v1,v1/x@4000 b=v1,v1/x@4100 c=v1 | awk '/"c"/ { sub(/,"sha256":"[0-9a-f]*"/, "") } { print }' >never; skew-check never | grep 'regions,\|do not say'; echo $?; skew-check never >out 2>/dev/null; echo $?
skew-check: 906 of 2712 records do not say what they were served (neither hash nor label, or a label that several contents have had), more than --max-unknown 5%: cannot tell; map them (--map prompt.version=PATH or prompt.sha256=PATH)
p: converged, v1 (2d711642) in 2 of 3 regions, 242 of 242 requests (100.0 %) since 2026-05-04 02:09:59
  906 of 2712 records do not say what they were served
0
6

# the state: an episode that goes on through silence, a clock that was ahead, what is no state
$ perl $TESTS/served 5 10 12000 a=v1,v2@3600 b=v1,v2@3700 c=v1 | awk '!/"c"/ || !/T01:[3-5]/' >dark; rm -f st3; for m in $(seq 60 5 195); do skew-check -s st3 --now $((1777852800 + m * 60)) dark >out || echo $m $(grep -v 'told\|(over)' out | grep -o 'skew  \|silent-region'); done
85 skew
115 silent-region
$ for n in 2030-01-01T00:00:00Z 2026-05-04T03:15:00Z 2026-05-04T03:16:00Z; do skew-check -s st3 --now $n dark >out 2>&1; echo $?; done; for s in '{"v":1,"alarms":{"prompt p":null}}' '{"v":1,"alarms":{"prompt p":{"since":"never","last":"x"}}}' '{"v":1,"alarms":[]}'; do echo "$s" >st4; skew-check -s st4 --now 2026-05-04T03:16:00Z dark >out; echo $?; done
0
1
0
skew-check: --state: st4: no state of this version: all alarms sound anew
1
skew-check: --state: st4: no state of this version: all alarms sound anew
1
skew-check: --state: st4: no state of this version: all alarms sound anew
1

# twice silent, twice told, and over
$ perl $TESTS/served 4 10 18000 a=v1 b=v1 c=v1 | awk '!/"c"/ || !(/T01:[0-4]/ || /T03:/ || /T04:[0-2]/)' >quiet; skew-check -f quiet; skew-check -f --format=json quiet | jq -c '[.rule, .over]'; for m in 81 100 141 211 230 280; do skew-check -s st2 --now $((1777852800 + m * 60)) quiet >out; echo $? $(grep -c silent out); done
error           silent-region   p: c is silent since 2026-05-04 00:59:59 (20m 01s): no traffic, no proof
error (over)    silent-region   p: c is silent since 2026-05-04 00:59:59 (48m 06s): no traffic, no proof
error           silent-region   p: c is silent since 2026-05-04 03:00:00 (27m 01s): no traffic, no proof
error (over)    silent-region   p: c is silent since 2026-05-04 03:00:00 (1h 29m): no traffic, no proof
["silent-region",null]
["silent-region",true]
["silent-region",null]
["silent-region",true]
1 1
0 1
0 0
1 1
0 1
0 0

# a gate that waits: the regions are there, the time is over, nothing comes
$ skew-check -e p=v3 -w 1h --now 2026-05-04T00:00:00Z e | head -1; skew-check -e p=v2 -w 3h --now 2026-05-04T00:00:00Z e | head -1; (cat on; sleep 9) | skew-check -e p=v2 -w 1s | tail -1; printf '' | skew-check -e p=v2 -w 1s
p: progressing, v2 in 1 of 2 regions, 57 of 248 requests (23.0 %) since 2026-05-04 00:40:03
p: converged, v2 in 2 of 2 regions, 241 of 241 requests (100.0 %) since 2026-05-04 02:40:02
notice          unexpected      p: expected v2, served in 2 of 3 regions; not in c; the roll-out goes on
[6]

# the picture
$ skew-check --timeline=t.svg e >out; python3 -c 'import xml.dom.minidom as m; d = m.parse("t.svg"); print(sorted({t.firstChild.data for t in d.getElementsByTagName("text") if t.firstChild}))'; skew-check -t e | grep -m 1 -A3 '^  a '; skew-check --timeline=/no/such/t.svg e >out
['2026-05-04 00:00', '2026-05-04 02:46', '2026-05-04 05:33', '2026-05-04 08:19', '2026-05-04 11:06', 'a', 'b', 'label and content contradict', 'mixture', 'p: converged (UTC)', 'stalled', 'v1', 'v2', 'v3']
  a                aaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccccccccccccccccccccccccccccccccc
  b                aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccccccccccccccc
                   2026-05-04 00:00:00                                  2026-05-04 11:06:38
  a v1   b v2   c v3   . no records   ~ mixture   ! label and content contradict
skew-check: --timeline: /no/such/t.svg: No such file or directory
[4]

# Prometheus
$ skew-check --format=prom --now 2026-05-04T02:00:00Z e
# HELP inferutils_skew_regions_serving Regions that serve the newest version.
# TYPE inferutils_skew_regions_serving gauge
inferutils_skew_regions_serving{kind="prompt",name="p"} 1
# HELP inferutils_skew_regions Regions that are known.
# TYPE inferutils_skew_regions gauge
inferutils_skew_regions{kind="prompt",name="p"} 2
# HELP inferutils_skew_stalled 1 when the roll-out has stopped half way.
# TYPE inferutils_skew_stalled gauge
inferutils_skew_stalled{kind="prompt",name="p"} 1
# HELP inferutils_skew_open 1 while regions serve different versions.
# TYPE inferutils_skew_open gauge
inferutils_skew_open{kind="prompt",name="p"} 1
[1]

# HELP inferutils_skew_regions_serving Regions that serve the newest version.

# TYPE inferutils_skew_regions_serving gauge

# HELP inferutils_skew_regions Regions that are known.

# TYPE inferutils_skew_regions gauge

# HELP inferutils_skew_stalled 1 when the roll-out has stopped half way.

# TYPE inferutils_skew_stalled gauge

# HELP inferutils_skew_open 1 while regions serve different versions.

# TYPE inferutils_skew_open gauge

# HELP inferutils_skew_regions_serving Regions that serve the newest version.

# TYPE inferutils_skew_regions_serving gauge

# HELP inferutils_skew_regions Regions that are known.

# TYPE inferutils_skew_regions gauge

# HELP inferutils_skew_stalled 1 when the roll-out has stopped half way.

# TYPE inferutils_skew_stalled gauge

# HELP inferutils_skew_open 1 while regions serve different versions.

# TYPE inferutils_skew_open gauge

# hostile input
$ printf '%s\n' '{"time":"x","region":"a","prompt":{"version":"v"}}' '{"time":"1700-01-01T00:00:00Z","region":"a","prompt":{"version":"v"}}' '{"time":"2199-12-31T23:59:59Z","region":"a\u0000|\\?","prompt":{"name":"\ud800","version":"v|"}}' '{"region":"a","prompt":{"version":"v"}}' '{"time":1,"prompt":{"version":"v"}}' '{"time":1,"region":{},"prompt":{"version":[]}}' '{"time":1,"region":"a"}' '[]' '{"time":1,"region":"a","prompt":{"version":"v"},"traffic":"replay"}' | skew-check | grep . | head -12
skew-check: standard input:1: time: neither RFC 3339 nor an epoch
skew-check: standard input:2: time: not from 1970 to 2199
skew-check: standard input:8: not an object
�: in sync, v| in 1 of 1 regions, 1 of 1 requests (100.0 %) since 2199-12-31 23:39:59
  Region  version  records  failed  of  share  95 %
  a |\?   v|             1       0   0      -
  1 of 1 records have no content hash: their label is believed
left out: 2 records name no prompt and no model
left out: 1 records name no region
left out: 1 records have no time
left out: 1 records are neither production nor evaluation traffic

# points of presence, asked directly: one that answers, and one that does not
$ mkdir www; echo prompt >www/p; python3 -u -m http.server 0 --bind 127.0.0.1 -d www >port 2>log & pid=$!; for i in 1 2 3 4 5 6 7 8 9; do grep -q port port && break; sleep 0.2; done; p=$(sed 's/.*port \([0-9]*\).*/\1/' port); sh $EXAMPLES/probe http://pop.test:$p/p p - us=127.0.0.1 eu=127.0.0.1 >probed; sh $EXAMPLES/probe http://pop.test:$p/p p server ap=127.0.0.9 >dead; kill $pid; jq -c '[.region, .status, .prompt.name, (.prompt.sha256 | length), .probe.ip]' probed; jq -c '[.region, .status, .prompt, .error.type]' dead; printf 'us\neu\n' >r2; skew-check -e p=$(sha256sum www/p | cut -c1-8) -r r2 probed >out; echo $?; printf 'us\neu\nap\n' >r3; cat probed dead | skew-check -r r3 | grep silent
["us",200,"p",64,"127.0.0.1"]
["eu",200,"p",64,"127.0.0.1"]
["ap",0,null,"probe"]
0
error    silent-region   ap, of --regions, has no records: no traffic, no proof
