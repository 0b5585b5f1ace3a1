# the committed completions are those that the option tables give
$ for s in bash zsh fish; do sh $TOP/completions/write $s $BINS | cmp - $TOP/completions/inferutils.$s; done

# and each shell can read its own
$ bash -n $TOP/completions/inferutils.bash; zsh -n $TOP/completions/inferutils.zsh; fish -n $TOP/completions/inferutils.fish

# every command has one
$ for b in $BINS; do grep -q ${b##*/} $TOP/completions/inferutils.bash || echo ${b##*/}; done
