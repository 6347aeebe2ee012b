# Builds everything under build/. Targets: all, check, unit, sanitize, coverage, fuzz, bench, demo,
# trace, examples-update, install, uninstall, dist, clean. Missing packages: ./bootstrap TARGET.
CC = gcc
CSTD = -std=c11 -D_GNU_SOURCE
# A short initializer leaves the rest zero, on purpose.
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
    -Wno-missing-field-initializers
WERROR =
CF = $(if $(filter x86_64-%,$(shell $(CC) -dumpmachine)),-fcf-protection)
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection $(CF) -fPIE
HARDEN_LINK = -pie -Wl,-z,relro,-z,now,--as-needed
SANITIZE =
OPT = -O2 -g
B = build
JOBS = 2
TEST_SECONDS = 300
FUZZ_SECONDS = 20
COVERAGE = 95
prefix = /usr/local
bindir = $(prefix)/bin
mandir = $(prefix)/share/man
datadir = $(prefix)/share/nrm
override CPPFLAGS += -Ilib -I$(B)/gen -DNRM_DATADIR='"$(datadir)"'
override CFLAGS += $(CSTD) $(OPT) $(WARN) $(WERROR) $(HARDEN) $(SANITIZE)
override LDFLAGS += $(HARDEN_LINK)
LDLIBS = -lyaml -lcsv -lical -lm

TOOLS = $(patsubst bin/%.c,%,$(wildcard bin/nrm-*.c))
LIB_C = $(wildcard lib/*/*.c)
LIB_O = $(LIB_C:%.c=$(B)/obj/%.o) $(B)/obj/schema_tables.o
SCHEMA = $(wildcard schema/*.csv)
UNIT = $(patsubst tests/lib/%.c,$(B)/tests/%,$(wildcard tests/lib/*.c))
ORACLE = $(patsubst tests/oracle/%.c,$(B)/oracle/%,$(wildcard tests/oracle/*.c))
BENCH = $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
FAULT = $(patsubst tests/fault/%.c,$(B)/fault/%.so,$(wildcard tests/fault/*.c))
TAP = $(wildcard tests/cli/*.t)
# What a country may replace; a folder that does not exist yet is left out.
KNOWLEDGE = $(wildcard $(addsuffix /*.yaml,maps profiles indicators rules rules/screening entitlements templates reports))
MAN = $(wildcard man/*.[157])

# One short line for each file made; V=1 shows the commands.
Q = $(if $(V),,@echo "  $@";)

all: $(TOOLS:%=$(B)/bin/%)

# Files that change only when what they hold changes: a new flag, compiler or list of sources
# rebuilds what hangs on it, the same ones do not.
quote = '$(subst ','\'',$(1))'
remember = @mkdir -p $(@D); printf '%s\n' $(1) | cmp -s - $@ || printf '%s\n' $(1) > $@
$(B)/flags: always
	$(call remember,$(call quote,$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LDLIBS)) "$$($(CC) --version)")
$(B)/sources: always
	$(call remember,$(call quote,$(LIB_O)))

$(B)/lib/libnrm.a: $(LIB_O) $(B)/sources
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_O)

$(B)/bin/%: $(B)/obj/bin/%.o $(B)/obj/bin/tool.o $(B)/lib/libnrm.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(B)/lib/libnrm.a $(LDLIBS)

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The case model: tables in schema/ become constant data.
$(B)/gen/compile: schema/compile.c schema/table.h lib/data/schema_index.h $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) $(WERROR) -O1 -MMD -MP -MF $@.d -o $@ $< -lcsv
$(B)/gen/schema_tables.c: $(B)/gen/compile $(SCHEMA)
	$(Q)$(B)/gen/compile schema > $@.new
	@mv $@.new $@
$(B)/obj/schema_tables.o: $(B)/gen/schema_tables.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# One Criterion program per module; drivers that the oracles of tests/oracle compare the library with;
# benchmarks, which owe nothing to the library.
$(B)/tests/%: tests/lib/%.c $(B)/lib/libnrm.a $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-pedantic -Wno-string-concatenation -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< \
	    $(B)/lib/libnrm.a $(LDLIBS) -lcriterion
$(B)/oracle/%: tests/oracle/%.c $(B)/lib/libnrm.a $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(B)/lib/libnrm.a $(LDLIBS)
$(B)/bench/%: tests/bench/%.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< -lyaml
$(B)/fault/%.so: tests/fault/%.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(OPT) $(WARN) $(WERROR) -fPIC -MMD -MP -MF $@.d -shared -o $@ $<

parts: all $(UNIT) $(ORACLE) $(BENCH) $(FAULT)

check: parts
	@NRM_BUILD=$(B) sh tests/run -j $(JOBS) -t $(TEST_SECONDS) -o $(B)/tap $(UNIT) $(TAP)

unit: $(UNIT)
	@NRM_BUILD=$(B) sh tests/run -j $(JOBS) -t $(TEST_SECONDS) -o $(B)/tap $(UNIT)

# The whole suite again, with a second compiler and with every undefined step ending the program.
sanitize:
	@NRM_INSTRUMENTED=1 ASAN_OPTIONS=abort_on_error=0:detect_stack_use_after_return=1 \
	UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory check B=$(B)/sanitize CC=clang \
	    OPT='-O1 -g -fno-omit-frame-pointer' HARDEN=-fPIE TEST_SECONDS=900 \
	    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'

# The suite once more with counted branches: fails where the rules are covered less than COVERAGE per
# cent. What an earlier build counted would only be complained about.
coverage:
	@rm -rf $(B)/coverage
	@NRM_INSTRUMENTED=1 $(MAKE) --no-print-directory check B=$(B)/coverage OPT='-O0 -g' HARDEN=-fPIE \
	    SANITIZE='--coverage -fprofile-update=atomic'
	@gcovr --root . --object-directory $(B)/coverage/obj --filter lib/rules/ --branches \
	    --fail-under-branch $(COVERAGE) $(B)/coverage/obj/lib/rules

# Fuzz programs are linked as if they were tools, into a build directory of their own.
fuzz:
	@$(MAKE) --no-print-directory fuzz-programs B=$(B)/fuzz CC=clang OPT='-O1 -g' HARDEN=-fPIE \
	    SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
	@sh tests/fuzz/run $(B)/fuzz $(FUZZ_SECONDS) $(JOBS)
$(B)/fuzzers/%: $(B)/obj/tests/fuzz/%.o $(B)/lib/libnrm.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)
fuzz-programs: $(patsubst tests/fuzz/%.c,$(B)/fuzzers/%,$(wildcard tests/fuzz/*.c))

bench: all $(BENCH)
	@NRM_BUILD=$(B) sh tests/bench/run

demo: all
	@NRM_BUILD=$(B) sh examples/demo

# Writes the present output of every example into man/ and README.md: read the difference.
examples-update: all
	@NRM_BUILD=$(B) sh tests/cli/man-examples.t --update $(PAGES)

install: all
	install -d $(DESTDIR)$(bindir) $(foreach s,1 5 7,$(DESTDIR)$(mandir)/man$(s))
	install $(TOOLS:%=$(B)/bin/%) $(DESTDIR)$(bindir)
	@for m in $(MAN); do install -m 644 $$m $(DESTDIR)$(mandir)/man$${m##*.} || exit 1; done
	@for k in $(KNOWLEDGE); do install -D -m 644 $$k $(DESTDIR)$(datadir)/$$k || exit 1; done

uninstall:
	rm -f $(TOOLS:%=$(DESTDIR)$(bindir)/%)
	@for m in $(MAN); do rm -f $(DESTDIR)$(mandir)/man$${m##*.}/$${m##*/} || exit 1; done
	@rm -f $(KNOWLEDGE:%=$(DESTDIR)$(datadir)/%)
	[ ! -d $(DESTDIR)$(datadir) ] || find $(DESTDIR)$(datadir) -depth -type d -empty -delete

# The tracked files of the last commit's time, owned by nobody in particular: the same tree gives
# the same bytes.
VERSION = $(shell sed -n 's/^\#define NRM_VERSION "\(.*\)"$$/\1/p' lib/nrm.h)
# Which requirements the project carries and tests: docs/requirements.csv.
trace:
	@tests/trace

dist:
	@mkdir -p $(B)
	git ls-files -z | tar --null -T - --sort=name --format=ustar --mode=u+rw,go=u-w \
	    --mtime="@$$(git log -1 --format=%ct)" --owner=0 --group=0 --numeric-owner \
	    --transform 's,^,nrm-$(VERSION)/,S' -cf $(B)/nrm-$(VERSION).tar
	gzip -n -9 -f $(B)/nrm-$(VERSION).tar

clean:
	rm -rf $(B)

always:
.PHONY: all always trace parts check unit sanitize coverage fuzz fuzz-programs bench demo examples-update install \
    uninstall dist clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(B)/obj $(B)/gen $(UNIT:=.d) $(ORACLE:=.d) $(BENCH:=.d) $(FAULT:=.d) -name '*.d' \
    2>/dev/null)
