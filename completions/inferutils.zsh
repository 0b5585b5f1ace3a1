#compdef cogs-sum diff-eval judge mailgate mailgatectl region-check replay skew-check tokcount trace-capture trace-serve
case $service in
cogs-sum) _arguments -s -S \
  '(-p --prices)'{-p+,--prices=}'[the price book, ours or LiteLLM'\''s]:file:_files' \
  '--check-prices[list what overlaps, is missing or looks wrong in the price book]' \
  '--provider=[of records that name none]:name:' \
  '--service-tier=[of records that name none\: standard, batch, flex or priority]:tier:' \
  '--reprice=[price all calls as if this model answered]:model:' \
  '(-e --each)'{-e,--each}'[pass each record on with its cost]' \
  '--as=[the field that --each adds]:name:' \
  '(-b --by)'{-b+,--by=}'[a group for each value\: day, tenant, model ...]:a,b,...:' \
  '(-n --top)'{-n+,--top=}'[groups that the text shows, default 20; 0\: all]:n:' \
  '--tz=[days and months of this time zone, default UTC]:zone:' \
  '--period=[only what happened in this month, day, year ...]:when:' \
  '--no-tasks[do not add up tasks, which takes memory for each]' \
  '--max-keys=[groups or tasks at most, default 10 million]:n:' \
  '*''(-l --lines)'{-l+,--lines=}'[cost lines\: cost records, CSV or FOCUS]:file:' \
  '--basis=[of a line with both costs, this one counts]:cost:(effective billed)' \
  '*''(-d --drivers)'{-d+,--drivers=}'[what divides them\: numbers by group]:file:' \
  '(-r --revenue)'{-r+,--revenue=}'[revenue by group, or in all]:file|amount:' \
  '--resolved=[which tasks are resolved, or how many by group]:file|n:' \
  '--expect-surfaces=[status 1 unless each of these has a cost]:a,b,...:' \
  '--budget=[status 1 where a group is over it]:file|amount:' \
  '--invoice=[what was billed, beside the estimate]:file:_files' \
  '--tolerance=[how far an invoice may be from the estimate, default 1%]:share:' \
  '--target=[what would have to change for this margin]:share:' \
  '--bridge=[why --period costs more or less than this one]:when:' \
  '--bridge-revenue=[revenue of that period, for the trend of --target]:amount:' \
  '--places=[decimals of amounts, default 6]:n:' \
  '--exact[amounts with all their decimals]' \
  '(-j --jobs)'{-j+,--jobs=}'[threads]:n:' \
  '--partial[write what was found, for --merge]' \
  '--merge[read what --partial wrote]' \
  '--validate[say all that is wrong with the input, no more]' \
  '--format=[the form of the report]:form:(text json prom)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
diff-eval) _arguments -s -S \
  '(-k --key)'{-k+,--key=}'[pair OLD and NEW by id, content, or any field]:field:' \
  '--candidate=[the field that replay put the answer into]:name:' \
  '--cluster=[pairs that share this are not independent]:field:' \
  '--slices=[tell the pairs apart by these fields too]:field,...:' \
  '--max-keys=[values of these fields at most]:n:' \
  '--rows=[in a document, the records are the elements of this array]:path:' \
  '*''--check=[ask this too\: schema, regex\:X, contains\:X, field\:PATH, score\:NAME, ...; or none]:check:' \
  '--labels=[correct a check by what people said of some pairs]:file:_files' \
  '--prices=[what sides cost that do not say it]:file:_files' \
  '--margin=[loss that is still acceptable, such as 1pp]:share:' \
  '--detect=[say how many pairs it takes to find this loss]:share:' \
  '--fail-slice[a slice that fails fails the whole]' \
  '--min-agree=[decide by agreement with the record alone]:share:' \
  '--sequential[end as soon as the question is answered]' \
  '--allow-partial[a replay that was cut off may pass]' \
  '--seed=[seed of the bootstrap]:n:' \
  '--inconclusive=[status when not decided]:status:(0 1 6)' \
  '(-f --format)'{-f+,--format=}'[write the report as]:form:(text json)' \
  '--markdown[write it for a pull request]' \
  '--junit=-[write it as JUnit XML (there, or instead)]::file:_files' \
  '--html=-[write it as a page (there, or instead)]::file:_files' \
  '--show=[show so many of the worst differences, word by word]:n:' \
  '--no-bodies[leave the text of answers out]' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
judge) _arguments -s -S \
  '(-m --model)'{-m+,--model=}'[the model that judges]:name:' \
  '--rubric=[what makes an answer better, in words]:file:_files' \
  '--name=[name of the score]:name:' \
  '--api=[the dialect that the judge speaks]:dialect:' \
  '--models=[rules for models, before the built-in ones]:file:_files' \
  '--candidate=[the field that replay put the answer into]:name:' \
  '--plan[write the questions as traces, and ask nothing]' \
  '--base-url=[send there, not to the provider'\''s own address]:url:' \
  '--key-file=[read the key from there, not the environment]:file:_files' \
  '*''--header=[send this header, its value from the environment]:name=@variable:' \
  '(-c --concurrency)'{-c+,--concurrency=}'[requests in flight at once]:n:' \
  '--rate=[attempts at most\: 50/min, 10/s, 1000/h]:n/unit:' \
  '--retries=[further attempts when one fails]:n:' \
  '--timeout=[longest that one attempt may take]:duration:' \
  '--max-response=[largest response that is read]:size:' \
  '--max-calls=[stop after so many attempts]:n:' \
  '--max-tokens=[stop before so many tokens]:n:' \
  '--max-cost=[stop before it costs more, by the price book]:amount:' \
  '--prices=[the price book, see cogs-sum(1)]:file:_files' \
  '--resume=[keep answers there, and go on from there]:journal:_files' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
mailgate) _arguments -s -S \
  '(-p --policy)'{-p+,--policy=}'[who may send what ($MAILGATE_POLICY)]:file:_files' \
  '(-s --state)'{-s+,--state=}'[the folder of the ledger ($MAILGATE_STATE)]:dir:_files' \
  '(-a --agent)'{-a+,--agent=}'[who is asking, whatever the intent says ($MAILGATE_AGENT)]:name:' \
  '(-n --dry-run)'{-n,--dry-run}'[only tell\: nothing is counted, sent or kept]' \
  '--sendmail[a message on standard input; what follows is sendmail'\''s command line]' \
  '--policy-service[Postfix'\''s policy protocol on standard input and output]' \
  '--listen=[the same for many connections, at unix\:path or address\:port]:where:' \
  '--filter[a message on standard input; sender and recipients follow]' \
  '--lf[lines of messages in intents end in LF]' \
  '--trusted[feedback among the intents needs no token]' \
  '(-d --deliver)'{-d+,--deliver=}'[smtp\://host\:port or command\:cmd ($MAILGATE_DELIVER)]:where:' \
  '--durability=[what a decision survives\: a power loss, or only the end of the process]:what:(full process)' \
  '--batch=[decisions in one transaction at most, default 64, with --deliver 8]:n:' \
  '--clock=[the time of a decision is in the record]:field:' \
  '--exit=[the words of the exit status]:how:(plain sysexits)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
mailgatectl) _arguments -s -S \
  '(-p --policy)'{-p+,--policy=}'[the policy]:file:_files' \
  '(-s --state)'{-s+,--state=}'[the folder of the ledger]:dir:_files' \
  '(-b --by)'{-b+,--by=}'[who decides\: goes into the audit log]:who:' \
  '(-w --why)'{-w+,--why=}'[of suspend and suppress\: for those who ask later]:text:' \
  '--trusted[of feedback\: it comes from where nobody can forge it; needs no token]' \
  '--body[of held\: with the mails themselves]' \
  '(-d --deliver)'{-d+,--deliver=}'[of release\: smtp\://host\:port or command\:cmd]:where:' \
  '--svg=[of report\: a picture of the day]:file:_files' \
  '(-f --format)'{-f+,--format=}'[the form of the answer]:form:(text json prom)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
region-check) _arguments -s -S \
  '(-p --policy)'{-p+,--policy=}'[whose data may be processed where]:file:_files' \
  '(-r --regions)'{-r+,--regions=}'[a table of regions, hosts and profiles, over the built-in one]:file:_files' \
  '(-e --each)'{-e,--each}'[a verdict for every hop, in order]' \
  '(-g --gap)'{-g+,--gap=}'[so long without a case, and the next one begins anew, default 30m]:time:' \
  '--evidence=[add what was found to a chained file]:file:_files' \
  '--verify=[is the chain of such a file whole?]:file:_files' \
  '(-c --config)'{-c+,--config=}'[every way that a routing configuration (JSON) leaves open]:file:_files' \
  '--subject=[of --config\: only for these subjects]:country:' \
  '(-i --isolation)'{-i,--isolation}'[cache hits, price and latency by region, as logged]' \
  '(-b --blocks)'{-b,--blocks}'[hit rates of split caches, from the hashes of prompt blocks]' \
  '--split=[of --blocks\: up to so many regions, default 4]:n:' \
  '--rounds=[of --blocks\: rounds of random routing, default 20]:n:' \
  '--seed=[of --blocks\: of random routing, default 42]:n:' \
  '--cache-read=[price of a cached input token, of the plain one, default 0.1]:share:' \
  '--write-premium=[what writing to the cache costs more than plain input, default 25]:percent:' \
  '--max-keys=[findings, traces, paths or blocks at most, default 10 million]:n:' \
  '(-j --jobs)'{-j+,--jobs=}'[threads]:n:' \
  '--partial[write what was found, for --merge]' \
  '--merge[read what --partial wrote]' \
  '--format=[the form of the report]:form:(text json sarif)' \
  '--inconclusive=[the status when it cannot be told]:status:(6 0 1)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
replay) _arguments -s -S \
  '(-m --model)'{-m+,--model=}'[ask this model, not the recorded one]:name:' \
  '--api=[speak this dialect, translating if need be]:dialect:' \
  '--system=[replace the system prompt by this text]:file:_files' \
  '*''--set=[set this member of the request]:path=json:' \
  '--stream=[ask for a stream of events]:how:(recorded on off)' \
  '--models=[rules for models, before the built-in ones]:file:_files' \
  '--repeat=[ask so often for each record]:n:' \
  '--baseline=[and the recorded model so often, unchanged]:n:' \
  '--count[ask for the number of tokens, not for an answer]' \
  '--as=[put the answer into this field]:name:' \
  '--base-url=[send there, not to the provider'\''s own address]:url:' \
  '--key-file=[read the key from there, not the environment]:file:_files' \
  '*''--header=[send this header, its value from the environment]:name=@variable:' \
  '(-c --concurrency)'{-c+,--concurrency=}'[requests in flight at once]:n:' \
  '--rate=[attempts at most\: 50/min, 10/s, 1000/h]:n/unit:' \
  '--retries=[further attempts when one fails]:n:' \
  '--timeout=[longest that one attempt may take]:duration:' \
  '--max-response=[largest response that is read]:size:' \
  '--max-calls=[stop after so many attempts]:n:' \
  '--max-tokens=[stop before so many tokens]:n:' \
  '--max-cost=[stop before it costs more, by the price book]:amount:' \
  '--prices=[the price book, see cogs-sum(1)]:file:_files' \
  '--resume=[keep answers there, and go on from there]:journal:_files' \
  '--plan[say what would be sent, and send nothing]' \
  '--format=[write the plan as]:form:(text json)' \
  '--vocab=[count the plan'\''s tokens with this vocabulary, see tokcount(1)]:file:_files' \
  '--emit=[write the requests for a batch API]:what:(calls openai-batch anthropic-batch)' \
  '--collect=[take the answers from a batch'\''s results]:results:_files' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
skew-check) _arguments -s -S \
  '*''(-e --expect)'{-e+,--expect=}'[status 1 unless every region serves this version of it]:name=version:' \
  '(-r --regions)'{-r+,--regions=}'[the regions that should serve\: one that is silent is a finding]:file:_files' \
  '*''(-c --canary)'{-c+,--canary=}'[meant to differ\: no skew]:\[name=\]version:' \
  '--compatible=[which prompt, schema, tools, model and release do not go together]:file:_files' \
  '(-g --grace)'{-g+,--grace=}'[so long a roll-out may rest before it is stalled, default 20m]:time:' \
  '(-b --bucket)'{-b+,--bucket=}'[buckets of time; flips are found in a 60th of it, default 1m]:time:' \
  '--clock-error=[times of records may be off by this, default 5s]:time:' \
  '--max-unknown=[status 6 when more records tell no version, default 5%]:p%:' \
  '(-f --follow)'{-f,--follow}'[read a stream, tell findings as they are certain]' \
  '(-w --within)'{-w+,--within=}'[wait for --expect\: 0 once it holds, 1 when the time is over]:time:' \
  '--lateness=[with --follow\: records may come so late, default 1m]:time:' \
  '(-s --state)'{-s+,--state=}'[alarm once for each episode]:file:_files' \
  '(-t --timeline)'{-t+,--timeline=}'[show the regions'\'' versions over time, or draw them]::file.svg:_files' \
  '--no-sessions[do not look at sessions, which takes memory for each]' \
  '--max-keys=[versions, buckets, tenants or sessions at most, default 10 million]:n:' \
  '(-j --jobs)'{-j+,--jobs=}'[threads]:n:' \
  '--partial[write what was found, for --merge]' \
  '--merge[read what --partial wrote]' \
  '--format=[the form of the report]:form:(text json prom)' \
  '--inconclusive=[the status when it cannot be told]:status:(6 0 1)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
tokcount) _arguments -s -S \
  '(-m --model)'{-m+,--model=}'[a model or an encoding, default o200k_base]:name:' \
  '--vocab=[count with this .tiktoken, tokenizer.json, tekken.json, .model or .gguf]:file:_files' \
  '--pattern=[where a .tiktoken file splits its text, if its hash does not say]:regex:' \
  '--vocab-dir=[look for vocabularies here first]:dir:' \
  '--install=[keep the vocabulary of that name out of a file, package or archive]:name:' \
  '--where=[print the publisher'\''s address and hash]:name:' \
  '(-f --field)'{-f+,--field=}'[the text at this path of each record]:path:' \
  '(-r --requests)'{-r,--requests}'[whole requests\: trace records and bodies]' \
  '(-e --each)'{-e,--each}'[pass each record on with its count]' \
  '--as=[the field that --each adds]:name:' \
  '--ids[with the ids of the tokens]' \
  '(-d --decode)'{-d,--decode}'[read ids, write the text]' \
  '(-t --truncate)'{-t+,--truncate=}'[write the first n tokens of the text]:n:' \
  '--from=[keep n tokens from the start or the end]:side:(start end)' \
  '--special=[special tokens in a text are text, tokens, or an error]:how:(text parse error)' \
  '--invalid=[bytes that are no UTF-8 become U+FFFD, are taken as they are, or an error]:how:(replace bytes error)' \
  '--max=[the limit\: status 1 beyond it]:n:' \
  '--reserve=[room for the answer]:n:' \
  '--calibration=[how far the bill is from the count; --drift writes it]:file:_files' \
  '--require-calibration[uncalibrated is status 1]' \
  '--inconclusive=[what uncalibrated ends with, default 6]:status:(0 1 6)' \
  '--drift[tell how far the count is from the usage of the records]' \
  '--local=[a recorded estimate, as a further column]:path:' \
  '--compare=[count with both, and tell what differs]:a,b:' \
  '--prices=[dollars for a million tokens, by encoding or model, for --compare]:file:_files' \
  '--partial[write what --drift found, for --merge]' \
  '--merge[read what --partial wrote]' \
  '--max-keys=[groups of --drift at most]:n:' \
  '(-j --jobs)'{-j+,--jobs=}'[threads that count text files]:n:' \
  '--format=[the form of the report]:form:(text json)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
trace-capture) _arguments -s -S \
  '*''--set=[supply what a message list lacks of its requests]:path=value:' \
  '--tool-schemas=[tools of message lists that keep none]:file:_files' \
  '--prompt-from=[name the prompt by the hash of this part]:part:(none system)' \
  '--mask=[what changes per request in a prompt]:rules:_files' \
  '*''--only=[keep records whose field has this value]:field=value:' \
  '--sample=[keep so many sessions, or this share of them]:n|p%:' \
  '--seed=[choose the sessions by this number]:n:' \
  '--redact=[replace what these patterns match]:rules:_files' \
  '--redact-key=[key of the placeholders]:file:_files' \
  '--audit[report how much could be replayed; write no records]' \
  '--min=[fail if less is replayable]:percent:' \
  '--min-exact=[fail if less is replayable exactly]:percent:' \
  '--format=[write the audit as]:form:(text json)' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
trace-serve) _arguments -s -S \
  '--listen=[where to listen; port 0 takes a free one]:host\:port:' \
  '--ambiguous=[one request, several answers\: served in]:choice:(order first error)' \
  '--log=[write a line there for every request]:file:_files' \
  '--max-body=[largest request that is read]:size:' \
  '--latency=[wait so long before every answer]:duration:' \
  '*''--fault=[let so many attempts fail\: a status, cut, slow, reset]:kind\:share:' \
  '--retry-after=[what a failed attempt is told to wait]:duration:' \
  '--seed=[choose the attempts by this number]:n:' \
  '*''--map=[read a field from this path of the record]:field=path:' \
  '--show-map[say which path fed which field, and how often]' \
  '--since=[leave out records before this time or age]:time:' \
  '--until=[leave out records from this time or age on]:time:' \
  '--now=[count ages back from here, not from the clock]:time:' \
  '--max-bad=[so many bad lines do not change the status]:n|p%:' \
  '--strict[stop at the first bad line]' \
  '--max-line=[longest line that is read]:size:' \
  '--max-document=[longest document that spans lines]:size:' \
  '--max-depth=[deepest nesting of JSON]:levels:' \
  '(-h --help)'{-h,--help}'[show this help]' \
  '(-V --version)'{-V,--version}'[show the version]' \
  '--schema[print JSON Schemas of the records read and written]' \
  '*:file:_files' ;;
esac
