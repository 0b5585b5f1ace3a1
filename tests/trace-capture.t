# recordings: what they become
$ trace-capture $EXAMPLES/traffic.ndjson | jq -r '[.api, .replayable] | @tsv' | sort | uniq -c
      1 	no
     17 anthropic.messages	yes
      3 openai.chat	no
     79 openai.chat	yes

# usage is normalised: input counts the cache, which Anthropic leaves out
$ printf '%s\n' '{"url":"https://h/v1/messages","status":200,"request_body":{"model":"c-20250101","max_tokens":5,"messages":[{"role":"user","content":"hi"}]},"response_body":{"id":"m1","type":"message","model":"c-20250101","content":[{"type":"text","text":"ho"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"cache_read_input_tokens":100,"cache_creation_input_tokens":20,"cache_creation":{"ephemeral_1h_input_tokens":15},"output_tokens":3}}}' | trace-capture | jq -c '.usage, .finish_reason'
{"input":130,"output":3,"cache_read":100,"cache_write":20,"cache_write_1h":15}
"end_turn"

# an error is an error, also inside a stream of status 200
$ printf '%s\n' '{"url":"https://h/v1/chat/completions","status":200,"request_body":{"model":"m-2024-01-01","messages":[{"role":"user","content":"a"}]},"response_body":"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"error\":{\"message\":\"gone\",\"type\":\"server_error\"}}\n\n"}' '{"url":"https://h/v1/chat/completions","status":503,"request_body":{"model":"m-2024-01-01","messages":[{"role":"user","content":"a"}]},"response_body":"upstream"}' '{"url":"https://h/v1/chat/completions","status":null,"request_body":"{\"model\":\"m-2024-01-01\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}","response_body":null}' | trace-capture | jq -c '[.status, .error, .stream, .replayable]'
[200,{"type":"server_error","message":"gone"},{"events":2,"bytes":115,"done":false},"yes"]
[503,{"type":"http_503","message":"upstream"},null,"yes"]
[null,{"type":"no-response","message":"the source has no response"},null,"yes"]

# what is no JSON is kept as it is; what is cut off is said to be
$ printf '%s\n' '{"url":"https://h/v1/chat/completions","status":200,"request_body":"{\"model\":\"m\",\"mess","response_body":"{}"}' '{"url":"https://h/x","status":200,"request_body":"a=b","response_body":"\u0007\ud800"}' | trace-capture | jq -c '[.id, .request_text, .response_text, .gaps]'
["sha-d918fb9d101b5bc0","{\"model\":\"m\",\"mess",null,["truncated"]]
["sha-42144f3939c3ffbb","a=b","\u0007�",["dialect-unknown"]]

# credentials never reach a record
$ printf '%s\n' '{"url":"https://me:pw@h/v1/chat/completions?key=SECRET&a=1&api_key=SECRET","request_headers":{"Authorization":"Bearer SECRET","anthropic-beta":["x"]},"status":200,"request_body":{"model":"m","messages":[{"role":"user","content":"a"}]},"response_body":null}' | trace-capture | tee out | jq -c '[.url, .headers]'; grep -c SECRET out
["https://h/v1/chat/completions?a=1",{"anthropic-beta":"x"}]
0
[1]

# line ends in a body become blanks, hash and length are those of the original
$ printf '%s' '{"model":"m-2024-01-01",
> "n":1.10,"messages":[{"role":"user","content":"a\nb"}]}' >body; jq -nc --rawfile b body '{url:"http://h/v1/chat/completions",request_body:$b,response_body:null}' | trace-capture | tee out | grep -o '"request":{[^[]*'; jq -r .request_sha256 out | cmp -n 64 - - && test "$(jq -r .request_sha256 out)" = "$(sha256sum <body | cut -d' ' -f1)" && echo same
"request":{"model":"m-2024-01-01", "n":1.10,"messages":
same

# ids are unique; tool results are joined to the record that asked for them
$ trace-capture $EXAMPLES/traffic.ndjson $EXAMPLES/traffic.ndjson | jq -r .id | sort | uniq -d | wc -l
0

$ trace-capture $EXAMPLES/traffic.ndjson >all; jq -r '.tools[]?.from' all | sort -u >from; jq -r .id all | sort -u | comm -13 - from; wc -l <from
41

# message lists of both dialects; what the source lacks is supplied, what it has is kept
$ jq -c '.[]' $EXAMPLES/messages.json | jq -c '.temperature = 0.7' | trace-capture --tool-schemas $EXAMPLES/tools.json --set temperature=0 --set model=m-2024-01-01 --set metadata.a='[1]' | jq -c '[.id, .request.temperature, .request.metadata, (.modified | map(.field)), .gaps]'
["0-0",0.7,{"a":[1]},["request.tools","request.model","request.metadata.a"],null]
["0-1",0.7,{"a":[1]},["request.tools","request.model","request.metadata.a"],null]

$ printf '%s\n' '{"session":"s","messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{"a":1.0}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"r"}]},{"role":"assistant","content":"done"}]}' | trace-capture | jq -c '[.id, .api, .parent, .tools, .gaps]'
["s-0","anthropic.messages",null,null,["tool-schema-missing","sampling-missing","model-alias"]]
["s-1","anthropic.messages","s-0",[{"id":"t1","name":"f","arguments":"{\"a\":1}","from":"s-0","result":"r","result_sha256":"454349e422f05297191ead13e21d3db520e5abef52055e4964b82fb213f593a1"}],["tool-schema-missing","sampling-missing","model-alias"]]

# a call whose result the log does not have cannot be replayed
$ printf '%s\n' '{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"and?"},{"role":"assistant","content":"x"}]}' | trace-capture --tool-schemas $EXAMPLES/tools.json | jq -c '[.replayable, .gaps]'
["degraded",["sampling-missing","model-alias"]]
["no",["tool-result-missing","sampling-missing","model-alias"]]

# server state and provider-bound parts are named
$ for part in '{"type":"file","file":{"file_id":"f1"}}' '{"type":"text","text":"x"}'; do printf '%s\n' "{\"url\":\"https://h/v1/chat/completions\",\"request_body\":{\"model\":\"m-2024-01-01\",\"messages\":[{\"role\":\"user\",\"content\":[$part]}]},\"response_body\":null}" | trace-capture | jq -c '[.replayable, .gaps]'; done
["no",["server-state"]]
["yes",null]

# our own records pass to the byte, odd numbers, escapes and unknown fields too
$ printf '%s\n' '{ "record":"trace", "v":1,"id":"a","x":[1.10,9007199254740993,1E-7,1e400,"\u0041\ud800\/"],"x":2 }' >odd; trace-capture odd | cmp - odd

# --only sees the source's fields and the record's
$ trace-capture --only tenant=oslo --only status=200 $EXAMPLES/traffic.ndjson | jq -r .tenant | sort | uniq -c; trace-capture --only replayable=no $EXAMPLES/traffic.ndjson | wc -l
     59 oslo
4

$ trace-capture --only tenant
trace-capture: --only: 'tenant': no = in it
usage: trace-capture [option ...] [file ...]
Try 'trace-capture --help'.
[2]

$ trace-capture --tool-schemas odd </dev/null
trace-capture: --tool-schemas: odd: not an array of tools
[2]

# what is neither
$ printf '%s\n' '{"hello":"world"}' | trace-capture
trace-capture: standard input:1: neither a trace, an HTTP exchange, a request and its response, a batch file's line, nor a message list
[3]
