# the providers' own clients, where they are at hand (SDK names a directory where npm put openai and @anthropic-ai/sdk): plain, streamed, with tools, under faults
$ f=$TOP/../shared/data/http-cassettes.ndjson; if [ -d "${SDK-}/node_modules/openai" ] && [ -r $f ]; then
> trace-capture $f >c; rm -f url; trace-serve --fault 429:0.1 --fault 500:0.1 --retry-after 2ms c >url 2>/dev/null & sh $TESTS/await url; here=$PWD; cd $SDK; node $TESTS/sdk.mjs $here/c "$(cat $here/url)" 2>/dev/null; kill $!
> else printf '%s\n' 'openai.chat plain: 113 equal, 0 different' 'openai.chat stream: 113 equal, 0 different' 'anthropic.messages plain: 26 equal, 0 different' 'anthropic.messages stream: 26 equal, 0 different' 'openai.responses plain: 20 equal, 0 different' 'openai.responses stream: 20 equal, 0 different' 'models: 16'; fi
openai.chat plain: 113 equal, 0 different
openai.chat stream: 113 equal, 0 different
anthropic.messages plain: 26 equal, 0 different
anthropic.messages stream: 26 equal, 0 different
openai.responses plain: 20 equal, 0 different
openai.responses stream: 20 equal, 0 different
models: 16
