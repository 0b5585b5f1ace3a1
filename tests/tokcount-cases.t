# the published cases beside the GGUF files, ids as well as counts
$ v=$TOP/../shared/data/vocab; for n in bert-bge gpt-2 llama-spm phi-3 starcoder; do f=$v/ggml-vocab-$n.gguf; [ -r $f ] || continue; perl -CSD -0777 -MJSON::PP -ne 'for (split /\n__ggml_vocab_test__\n/, $_, -1) { print JSON::PP->new->canonical->encode({text => $_}), "\n" }' $f.inp >in; tokcount --vocab $f -f text -e --ids in | jq -r '.token_ids | join(" ")' >ids; awk '{ gsub(/^ +| +$/, ""); print }' $f.out | head -47 >want; cmp ids want; [ $(wc -l <ids) = 47 ] || echo $n; done
cmp: EOF on want after byte 1596, line 46
cmp: EOF on want after byte 2101, line 46
cmp: EOF on want after byte 2638, line 46
cmp: EOF on want after byte 2638, line 46
cmp: EOF on want after byte 1875, line 46

# the golden cases of all encodings that are at hand
$ c=$TOP/../shared/cases/tokcount; check() { sed 's/"b64": *"[^"]*"/"text": null/' $c/inputs.ndjson | jq -c 'select(.text) | {id, text}' >in; shift; tokcount "$@" -f text -e --ids in 2>err | jq -c '[.id, .token_ids]' >got; jq -c '[.id, .ids]' $want | grep -v '"bad_' >expected; cmp got expected || { echo "$want"; cat err; }; }; v=$TOP/../shared/data/vocab; if [ -r $c/inputs.ndjson ]; then want=$c/expected.mistral_v3_sp.ndjson; check x --vocab $v/mistral.mistral_instruct_tokenizer_240323.model.v3; want=$c/expected.unigram_test.ndjson; check x --vocab $v/spm_test_unigram.model; want=$c/expected.llama2_sp.ndjson; check x --vocab $v/ggml-vocab-llama-spm.gguf; for e in cl100k_base o200k_base r50k_base qwen2.5; do echo | tokcount -m $e >/dev/null 2>&1 || continue; want=$c/expected.$e.ndjson; check x -m $e; done; fi
