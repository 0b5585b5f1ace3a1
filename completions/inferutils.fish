complete -c cogs-sum -s p -l prices -d 'the price book, ours or LiteLLM\'s' -r -F
complete -c cogs-sum -l check-prices -d 'list what overlaps, is missing or looks wrong in the price book'
complete -c cogs-sum -l provider -d 'of records that name none' -x
complete -c cogs-sum -l service-tier -d 'of records that name none: standard, batch, flex or priority' -x
complete -c cogs-sum -l reprice -d 'price all calls as if this model answered' -x
complete -c cogs-sum -s e -l each -d 'pass each record on with its cost'
complete -c cogs-sum -l as -d 'the field that --each adds' -x
complete -c cogs-sum -s b -l by -d 'a group for each value: day, tenant, model ...' -x
complete -c cogs-sum -s n -l top -d 'groups that the text shows, default 20; 0: all' -x
complete -c cogs-sum -l tz -d 'days and months of this time zone, default UTC' -x
complete -c cogs-sum -l period -d 'only what happened in this month, day, year ...' -x
complete -c cogs-sum -l no-tasks -d 'do not add up tasks, which takes memory for each'
complete -c cogs-sum -l max-keys -d 'groups or tasks at most, default 10 million' -x
complete -c cogs-sum -s l -l lines -d 'cost lines: cost records, CSV or FOCUS' -x
complete -c cogs-sum -l basis -d 'of a line with both costs, this one counts' -x -a 'effective billed'
complete -c cogs-sum -s d -l drivers -d 'what divides them: numbers by group' -x
complete -c cogs-sum -s r -l revenue -d 'revenue by group, or in all' -x
complete -c cogs-sum -l resolved -d 'which tasks are resolved, or how many by group' -x
complete -c cogs-sum -l expect-surfaces -d 'status 1 unless each of these has a cost' -x
complete -c cogs-sum -l budget -d 'status 1 where a group is over it' -x
complete -c cogs-sum -l invoice -d 'what was billed, beside the estimate' -r -F
complete -c cogs-sum -l tolerance -d 'how far an invoice may be from the estimate, default 1%' -x
complete -c cogs-sum -l target -d 'what would have to change for this margin' -x
complete -c cogs-sum -l bridge -d 'why --period costs more or less than this one' -x
complete -c cogs-sum -l bridge-revenue -d 'revenue of that period, for the trend of --target' -x
complete -c cogs-sum -l places -d 'decimals of amounts, default 6' -x
complete -c cogs-sum -l exact -d 'amounts with all their decimals'
complete -c cogs-sum -s j -l jobs -d 'threads' -x
complete -c cogs-sum -l partial -d 'write what was found, for --merge'
complete -c cogs-sum -l merge -d 'read what --partial wrote'
complete -c cogs-sum -l validate -d 'say all that is wrong with the input, no more'
complete -c cogs-sum -l format -d 'the form of the report' -x -a 'text json prom'
complete -c cogs-sum -l map -d 'read a field from this path of the record' -x
complete -c cogs-sum -l show-map -d 'say which path fed which field, and how often'
complete -c cogs-sum -l since -d 'leave out records before this time or age' -x
complete -c cogs-sum -l until -d 'leave out records from this time or age on' -x
complete -c cogs-sum -l now -d 'count ages back from here, not from the clock' -x
complete -c cogs-sum -l max-bad -d 'so many bad lines do not change the status' -x
complete -c cogs-sum -l strict -d 'stop at the first bad line'
complete -c cogs-sum -l max-line -d 'longest line that is read' -x
complete -c cogs-sum -l max-document -d 'longest document that spans lines' -x
complete -c cogs-sum -l max-depth -d 'deepest nesting of JSON' -x
complete -c cogs-sum -s h -l help -d 'show this help'
complete -c cogs-sum -s V -l version -d 'show the version'
complete -c cogs-sum -l schema -d 'print JSON Schemas of the records read and written'
complete -c diff-eval -s k -l key -d 'pair OLD and NEW by id, content, or any field' -x
complete -c diff-eval -l candidate -d 'the field that replay put the answer into' -x
complete -c diff-eval -l cluster -d 'pairs that share this are not independent' -x
complete -c diff-eval -l slices -d 'tell the pairs apart by these fields too' -x
complete -c diff-eval -l max-keys -d 'values of these fields at most' -x
complete -c diff-eval -l rows -d 'in a document, the records are the elements of this array' -x
complete -c diff-eval -l check -d 'ask this too: schema, regex:X, contains:X, field:PATH, score:NAME, ...; or none' -x
complete -c diff-eval -l labels -d 'correct a check by what people said of some pairs' -r -F
complete -c diff-eval -l prices -d 'what sides cost that do not say it' -r -F
complete -c diff-eval -l margin -d 'loss that is still acceptable, such as 1pp' -x
complete -c diff-eval -l detect -d 'say how many pairs it takes to find this loss' -x
complete -c diff-eval -l fail-slice -d 'a slice that fails fails the whole'
complete -c diff-eval -l min-agree -d 'decide by agreement with the record alone' -x
complete -c diff-eval -l sequential -d 'end as soon as the question is answered'
complete -c diff-eval -l allow-partial -d 'a replay that was cut off may pass'
complete -c diff-eval -l seed -d 'seed of the bootstrap' -x
complete -c diff-eval -l inconclusive -d 'status when not decided' -x -a '0 1 6'
complete -c diff-eval -s f -l format -d 'write the report as' -x -a 'text json'
complete -c diff-eval -l markdown -d 'write it for a pull request'
complete -c diff-eval -l junit -d 'write it as JUnit XML (there, or instead)'
complete -c diff-eval -l html -d 'write it as a page (there, or instead)'
complete -c diff-eval -l show -d 'show so many of the worst differences, word by word' -x
complete -c diff-eval -l no-bodies -d 'leave the text of answers out'
complete -c diff-eval -l map -d 'read a field from this path of the record' -x
complete -c diff-eval -l show-map -d 'say which path fed which field, and how often'
complete -c diff-eval -l since -d 'leave out records before this time or age' -x
complete -c diff-eval -l until -d 'leave out records from this time or age on' -x
complete -c diff-eval -l now -d 'count ages back from here, not from the clock' -x
complete -c diff-eval -l max-bad -d 'so many bad lines do not change the status' -x
complete -c diff-eval -l strict -d 'stop at the first bad line'
complete -c diff-eval -l max-line -d 'longest line that is read' -x
complete -c diff-eval -l max-document -d 'longest document that spans lines' -x
complete -c diff-eval -l max-depth -d 'deepest nesting of JSON' -x
complete -c diff-eval -s h -l help -d 'show this help'
complete -c diff-eval -s V -l version -d 'show the version'
complete -c diff-eval -l schema -d 'print JSON Schemas of the records read and written'
complete -c judge -s m -l model -d 'the model that judges' -x
complete -c judge -l rubric -d 'what makes an answer better, in words' -r -F
complete -c judge -l name -d 'name of the score' -x
complete -c judge -l api -d 'the dialect that the judge speaks' -x
complete -c judge -l models -d 'rules for models, before the built-in ones' -r -F
complete -c judge -l candidate -d 'the field that replay put the answer into' -x
complete -c judge -l plan -d 'write the questions as traces, and ask nothing'
complete -c judge -l base-url -d 'send there, not to the provider\'s own address' -x
complete -c judge -l key-file -d 'read the key from there, not the environment' -r -F
complete -c judge -l header -d 'send this header, its value from the environment' -x
complete -c judge -s c -l concurrency -d 'requests in flight at once' -x
complete -c judge -l rate -d 'attempts at most: 50/min, 10/s, 1000/h' -x
complete -c judge -l retries -d 'further attempts when one fails' -x
complete -c judge -l timeout -d 'longest that one attempt may take' -x
complete -c judge -l max-response -d 'largest response that is read' -x
complete -c judge -l max-calls -d 'stop after so many attempts' -x
complete -c judge -l max-tokens -d 'stop before so many tokens' -x
complete -c judge -l max-cost -d 'stop before it costs more, by the price book' -x
complete -c judge -l prices -d 'the price book, see cogs-sum(1)' -r -F
complete -c judge -l resume -d 'keep answers there, and go on from there' -r -F
complete -c judge -l map -d 'read a field from this path of the record' -x
complete -c judge -l show-map -d 'say which path fed which field, and how often'
complete -c judge -l since -d 'leave out records before this time or age' -x
complete -c judge -l until -d 'leave out records from this time or age on' -x
complete -c judge -l now -d 'count ages back from here, not from the clock' -x
complete -c judge -l max-bad -d 'so many bad lines do not change the status' -x
complete -c judge -l strict -d 'stop at the first bad line'
complete -c judge -l max-line -d 'longest line that is read' -x
complete -c judge -l max-document -d 'longest document that spans lines' -x
complete -c judge -l max-depth -d 'deepest nesting of JSON' -x
complete -c judge -s h -l help -d 'show this help'
complete -c judge -s V -l version -d 'show the version'
complete -c judge -l schema -d 'print JSON Schemas of the records read and written'
complete -c mailgate -s p -l policy -d 'who may send what ($MAILGATE_POLICY)' -r -F
complete -c mailgate -s s -l state -d 'the folder of the ledger ($MAILGATE_STATE)' -r -F
complete -c mailgate -s a -l agent -d 'who is asking, whatever the intent says ($MAILGATE_AGENT)' -x
complete -c mailgate -s n -l dry-run -d 'only tell: nothing is counted, sent or kept'
complete -c mailgate -l sendmail -d 'a message on standard input; what follows is sendmail\'s command line'
complete -c mailgate -l policy-service -d 'Postfix\'s policy protocol on standard input and output'
complete -c mailgate -l listen -d 'the same for many connections, at unix:path or address:port' -x
complete -c mailgate -l filter -d 'a message on standard input; sender and recipients follow'
complete -c mailgate -l lf -d 'lines of messages in intents end in LF'
complete -c mailgate -l trusted -d 'feedback among the intents needs no token'
complete -c mailgate -s d -l deliver -d 'smtp://host:port or command:cmd ($MAILGATE_DELIVER)' -x
complete -c mailgate -l durability -d 'what a decision survives: a power loss, or only the end of the process' -x -a 'full process'
complete -c mailgate -l batch -d 'decisions in one transaction at most, default 64, with --deliver 8' -x
complete -c mailgate -l clock -d 'the time of a decision is in the record' -x
complete -c mailgate -l exit -d 'the words of the exit status' -x -a 'plain sysexits'
complete -c mailgate -l map -d 'read a field from this path of the record' -x
complete -c mailgate -l show-map -d 'say which path fed which field, and how often'
complete -c mailgate -l since -d 'leave out records before this time or age' -x
complete -c mailgate -l until -d 'leave out records from this time or age on' -x
complete -c mailgate -l now -d 'count ages back from here, not from the clock' -x
complete -c mailgate -l max-bad -d 'so many bad lines do not change the status' -x
complete -c mailgate -l strict -d 'stop at the first bad line'
complete -c mailgate -l max-line -d 'longest line that is read' -x
complete -c mailgate -l max-document -d 'longest document that spans lines' -x
complete -c mailgate -l max-depth -d 'deepest nesting of JSON' -x
complete -c mailgate -s h -l help -d 'show this help'
complete -c mailgate -s V -l version -d 'show the version'
complete -c mailgate -l schema -d 'print JSON Schemas of the records read and written'
complete -c mailgatectl -s p -l policy -d 'the policy' -r -F
complete -c mailgatectl -s s -l state -d 'the folder of the ledger' -r -F
complete -c mailgatectl -s b -l by -d 'who decides: goes into the audit log' -x
complete -c mailgatectl -s w -l why -d 'of suspend and suppress: for those who ask later' -x
complete -c mailgatectl -l trusted -d 'of feedback: it comes from where nobody can forge it; needs no token'
complete -c mailgatectl -l body -d 'of held: with the mails themselves'
complete -c mailgatectl -s d -l deliver -d 'of release: smtp://host:port or command:cmd' -x
complete -c mailgatectl -l svg -d 'of report: a picture of the day' -r -F
complete -c mailgatectl -s f -l format -d 'the form of the answer' -x -a 'text json prom'
complete -c mailgatectl -l map -d 'read a field from this path of the record' -x
complete -c mailgatectl -l show-map -d 'say which path fed which field, and how often'
complete -c mailgatectl -l since -d 'leave out records before this time or age' -x
complete -c mailgatectl -l until -d 'leave out records from this time or age on' -x
complete -c mailgatectl -l now -d 'count ages back from here, not from the clock' -x
complete -c mailgatectl -l max-bad -d 'so many bad lines do not change the status' -x
complete -c mailgatectl -l strict -d 'stop at the first bad line'
complete -c mailgatectl -l max-line -d 'longest line that is read' -x
complete -c mailgatectl -l max-document -d 'longest document that spans lines' -x
complete -c mailgatectl -l max-depth -d 'deepest nesting of JSON' -x
complete -c mailgatectl -s h -l help -d 'show this help'
complete -c mailgatectl -s V -l version -d 'show the version'
complete -c mailgatectl -l schema -d 'print JSON Schemas of the records read and written'
complete -c region-check -s p -l policy -d 'whose data may be processed where' -r -F
complete -c region-check -s r -l regions -d 'a table of regions, hosts and profiles, over the built-in one' -r -F
complete -c region-check -s e -l each -d 'a verdict for every hop, in order'
complete -c region-check -s g -l gap -d 'so long without a case, and the next one begins anew, default 30m' -x
complete -c region-check -l evidence -d 'add what was found to a chained file' -r -F
complete -c region-check -l verify -d 'is the chain of such a file whole?' -r -F
complete -c region-check -s c -l config -d 'every way that a routing configuration (JSON) leaves open' -r -F
complete -c region-check -l subject -d 'of --config: only for these subjects' -x
complete -c region-check -s i -l isolation -d 'cache hits, price and latency by region, as logged'
complete -c region-check -s b -l blocks -d 'hit rates of split caches, from the hashes of prompt blocks'
complete -c region-check -l split -d 'of --blocks: up to so many regions, default 4' -x
complete -c region-check -l rounds -d 'of --blocks: rounds of random routing, default 20' -x
complete -c region-check -l seed -d 'of --blocks: of random routing, default 42' -x
complete -c region-check -l cache-read -d 'price of a cached input token, of the plain one, default 0.1' -x
complete -c region-check -l write-premium -d 'what writing to the cache costs more than plain input, default 25' -x
complete -c region-check -l max-keys -d 'findings, traces, paths or blocks at most, default 10 million' -x
complete -c region-check -s j -l jobs -d 'threads' -x
complete -c region-check -l partial -d 'write what was found, for --merge'
complete -c region-check -l merge -d 'read what --partial wrote'
complete -c region-check -l format -d 'the form of the report' -x -a 'text json sarif'
complete -c region-check -l inconclusive -d 'the status when it cannot be told' -x -a '6 0 1'
complete -c region-check -l map -d 'read a field from this path of the record' -x
complete -c region-check -l show-map -d 'say which path fed which field, and how often'
complete -c region-check -l since -d 'leave out records before this time or age' -x
complete -c region-check -l until -d 'leave out records from this time or age on' -x
complete -c region-check -l now -d 'count ages back from here, not from the clock' -x
complete -c region-check -l max-bad -d 'so many bad lines do not change the status' -x
complete -c region-check -l strict -d 'stop at the first bad line'
complete -c region-check -l max-line -d 'longest line that is read' -x
complete -c region-check -l max-document -d 'longest document that spans lines' -x
complete -c region-check -l max-depth -d 'deepest nesting of JSON' -x
complete -c region-check -s h -l help -d 'show this help'
complete -c region-check -s V -l version -d 'show the version'
complete -c region-check -l schema -d 'print JSON Schemas of the records read and written'
complete -c replay -s m -l model -d 'ask this model, not the recorded one' -x
complete -c replay -l api -d 'speak this dialect, translating if need be' -x
complete -c replay -l system -d 'replace the system prompt by this text' -r -F
complete -c replay -l set -d 'set this member of the request' -x
complete -c replay -l stream -d 'ask for a stream of events' -x -a 'recorded on off'
complete -c replay -l models -d 'rules for models, before the built-in ones' -r -F
complete -c replay -l repeat -d 'ask so often for each record' -x
complete -c replay -l baseline -d 'and the recorded model so often, unchanged' -x
complete -c replay -l count -d 'ask for the number of tokens, not for an answer'
complete -c replay -l as -d 'put the answer into this field' -x
complete -c replay -l base-url -d 'send there, not to the provider\'s own address' -x
complete -c replay -l key-file -d 'read the key from there, not the environment' -r -F
complete -c replay -l header -d 'send this header, its value from the environment' -x
complete -c replay -s c -l concurrency -d 'requests in flight at once' -x
complete -c replay -l rate -d 'attempts at most: 50/min, 10/s, 1000/h' -x
complete -c replay -l retries -d 'further attempts when one fails' -x
complete -c replay -l timeout -d 'longest that one attempt may take' -x
complete -c replay -l max-response -d 'largest response that is read' -x
complete -c replay -l max-calls -d 'stop after so many attempts' -x
complete -c replay -l max-tokens -d 'stop before so many tokens' -x
complete -c replay -l max-cost -d 'stop before it costs more, by the price book' -x
complete -c replay -l prices -d 'the price book, see cogs-sum(1)' -r -F
complete -c replay -l resume -d 'keep answers there, and go on from there' -r -F
complete -c replay -l plan -d 'say what would be sent, and send nothing'
complete -c replay -l format -d 'write the plan as' -x -a 'text json'
complete -c replay -l vocab -d 'count the plan\'s tokens with this vocabulary, see tokcount(1)' -r -F
complete -c replay -l emit -d 'write the requests for a batch API' -x -a 'calls openai-batch anthropic-batch'
complete -c replay -l collect -d 'take the answers from a batch\'s results' -r -F
complete -c replay -l map -d 'read a field from this path of the record' -x
complete -c replay -l show-map -d 'say which path fed which field, and how often'
complete -c replay -l since -d 'leave out records before this time or age' -x
complete -c replay -l until -d 'leave out records from this time or age on' -x
complete -c replay -l now -d 'count ages back from here, not from the clock' -x
complete -c replay -l max-bad -d 'so many bad lines do not change the status' -x
complete -c replay -l strict -d 'stop at the first bad line'
complete -c replay -l max-line -d 'longest line that is read' -x
complete -c replay -l max-document -d 'longest document that spans lines' -x
complete -c replay -l max-depth -d 'deepest nesting of JSON' -x
complete -c replay -s h -l help -d 'show this help'
complete -c replay -s V -l version -d 'show the version'
complete -c replay -l schema -d 'print JSON Schemas of the records read and written'
complete -c skew-check -s e -l expect -d 'status 1 unless every region serves this version of it' -x
complete -c skew-check -s r -l regions -d 'the regions that should serve: one that is silent is a finding' -r -F
complete -c skew-check -s c -l canary -d 'meant to differ: no skew' -x
complete -c skew-check -l compatible -d 'which prompt, schema, tools, model and release do not go together' -r -F
complete -c skew-check -s g -l grace -d 'so long a roll-out may rest before it is stalled, default 20m' -x
complete -c skew-check -s b -l bucket -d 'buckets of time; flips are found in a 60th of it, default 1m' -x
complete -c skew-check -l clock-error -d 'times of records may be off by this, default 5s' -x
complete -c skew-check -l max-unknown -d 'status 6 when more records tell no version, default 5%' -x
complete -c skew-check -s f -l follow -d 'read a stream, tell findings as they are certain'
complete -c skew-check -s w -l within -d 'wait for --expect: 0 once it holds, 1 when the time is over' -x
complete -c skew-check -l lateness -d 'with --follow: records may come so late, default 1m' -x
complete -c skew-check -s s -l state -d 'alarm once for each episode' -r -F
complete -c skew-check -s t -l timeline -d 'show the regions\' versions over time, or draw them'
complete -c skew-check -l no-sessions -d 'do not look at sessions, which takes memory for each'
complete -c skew-check -l max-keys -d 'versions, buckets, tenants or sessions at most, default 10 million' -x
complete -c skew-check -s j -l jobs -d 'threads' -x
complete -c skew-check -l partial -d 'write what was found, for --merge'
complete -c skew-check -l merge -d 'read what --partial wrote'
complete -c skew-check -l format -d 'the form of the report' -x -a 'text json prom'
complete -c skew-check -l inconclusive -d 'the status when it cannot be told' -x -a '6 0 1'
complete -c skew-check -l map -d 'read a field from this path of the record' -x
complete -c skew-check -l show-map -d 'say which path fed which field, and how often'
complete -c skew-check -l since -d 'leave out records before this time or age' -x
complete -c skew-check -l until -d 'leave out records from this time or age on' -x
complete -c skew-check -l now -d 'count ages back from here, not from the clock' -x
complete -c skew-check -l max-bad -d 'so many bad lines do not change the status' -x
complete -c skew-check -l strict -d 'stop at the first bad line'
complete -c skew-check -l max-line -d 'longest line that is read' -x
complete -c skew-check -l max-document -d 'longest document that spans lines' -x
complete -c skew-check -l max-depth -d 'deepest nesting of JSON' -x
complete -c skew-check -s h -l help -d 'show this help'
complete -c skew-check -s V -l version -d 'show the version'
complete -c skew-check -l schema -d 'print JSON Schemas of the records read and written'
complete -c tokcount -s m -l model -d 'a model or an encoding, default o200k_base' -x
complete -c tokcount -l vocab -d 'count with this .tiktoken, tokenizer.json, tekken.json, .model or .gguf' -r -F
complete -c tokcount -l pattern -d 'where a .tiktoken file splits its text, if its hash does not say' -x
complete -c tokcount -l vocab-dir -d 'look for vocabularies here first' -x
complete -c tokcount -l install -d 'keep the vocabulary of that name out of a file, package or archive' -x
complete -c tokcount -l where -d 'print the publisher\'s address and hash' -x
complete -c tokcount -s f -l field -d 'the text at this path of each record' -x
complete -c tokcount -s r -l requests -d 'whole requests: trace records and bodies'
complete -c tokcount -s e -l each -d 'pass each record on with its count'
complete -c tokcount -l as -d 'the field that --each adds' -x
complete -c tokcount -l ids -d 'with the ids of the tokens'
complete -c tokcount -s d -l decode -d 'read ids, write the text'
complete -c tokcount -s t -l truncate -d 'write the first n tokens of the text' -x
complete -c tokcount -l from -d 'keep n tokens from the start or the end' -x -a 'start end'
complete -c tokcount -l special -d 'special tokens in a text are text, tokens, or an error' -x -a 'text parse error'
complete -c tokcount -l invalid -d 'bytes that are no UTF-8 become U+FFFD, are taken as they are, or an error' -x -a 'replace bytes error'
complete -c tokcount -l max -d 'the limit: status 1 beyond it' -x
complete -c tokcount -l reserve -d 'room for the answer' -x
complete -c tokcount -l calibration -d 'how far the bill is from the count; --drift writes it' -r -F
complete -c tokcount -l require-calibration -d 'uncalibrated is status 1'
complete -c tokcount -l inconclusive -d 'what uncalibrated ends with, default 6' -x -a '0 1 6'
complete -c tokcount -l drift -d 'tell how far the count is from the usage of the records'
complete -c tokcount -l local -d 'a recorded estimate, as a further column' -x
complete -c tokcount -l compare -d 'count with both, and tell what differs' -x
complete -c tokcount -l prices -d 'dollars for a million tokens, by encoding or model, for --compare' -r -F
complete -c tokcount -l partial -d 'write what --drift found, for --merge'
complete -c tokcount -l merge -d 'read what --partial wrote'
complete -c tokcount -l max-keys -d 'groups of --drift at most' -x
complete -c tokcount -s j -l jobs -d 'threads that count text files' -x
complete -c tokcount -l format -d 'the form of the report' -x -a 'text json'
complete -c tokcount -l map -d 'read a field from this path of the record' -x
complete -c tokcount -l show-map -d 'say which path fed which field, and how often'
complete -c tokcount -l since -d 'leave out records before this time or age' -x
complete -c tokcount -l until -d 'leave out records from this time or age on' -x
complete -c tokcount -l now -d 'count ages back from here, not from the clock' -x
complete -c tokcount -l max-bad -d 'so many bad lines do not change the status' -x
complete -c tokcount -l strict -d 'stop at the first bad line'
complete -c tokcount -l max-line -d 'longest line that is read' -x
complete -c tokcount -l max-document -d 'longest document that spans lines' -x
complete -c tokcount -l max-depth -d 'deepest nesting of JSON' -x
complete -c tokcount -s h -l help -d 'show this help'
complete -c tokcount -s V -l version -d 'show the version'
complete -c tokcount -l schema -d 'print JSON Schemas of the records read and written'
complete -c trace-capture -l set -d 'supply what a message list lacks of its requests' -x
complete -c trace-capture -l tool-schemas -d 'tools of message lists that keep none' -r -F
complete -c trace-capture -l prompt-from -d 'name the prompt by the hash of this part' -x -a 'none system'
complete -c trace-capture -l mask -d 'what changes per request in a prompt' -r -F
complete -c trace-capture -l only -d 'keep records whose field has this value' -x
complete -c trace-capture -l sample -d 'keep so many sessions, or this share of them' -x
complete -c trace-capture -l seed -d 'choose the sessions by this number' -x
complete -c trace-capture -l redact -d 'replace what these patterns match' -r -F
complete -c trace-capture -l redact-key -d 'key of the placeholders' -r -F
complete -c trace-capture -l audit -d 'report how much could be replayed; write no records'
complete -c trace-capture -l min -d 'fail if less is replayable' -x
complete -c trace-capture -l min-exact -d 'fail if less is replayable exactly' -x
complete -c trace-capture -l format -d 'write the audit as' -x -a 'text json'
complete -c trace-capture -l map -d 'read a field from this path of the record' -x
complete -c trace-capture -l show-map -d 'say which path fed which field, and how often'
complete -c trace-capture -l since -d 'leave out records before this time or age' -x
complete -c trace-capture -l until -d 'leave out records from this time or age on' -x
complete -c trace-capture -l now -d 'count ages back from here, not from the clock' -x
complete -c trace-capture -l max-bad -d 'so many bad lines do not change the status' -x
complete -c trace-capture -l strict -d 'stop at the first bad line'
complete -c trace-capture -l max-line -d 'longest line that is read' -x
complete -c trace-capture -l max-document -d 'longest document that spans lines' -x
complete -c trace-capture -l max-depth -d 'deepest nesting of JSON' -x
complete -c trace-capture -s h -l help -d 'show this help'
complete -c trace-capture -s V -l version -d 'show the version'
complete -c trace-capture -l schema -d 'print JSON Schemas of the records read and written'
complete -c trace-serve -l listen -d 'where to listen; port 0 takes a free one' -x
complete -c trace-serve -l ambiguous -d 'one request, several answers: served in' -x -a 'order first error'
complete -c trace-serve -l log -d 'write a line there for every request' -r -F
complete -c trace-serve -l max-body -d 'largest request that is read' -x
complete -c trace-serve -l latency -d 'wait so long before every answer' -x
complete -c trace-serve -l fault -d 'let so many attempts fail: a status, cut, slow, reset' -x
complete -c trace-serve -l retry-after -d 'what a failed attempt is told to wait' -x
complete -c trace-serve -l seed -d 'choose the attempts by this number' -x
complete -c trace-serve -l map -d 'read a field from this path of the record' -x
complete -c trace-serve -l show-map -d 'say which path fed which field, and how often'
complete -c trace-serve -l since -d 'leave out records before this time or age' -x
complete -c trace-serve -l until -d 'leave out records from this time or age on' -x
complete -c trace-serve -l now -d 'count ages back from here, not from the clock' -x
complete -c trace-serve -l max-bad -d 'so many bad lines do not change the status' -x
complete -c trace-serve -l strict -d 'stop at the first bad line'
complete -c trace-serve -l max-line -d 'longest line that is read' -x
complete -c trace-serve -l max-document -d 'longest document that spans lines' -x
complete -c trace-serve -l max-depth -d 'deepest nesting of JSON' -x
complete -c trace-serve -s h -l help -d 'show this help'
complete -c trace-serve -s V -l version -d 'show the version'
complete -c trace-serve -l schema -d 'print JSON Schemas of the records read and written'
