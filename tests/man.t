# the manual pages say what the commands say of themselves, and mandoc is content
$ for b in $BINS; do sh $TESTS/man $b; done

# the index names every command, with the same words
$ for b in $BINS; do grep -A1 "^.It Xr ${b##*/} 1" $TOP/man/inferutils.7 | tail -n 1 | grep -qx "$($b --generate=brief)" || echo ${b##*/}; done

# and so does the README
$ for b in $BINS; do grep -q "${b##*/}.*$($b --generate=brief)" $TOP/README.md || echo ${b##*/}; done
