# The whole build.  ./configure's findings arrive through config.mk; a fresh clone that
# has none makes its own, so plain `make' is always enough.
.DELETE_ON_ERROR:
all:

CMDS   := $(notdir $(wildcard cmd/*))
BINS   := $(foreach c,$(CMDS),cmd/$c/$c)
LIB    := lib/libinferutils.a
LIBSRC := $(wildcard lib/*/*.c)
OBJS   := $(patsubst %.c,%.o,$(LIBSRC) $(wildcard cmd/*/*.c))
UNITS  := $(patsubst %.c,%,$(wildcard tests/unit/*.c))
FUZZ   := $(patsubst %.c,%,$(wildcard tests/fuzz/fuzz_*.c))
CORPUS := $(FUZZ:tests/fuzz/fuzz_%=tests/fuzz/replay_%)
PAGES  := $(wildcard man/*.[157])
SHELLS := bash zsh fish
FUZZTIME ?= 60

ifeq (,$(filter clean distclean,$(MAKECMDGOALS)))
include config.mk
-include $(OBJS:.o=.d)
endif

override CPPFLAGS += -Ilib -D_GNU_SOURCE -DPACKAGE='"$(PACKAGE)"' -DVERSION='"$(VERSION)"'
override CFLAGS   += -std=c17 $(WARN) $(SANITIZE)
override LDFLAGS  += -Wl,--as-needed $(SANITIZE)

all: $(BINS)

%.o: %.c config.mk
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

lib/trace/price_book.o: lib/trace/prices.json
lib/trace/places_read.o: lib/trace/regions.json

$(LIB): $(LIBSRC:.c=.o)
	rm -f $@ && $(AR) rcs $@ $^

# A command is every object in its directory, linked with the library.
.SECONDEXPANSION:
$(BINS): $$(addsuffix .o,$$(basename $$(wildcard $$(@D)/*.c))) $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

tests/unit/%: tests/unit/%.c tests/unit/unit.h $(wildcard cmd/*/*.[ch]) $(LIB)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS) $(ORACLE)

completions: $(SHELLS:%=completions/inferutils.%)
completions/inferutils.%: completions/write $(BINS)
	sh completions/write $* $(BINS) >$@

check: all $(UNITS) $(CORPUS)
	sh tests/run

# Once more with the sanitizers, in a tree of its own.
check-sanitize:
	sh tests/sanitize

# The recipes of examples/engines beside a single run.
check-engines: all
	prove -e sh tests/engines

bench: all
	sh tests/bench/run

vocab: all
	PATH="$(CURDIR)/cmd/tokcount:$$PATH" sh examples/get-vocab

demo: all
	sh examples/demo

# Fuzz targets compile the library afresh: no second object tree to keep.
fuzz: $(FUZZ)
	sh tests/fuzz/run $(FUZZTIME) $(FUZZ)
tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard lib/*/*.[ch])
	clang $(CPPFLAGS) -std=c17 -g -O1 -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all -o $@ $< $(LIBSRC) $(LDLIBS) $(ORACLE)
tests/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIB)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(LDLIBS) $(ORACLE)

lint: all
	sh tests/lint $(CPPFLAGS)

install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(foreach s,1 5 7,$(DESTDIR)$(mandir)/man$s) \
	  $(DESTDIR)$(datadir)/bash-completion/completions \
	  $(DESTDIR)$(datadir)/zsh/site-functions $(DESTDIR)$(datadir)/fish/vendor_completions.d
	$(INSTALL) -m 755 $(BINS) $(DESTDIR)$(bindir)
	$(INSTALL) -d $(DESTDIR)$(datadir)/inferutils
	$(INSTALL) -m 644 lib/trace/prices.json lib/trace/regions.json $(DESTDIR)$(datadir)/inferutils
	for p in $(PAGES); do $(INSTALL) -m 644 $$p $(DESTDIR)$(mandir)/man$${p##*.}; done
	$(INSTALL) -m 644 completions/inferutils.zsh $(DESTDIR)$(datadir)/zsh/site-functions/_inferutils
	for c in $(CMDS); do \
	  $(INSTALL) -m 644 completions/inferutils.bash $(DESTDIR)$(datadir)/bash-completion/completions/$$c; \
	  $(INSTALL) -m 644 completions/inferutils.fish $(DESTDIR)$(datadir)/fish/vendor_completions.d/$$c.fish; \
	done

dist: configure
	git archive --prefix=$(PACKAGE)-$(VERSION)/ --add-file=configure HEAD | gzip -9n >$(PACKAGE)-$(VERSION).tar.gz

clean:
	rm -f $(LIB) $(BINS) $(UNITS) $(FUZZ) $(CORPUS) \
	  $(foreach e,o d,$(OBJS:.o=.$e) tests/unit/*.$e)
distclean: clean
	rm -rf config.mk config.log config.status configure configure~ aclocal.m4 autom4te.cache $(wildcard inferutils-*.tar.gz)

config.mk: config.mk.in configure
	if test -x config.status; then ./config.status --recheck && ./config.status; else ./configure; fi
	touch $@

configure: configure.ac VERSION
	autoreconf -i

.PHONY: all check check-sanitize check-engines bench demo vocab fuzz lint install dist clean distclean completions
