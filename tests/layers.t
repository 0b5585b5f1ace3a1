# no layer of the library includes a higher one
$ sh $TESTS/layers

# whoever decides is offline
$ sh $TESTS/offline $TOP/cmd/diff-eval/diff-eval $TOP/cmd/trace-capture/trace-capture $TOP/cmd/tokcount/tokcount $TOP/cmd/cogs-sum/cogs-sum $TOP/cmd/skew-check/skew-check $TOP/cmd/region-check/region-check

# the check itself notices a tool that is not
$ sh $TESTS/offline $TOP/cmd/replay/replay | sort -u | head -3
libcurl
libevent_core
replay: links a network library

# functions of at most 70 lines, files of at most 600
$ wc -l $TOP/cmd/*/*.[ch] $TOP/lib/*/*.[ch] | awk '$2 != "total" && $1 > 600'

$ awk 'FNR == 1 { start = 0 } /^\{$/ { start = FNR } /^\}$/ { if (start && FNR - start > 68) print FILENAME ":" start; start = 0 }' $TOP/cmd/*/*.c $TOP/lib/*/*.c
