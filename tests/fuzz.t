# the fuzz targets, built without a fuzzer, pass over their corpora and every prefix
$ cd $TOP && for t in tests/fuzz/replay_*; do [ -x $t ] || continue; $t tests/fuzz/corpus/fuzz_${t##*_}/* >/dev/null 2>err || { echo $t; tail -5 err; }; done; rm -f err; ls tests/fuzz/replay_* | wc -l
24
