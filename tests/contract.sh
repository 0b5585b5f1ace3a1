# tests/contract.sh BINARY ... - what every command promises, by its kind, in TAP.
n=0
t() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then echo "ok $n - $1"; else echo "not ok $n - $1: want $2, got $3"; fi
}
status() {
	"$@" >out 2>err
	echo $?
}
dir=$(mktemp -d)
top=$(cd "$(dirname "$0")/.." && pwd)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit
sample=$top/examples/traces.ndjson

for b; do
	c=${b##*/}
	kind=$("$b" --generate=kind)
	if [ "$c" = judge ]; then # it cannot do without these two
		# shellcheck disable=SC2016 # the variables are the script's
		printf '#!/bin/sh\ncase ${1-} in --generate*) exec "%s" "$@" ;; esac\nexec "%s" -m j --rubric "%s" "$@"\n' \
			"$b" "$b" "$top/examples/rubric.txt" >judge
		chmod +x judge
		b=$dir/judge
	fi
	if [ "$c" = tokcount ]; then # a vocabulary of our own, and records instead of text
		perl "$top/examples/toy-vocab" 300 "$sample" >"$dir/toy.json"
		export XDG_CACHE_HOME="$dir/cache"
		# shellcheck disable=SC2016
		printf '#!/bin/sh\ncase ${1-} in --generate*) exec "%s" "$@" ;; esac\nexec "%s" --vocab "%s" -r "$@"\n' \
			"$b" "$b" "$dir/toy.json" >tokcount
		chmod +x tokcount
		b=$dir/tokcount
	fi
	if [ "$c" = region-check ]; then
		# shellcheck disable=SC2016
		printf '#!/bin/sh\ncase ${1-} in --generate*) exec "%s" "$@" ;; esac\nexec "%s" --now 2026-06-17 -p "%s" "$@"\n' \
			"$b" "$b" "$top/examples/residency.json" >region-check
		chmod +x region-check
		b=$dir/region-check
	fi
	case $c in mailgate) more='-n' ;; mailgatectl) more="-s $dir/ledger feedback" ;; *) more= ;; esac
	if [ -n "$more" ]; then
		# shellcheck disable=SC2016
		printf '#!/bin/sh\ncase ${1-} in --generate*) exec "%s" "$@" ;; esac\nexec "%s" -p "%s" %s "$@"\n' \
			"$b" "$b" "$top/examples/mail-policy.json" "$more" >"$c"
		chmod +x "$c"
		b=$dir/$c
	fi
	case $kind in gate) empty=6 ;; server) empty=2 ;; *) empty=0 ;; esac
	t "$c --help" 0 "$(status "$b" --help)"
	t "$c --help names the page" "See $c(1)." "$(tail -n 1 out)"
	t "$c --version" 0 "$(status "$b" --version)"
	t "$c --version says its name" "$c (inferutils)" "$(cut -d' ' -f1,2 out)"
	t "$c --schema" 0 "$(status "$b" --schema)"
	cp out schemas
	t "$c --schema is JSON" 0 "$(status jq -es 'length > 0' schemas)"
	t "$c rejects unknown options" 2 "$(status "$b" --no-such-option)"
	t "$c then says nothing on stdout" "" "$(cat out)"
	t "$c then shows its usage" "usage: $c" "$(sed -n '2s/\(usage: [^ ]*\).*/\1/p' err)"
	t "$c rejects a bad path" 2 "$(status "$b" --map 'id=.[' </dev/null)"
	t "$c rejects a bad --max-bad" 2 "$(status "$b" --max-bad many </dev/null)"
	t "$c notices a missing file" 4 "$(status "$b" "$dir/none")"
	t "$c then names it" "$c: $dir/none: No such file or directory" "$(head -n 1 err)"
	"$b" --help >/dev/full 2>/dev/null
	t "$c notices a full disk" 4 $?
	t "$c accepts no input" $empty "$(status "$b" </dev/null)"
	[ "$kind" = server ] && continue

	"$b" "$sample" --max-bad 0 >plain 2>/dev/null
	was=$?
	t "$c --strict stops at a bad line" 3 "$(printf '{"a"\n' | status "$b" --strict)"
	printf '{"a"\n' | cat "$sample" - >bad
	case $kind:$was in gate:1) worse=1 ;; *) worse=3 ;; esac
	export OPENAI_BASE_URL=http://127.0.0.1:9 ANTHROPIC_BASE_URL=http://127.0.0.1:9
	case $c in
	replay) ;; # its answers need a server: see replay.t
	*)
		t "$c counts a bad line" $worse "$(status "$b" bad)"
		t "$c tolerates it with --max-bad" $was "$(status "$b" --max-bad 1 bad)"
		for how in 'gzip -c' 'zstd -qc' 'xz -c'; do
			$how <"$sample" >packed
			"$b" packed >unpacked 2>/dev/null
			t "$c reads ${how%% *}" 0 "$(status cmp plain unpacked)"
			"$b" <packed >unpacked 2>/dev/null
			t "$c reads ${how%% *} from a pipe" 0 "$(status cmp plain unpacked)"
		done
		printf %s "$(cat "$sample")" | "$b" >short 2>/dev/null
		t "$c counts a last line without its end" 0 "$(status cmp plain short)"
		sed 's/$/\r/' "$sample" | "$b" >short 2>/dev/null
		t "$c accepts CRLF" 0 "$(status cmp plain short)"
		jq -s . "$sample" | "$b" >array 2>/dev/null
		t "$c reads a JSON array" $was $?
		"$b" "$sample" >/dev/full 2>/dev/null
		t "$c notices a full disk when it reports" 4 $?
		;;
	esac
done
echo "1..$n"
