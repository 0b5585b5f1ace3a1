#compdef diff-eval replay trace-capture trace-serve
case $service in
diff-eval) _arguments -s -S \
  '(-k --key)'{-k+,--key=}'[pair OLD and NEW by id, content, or any field]:field:' \
  '--candidate=[the field that replay put the answer into]:name:' \
  '--margin=[loss that is still acceptable, such as 1pp]:share:' \
  '--min-agree=[decide by agreement with the record alone]:share:' \
  '--allow-partial[a replay that was cut off may pass]' \
  '--inconclusive=[status when not decided]:status:(0 1 6)' \
  '(-f --format)'{-f+,--format=}'[write the report as]:form:(text json)' \
  '--markdown[write it for a pull request]' \
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
replay) _arguments -s -S \
  '(-m --model)'{-m+,--model=}'[ask this model, not the recorded one]:name:' \
  '--system=[replace the system prompt by this text]:file:_files' \
  '*''--set=[set this member of the request]:path=json:' \
  '--as=[put the answer into this field]:name:' \
  '--base-url=[send there, not to the provider'\''s own address]:url:' \
  '--key-file=[read the key from there, not the environment]:file:_files' \
  '(-c --concurrency)'{-c+,--concurrency=}'[requests in flight at once]:n:' \
  '--retries=[further attempts when one fails]:n:' \
  '--timeout=[longest that one attempt may take]:duration:' \
  '--max-response=[largest response that is read]:size:' \
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
  '*''--only=[keep records whose field has this value]:field=value:' \
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
  '--max-body=[largest request that is read]:size:' \
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
