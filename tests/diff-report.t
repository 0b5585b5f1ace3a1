# a page and a JUnit file beside the report, each by rename; or instead of it
$ cd $EXAMPLES; diff-eval --slices tenant --html=$OLDPWD/p.html --junit=$OLDPWD/j.xml replayed.ndjson | head -1; cd $OLDPWD; ls; diff-eval --junit $EXAMPLES/replayed.ndjson | head -3; diff-eval --html $EXAMPLES/replayed.ndjson | grep -c '<h2>'
INCONCLUSIVE  not decided
j.xml
p.html
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="diff-eval">
 <testsuite name="candidate 1: fjord-2-2026-03-02" tests="7" failures="0" skipped="7" errors="0">
5

# the page needs nothing else, and is well made; so is the other
$ cat >well.py <<'EOF'
> import html.parser, sys, xml.dom.minidom
> class Page(html.parser.HTMLParser):
>     void = {"meta", "line", "circle", "br", "tr", "th", "td"}
>     def __init__(self): super().__init__(); self.open = []; self.words = set()
>     def handle_starttag(self, tag, attributes):
>         if tag not in self.void: self.open.append(tag)
>         for name, value in attributes:
>             if name in ("src", "href", "onload", "onclick") or "url(" in (value or ""): print("reaches out:", tag, name)
>         if tag in ("script", "link", "img", "iframe", "object"): print("not allowed:", tag)
>     def handle_endtag(self, tag):
>         if tag not in self.void and self.open.pop() != tag: print("not nested:", tag)
> p = Page(); p.feed(open(sys.argv[1]).read()); print(p.open)
> j = xml.dom.minidom.parse(sys.argv[2])
> print([(s.getAttribute("tests"), s.getAttribute("failures"), len(s.getElementsByTagName("testcase")), len(s.getElementsByTagName("failure"))) for s in j.getElementsByTagName("testsuite")])
> EOF

$ jq -c 'if .candidate.model then .candidate.model.requested = "<script>\"\u0000" | .tenant = "<b>\"&\u0007" | .candidate.response.choices[0].message.content = "</p><script>&" else . end' $EXAMPLES/replayed.ndjson | diff-eval --slices tenant --html=evil.html --junit=evil.xml --show worst 5 >out; python3 well.py evil.html evil.xml; grep -cwi nan evil.html evil.xml; grep -c '<script' evil.html
[]
[('9', '0', 9, 0)]
evil.html:0
evil.xml:0
0
[1]

$ sh $TESTS/pairs m 100 60 0 0 '"locale":"ja"' | diff-eval --allow-partial --fail-slice --slices locale --junit=f.xml --html=f.html >out; echo $?; python3 well.py f.html f.xml; grep -c '<failure' f.xml
1
[]
[('6', '3', 6, 3)]
3

# what stands under which head
$ cat >heads.py <<'EOF'
> import re, sys
> table = sys.stdin.read().split("<h2>Checks</h2>")[1].split("</table>")[0]
> heads = re.findall("<th>([^<]*)", table); rows = re.findall("<tr><td>(.*?)</tr>", table.split("</tr>", 1)[1])
> print(dict(zip(heads, [re.sub("<[^>]*>", "", c) for c in re.split("</td><td>", rows[0])])))
> EOF

$ diff-eval --html $EXAMPLES/replayed.ndjson | python3 heads.py
{'check': 'all checks', 'verdict': 'inconclusive', 'difference, 95&nbsp;%': '-10.0 [-95.3, +84.7]', 'n': '10', 'before': '100 %', 'now': '90 %', 'regressed': '1', 'improved': '0', 'p': '0.34'}

# one form at a time on standard output; a file that cannot be written is said
$ diff-eval --markdown --format=json </dev/null 2>&1 | head -1; diff-eval --junit --html </dev/null 2>&1 | head -1; diff-eval --html=none/p.html $EXAMPLES/replayed.ndjson >out; echo $?; diff-eval --html=/dev/full $EXAMPLES/replayed.ndjson >out; echo $?
diff-eval: only one of --format=json, --markdown, --junit and --html can be the output: give the others a file, as in --html=page.html
diff-eval: only one of --format=json, --markdown, --junit and --html can be the output: give the others a file, as in --html=page.html
diff-eval: --html: none/p.html: No such file or directory
4
diff-eval: --html: /dev/full: No space left on device
4

# differences in full: calls by their arguments, texts by their words
$ call() { jq -nc --arg i "$1" --argjson a "$2" --argjson b "$3" 'def r($x): {choices: [{message: (if $x | type == "string" then {content: $x} else {tool_calls: [$x[] | {id: "1", type: "function", function: {name: .[0], arguments: (.[1] | tojson)}}]} end), finish_reason: "stop"}]}; {record: "replay", v: 1, id: $i, api: "openai.chat", response: r($a), candidate: {api: "openai.chat", status: 200, response: r($b)}}'; }; (call arguments '[["f",{"a":1,"b":[2],"c":"x"}]]' '[["f",{"a":1.0,"b":[3],"d":null}]]'; call names '[["f",{}],["g",{"a":1}]]' '[["h",{}]]'; call words '"The quick brown fox"' '"The slow brown fox jumps"') | diff-eval --allow-partial --show worst 20 | sed -n '/Worst/,/^$/p' | grep .; call a '"x"' '"y"' | diff-eval --allow-partial --show 1 --no-bodies | grep -A1 Worst; diff-eval --show best </dev/null 2>&1 | head -1
Worst differences
  1. names: other answer
       call f → h
       call g → (none)
       was  {"a":1}
       now  (nothing)
  2. words: other answer
       The [-quick-] {+slow+} brown fox {+jumps+}
  3. arguments: other answer
       call f
         b: [2] → [3]
         c: "x" → (left out)
         d: (new) null
Worst differences
  1. a: other answer
diff-eval: --show: 'best' is not 'worst N' with N from 1 to 1000

# without unicode
$ LC_ALL=C diff-eval --slices tenant $EXAMPLES/replayed.ndjson | sed -n '4,8p'
Slices                          n  -100                 +100  difference, 95 %       p (Holm)  verdict
  tool_use
    yes                        8  -----------o+----------    -12.5 [-96.4, +83.6]       0.89  inconclusive
    no                         2      --------o--------      +0.0 [-65.8, +65.8]           1  inconclusive
  tenant
