# SPDX-License-Identifier: GPL-2.0-only
#
#	make		build the programs into build/, as any user
#	make lab	what offload-lab boots: the emulated card, Debian's kernels
#	make check	every test; as root it installs what it needs first
#	make demo	the main job on the emulated card; root
#	make install	PREFIX (/usr/local), DESTDIR
#	make deps	install the Debian packages that are missing; root
#	make limits	hwdocs/limits.md, after a change of rules or profiles
#	make format	clang-format
#	make clean
#
#	V=1		show the commands
#	SAN=1		build with ASan and UBSan, into build-san/

VERSION := 0.1.0
PREFIX	?= /usr/local
SAN	?=
O	:= $(if $(SAN),build-san,build)

CC	?= cc
CLANG	?= clang
# Debian keeps it in /usr/sbin, which a user's PATH may lack.
BPFTOOL ?= $(shell PATH="$$PATH:/usr/sbin:/sbin" command -v bpftool)

Q	:= $(if $(V),,@)
msg	= $(if $(V),,@printf '  %-5s %s\n' $(1) $(patsubst $(O)/%,%,$@);)

# What a build needs: command or pkg-config module, and its Debian package.
TOOLS_NEEDED := $(CC):gcc $(CLANG):clang pkg-config:pkg-config \
		bpftool:bpftool
LIBS_NEEDED  := libbpf:libbpf-dev libmnl:libmnl-dev jansson:libjansson-dev \
		libxdp:libxdp-dev libpcap:libpcap-dev \
		$(if $(filter tests unit,$(MAKECMDGOALS)),cmocka:libcmocka-dev)
BUILD_PACKAGES := make gcc clang llvm pkg-config bpftool linux-libc-dev \
		libc6-dev libbpf-dev libmnl-dev libjansson-dev libcmocka-dev \
		libxdp-dev libpcap-dev
LAB_PACKAGES   := qemu-system-x86 libglib2.0-dev dpkg-dev python3 \
		busybox-static kmod cpio xz-utils zstd iproute2
TEST_PACKAGES  := iproute2 iputils-ping ethtool tcpdump jq hyperfine \
		util-linux procps libcap2-bin libclang-rt-14-dev \
		clang-format shellcheck mandoc man-db gnuplot-nox hping3

# These need no tools, or install them first.
NO_TOOLS := deps clean format check demo
ifneq ($(filter-out $(NO_TOOLS),$(or $(MAKECMDGOALS),all)),)
pkg_of	= $(lastword $(subst :, ,$(1)))
name_of	= $(firstword $(subst :, ,$(1)))
lacks	= $(error $(call name_of,$(1)) is missing: apt-get install \
		$(call pkg_of,$(1)) (or all at once: sudo make deps))
has_cmd	= $(shell PATH="$$PATH:/usr/sbin:/sbin" command -v $(call name_of,$(1)))
has_lib	= $(shell pkg-config --exists $(call name_of,$(1)) && echo yes)
$(foreach n,$(TOOLS_NEEDED),$(if $(call has_cmd,$(n)),,$(call lacks,$(n))))
$(foreach n,$(LIBS_NEEDED),$(if $(call has_lib,$(n)),,$(call lacks,$(n))))
LIB_CFLAGS := $(shell pkg-config --cflags libxdp libbpf libmnl jansson)
LDLIBS	:= $(shell pkg-config --libs libxdp libbpf libmnl jansson) -lm
# Each folder of sources has its like in the build folder, and once more for what
# is compiled for fuzzing. The build folder ignores itself.
FOLDERS	:= $(sort $(dir $(wildcard loader/*.c loader/*/*.c offload/*.c \
		offload/*/*.c tests/*/*.c)))
$(shell mkdir -p $(O)/bpf $(FOLDERS:%=$(O)/%) $(FOLDERS:%=$(O)/fuzz/%) \
		&& echo '*' >$(O)/.gitignore)
endif

# Packet headers lie at odd addresses; the machines this runs on do not mind.
comma	:= ,
SAN_FLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined \
		-fno-sanitize=alignment -fno-sanitize-recover=all)
CFLAGS	?= -O2 -g
# Packets are bytes here and headers there: no rule says that these differ.
ALL_CFLAGS := -std=gnu11 -Wall -Wextra -Werror -MMD -MP -D_GNU_SOURCE \
		-fno-strict-aliasing \
		-DVERSION='"$(VERSION)"' -Ibpf -Iloader -Ioffload \
		-iquote offload/check -I$(O)/bpf \
		$(LIB_CFLAGS) $(SAN_FLAGS) $(CFLAGS)
ALL_LDFLAGS := $(SAN_FLAGS) $(LDFLAGS)

MULTIARCH = $(eval MULTIARCH := $(shell $(CC) -print-multiarch))$(MULTIARCH)
# <linux/types.h> asks for <asm/types.h>, which is in the host's folder. -mcpu
# pinned: a newer clang must not use instructions that the card's driver lacks.
BPF_CFLAGS = -O2 -g -Wall -Wextra -Werror -target bpf -mcpu=v3 -MMD -MP -Ibpf \
		-idirafter /usr/include/$(MULTIARCH)

VARIANTS := echo_xdp echo_tc echo_hw
BPF_OBJ	 := $(VARIANTS:%=$(O)/bpf/%.bpf.o) $(VARIANTS:%=$(O)/bpf/%_trace.bpf.o)
SKEL	 := $(BPF_OBJ:.bpf.o=.skel.h)
PROGRAMS := offload-load offload-check offload-lab offload-bench \
		offload-validate
LOAD_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out loader/offload-%, \
		$(wildcard loader/*.c offload/args.c offload/bound.c \
		offload/output.c offload/profile.c)))
CHECK_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out %/offload-check.c, \
		$(wildcard offload/check/*.c)))
# The card knows nothing of QEMU but in qemu.c, so that tests link it, too.
CARD_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out %/qemu.c, \
		$(wildcard offload/card/*.c)))
LAB_OBJ	 := $(patsubst %.c,$(O)/%.o,$(wildcard offload/lab/*.c))
WIRE_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out %.bpf.c, \
		$(wildcard loader/wire/*.c)))
BENCH_OBJ := $(patsubst %.c,$(O)/%.o,$(wildcard loader/bench/*.c))
VALIDATE_OBJ := $(patsubst %.c,$(O)/%.o,$(wildcard loader/validate/*.c))

UNIT	 := $(patsubst %.c,$(O)/%,$(wildcard tests/unit/test_*.c))
PROG	 := $(patsubst %.c,$(O)/%,$(wildcard tests/prog/test_*.c))
# What tests of a folder share is in its other files.
UNIT_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out \
		tests/unit/test_% tests/unit/unit.c %.bpf.c, \
		$(wildcard tests/unit/*.c)))
PROG_OBJ := $(patsubst %.c,$(O)/%.o,$(filter-out tests/prog/test_% %.bpf.c, \
		$(wildcard tests/prog/*.c)))
NET_TOOL := $(patsubst %.c,$(O)/%,$(filter-out %.bpf.c %.so.c, \
		$(wildcard tests/net/*.c)))
HW_TOOL	 := $(addprefix $(O)/tests/hw/,differ emulated flip)
HW_OBJ	 := $(O)/tests/hw/both.o $(O)/tests/prog/mutate.o
# They ask the card's driver and the checker, and compare (tests/judge/judge).
JUDGE	 := $(O)/tests/judge
JUDGE_TOOL := $(addprefix $(JUDGE)/judge_,ask predict compare generate)
NET_SO	 := $(patsubst %.so.c,$(O)/%.so,$(wildcard tests/net/*.so.c))
TEST_BPF := $(patsubst %.c,$(O)/%.o,$(wildcard tests/*/*.bpf.c)) \
		$(patsubst %.bpf.c,$(O)/%.inside.bpf.o, \
		$(shell grep -lwE 'INSIDE|PAIR' tests/reject/*.bpf.c))

# What is to run on the card must pass the checker. Only the shipped firmware
# can send a trace.
CHECKED := $(O)/bpf/echo_hw.checked $(O)/bpf/echo_hw_trace.checked
$(O)/bpf/echo_hw_trace.checked: CHECK_FLAGS := --firmware bpf-2.0.6

all: $(PROGRAMS:%=$(O)/%) $(CHECKED)

tests: unit fuzz $(PROG) $(NET_TOOL) $(HW_TOOL) $(JUDGE_TOOL) $(NET_SO) \
		$(TEST_BPF)
unit: $(UNIT)

$(O)/offload-load: $(O)/loader/offload-load.o $(LOAD_OBJ) $(CHECK_OBJ)
$(O)/offload-bench: $(O)/loader/offload-bench.o $(BENCH_OBJ) $(WIRE_OBJ) \
		$(LOAD_OBJ) $(CHECK_OBJ)
$(O)/offload-validate: $(O)/loader/offload-validate.o $(VALIDATE_OBJ) \
		$(filter-out $(O)/loader/wire/stream%,$(WIRE_OBJ)) \
		$(addprefix $(O)/loader/,address.o device.o genl.o installed.o \
		mode.o netns.o nl.o targets.o tc.o xdp_netlink.o) $(O)/offload/args.o \
		$(O)/offload/output.o
$(O)/offload-validate: LDLIBS += -lpcap
$(O)/offload-check: $(O)/offload/check/offload-check.o $(CHECK_OBJ) \
		$(O)/offload/args.o $(O)/offload/output.o $(O)/offload/profile.o
# A third of its time went into finding libraries.
$(O)/offload-check: ALL_LDFLAGS += $(if $(SAN),,-static)
$(O)/offload-check: LDLIBS = $(shell pkg-config --static --libs libbpf jansson)
$(O)/offload-limits: $(O)/offload/offload-limits.o $(CHECK_OBJ) \
		$(O)/offload/args.o $(O)/offload/profile.o
$(O)/offload-lab: $(LAB_OBJ) $(O)/offload/card/config.o \
		$(O)/offload/card/property.o \
		$(O)/offload/args.o $(O)/offload/output.o $(O)/offload/profile.o
$(PROGRAMS:%=$(O)/%) $(O)/offload-limits:
	$(call msg,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(O)/bpf/%_trace.bpf.o: bpf/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -DECHO_TRACE -c -o $@ $<
$(O)/bpf/%_trace.bpf.o: offload/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -DECHO_TRACE -c -o $@ $<
$(O)/bpf/%.bpf.o: bpf/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<
$(O)/bpf/%.bpf.o: offload/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<
$(O)/bpf/%.bpf.o: loader/wire/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<
$(O)/bpf/%.skel.h: $(O)/bpf/%.bpf.o
	$(call msg,SKEL)$(BPFTOOL) gen skeleton $< name $* >$@
$(O)/loader/responder.o: $(SKEL)
$(O)/loader/bench/attach.o: $(O)/bpf/bare.skel.h
$(WIRE_OBJ): $(O)/bpf/stream_xdp.skel.h
$(O)/bpf/%.checked: $(O)/bpf/%.bpf.o $(O)/offload-check
	$(call msg,CHECK)for kernel in 6.1 6.12; do \
		$(O)/offload-check --kernel $$kernel $(CHECK_FLAGS) $< >$@.log || \
			{ cat $@.log; exit 1; }; \
	done && mv $@.log $@

MAIN_OF = $(if $(filter tests/unit/test_%,$<),-Dmain=main_of_$(*F))
$(O)/%.o: %.c Makefile
	$(call msg,CC)$(CC) $(ALL_CFLAGS) $(MAIN_OF) -c -o $@ $<
$(O)/tests/%.bpf.o: tests/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<
# The twin of each refused object, just inside of the rule.
$(O)/tests/%.inside.bpf.o: tests/%.bpf.c Makefile
	$(call msg,BPF)$(CLANG) $(BPF_CFLAGS) -DINSIDE -c -o $@ $<
$(O)/tests/%.so: tests/%.so.c Makefile
	$(call msg,CC)$(CC) $(ALL_CFLAGS) -shared -fPIC -o $@ $< -ldl
$(O)/tests/unit/unit $(PROG): LDLIBS += -lcmocka
$(PROG): $(PROG_OBJ)
$(HW_TOOL): $(HW_OBJ)
# A test is linked with what it uses of all.
$(O)/tests/all.a: $(LOAD_OBJ) $(BENCH_OBJ) $(VALIDATE_OBJ) $(WIRE_OBJ) \
		$(CHECK_OBJ) $(CARD_OBJ)
	$(call msg,AR)rm -f $@ && ar rcsT $@ $^
$(O)/tests/unit/unit $(PROG) $(NET_TOOL) $(HW_TOOL): $(O)/%: $(O)/%.o \
		$(O)/tests/all.a
	$(call msg,LD)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) \
		$(O)/tests/all.a $(LDLIBS)
$(O)/tests/unit/unit $(PROG): | $(BPF_OBJ) $(TEST_BPF)
# All unit tests are one program, as linking takes longer than they do. It is
# made anew when the folder has other files.
$(O)/tests/unit/unit: $(UNIT_OBJ) $(UNIT:%=%.o)
$(O)/tests/unit/unit.o: ALL_CFLAGS += -DTESTS='$(UNIT:$(O)/tests/unit/%=TEST(%))'
$(O)/tests/unit/unit.o: tests/unit
$(UNIT): $(O)/tests/unit/unit
	$(Q)ln -sf unit $@

PACK_OBJ := $(addprefix $(JUDGE)/,answer.o pack.o pack_btf.o)
$(JUDGE)/judge_ask: $(patsubst %.c,$(O)/%.o,$(wildcard tests/judge/ask*.c)) \
		$(PACK_OBJ) $(addprefix $(O)/loader/, \
		bpflog.o kmsg.o mode.o nl.o xdp_netlink.o)
$(JUDGE)/judge_predict: $(JUDGE)/predict.o $(PACK_OBJ) $(CHECK_OBJ) \
		$(O)/offload/card/config.o $(O)/offload/card/property.o \
		$(O)/offload/args.o $(O)/offload/profile.o
$(JUDGE)/judge_compare: $(JUDGE)/compare.o
$(JUDGE)/judge_compare: LDLIBS += -lm
$(JUDGE)/judge_generate: $(JUDGE)/pack.o \
		$(patsubst %.c,$(O)/%.o,$(wildcard tests/judge/gen*.c))
$(JUDGE_TOOL):
	$(call msg,LD)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

# libFuzzer is clang's: what is fuzzed is compiled apart.
FUZZ	 := $(patsubst %.c,$(O)/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_OBJ := $(CHECK_OBJ:$(O)/%=$(O)/fuzz/%) $(O)/fuzz/offload/args.o \
		$(O)/fuzz/offload/profile.o
FUZZ_FLAGS := -O1 -g1 -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all
$(O)/fuzz/%.o: %.c Makefile
	$(call msg,FUZZ)$(CLANG) $(ALL_CFLAGS) $(FUZZ_FLAGS) -c -o $@ $<
$(FUZZ): $(O)/tests/fuzz/%: $(O)/fuzz/tests/fuzz/%.o $(FUZZ_OBJ)
	$(call msg,LD)$(CLANG) -fsanitize=fuzzer,address,undefined \
		-o $@ $^ $(LDLIBS)
fuzz: $(FUZZ)

limits: $(O)/offload-limits
	$(call msg,GEN)$< >hwdocs/limits.md

# What the lab boots is made of Debian's packages, once for each version.
QEMU	:= $(O)/qemu
lab: $(O)/lab/nfp-card.so
	$(Q)offload/lab/kernels $(O)/lab
$(QEMU)/version: offload/card/qemu-headers FORCE
	$(Q)offload/card/qemu-headers $(QEMU)
$(CARD_OBJ) $(O)/offload/profile.o: ALL_CFLAGS += -fPIC
$(O)/offload/card/qemu.o: offload/card/qemu.c $(QEMU)/version
	$(call msg,CC)$(CC) $(ALL_CFLAGS) -fPIC $$(cat $(QEMU)/cflags) -c -o $@ $<
$(O)/lab/nfp-card.so: $(O)/offload/card/qemu.o $(CARD_OBJ) \
		$(O)/offload/profile.o
	$(call msg,LD)mkdir -p $(@D) && $(CC) $(ALL_LDFLAGS) -shared -o $@ $^ && \
		cp $(QEMU)/version $(@D)/qemu-version

# First install, then read the Makefile again with the tools in place. What
# sudo builds belongs to who called it, whose own make would fail over it.
HAND_BACK = $(if $(SUDO_UID),chown -R $(SUDO_UID):$(SUDO_GID) $(O))
check: deps
	$(Q)$(MAKE) --no-print-directory -j2 all tests lab
	$(Q)$(HAND_BACK)
	$(Q)tests/run $(O)
demo: deps
	$(Q)$(MAKE) --no-print-directory -j2 all lab
	$(Q)$(HAND_BACK)
	$(Q)tests/demo $(O)

deps:
	$(Q)tests/deps $(BUILD_PACKAGES) $(LAB_PACKAGES) $(TEST_PACKAGES)

# What the lab boots is installed if it was made: "make lab" needs the network.
DOC	:= $(DESTDIR)$(PREFIX)/share/doc/offload
MAN1	:= $(DESTDIR)$(PREFIX)/share/man/man1
MAN8	:= $(DESTDIR)$(PREFIX)/share/man/man8
LAB	:= $(DESTDIR)$(PREFIX)/lib/offload
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/sbin
	install -d $(MAN1) $(MAN8) $(DOC)/hwdocs
	install $(O)/offload-check $(DESTDIR)$(PREFIX)/bin
	install $(filter-out %-check,$(PROGRAMS:%=$(O)/%)) \
		$(DESTDIR)$(PREFIX)/sbin
	install -m 644 $(wildcard offload/check/*.1) $(MAN1)
	install -m 644 $(wildcard loader/*.8 offload/lab/*.8) $(MAN8)
	install -m 644 README.md $(DOC)
	install -m 644 $(wildcard hwdocs/*.md hwdocs/*.svg hwdocs/*.jq) $(DOC)/hwdocs
	$(Q)if [ -d $(O)/lab/kernel ]; then \
		rm -rf $(LAB)/lab && install -d $(LAB) && \
		cp -a --no-preserve=ownership $(O)/lab $(LAB); fi
	$(Q)$(HAND_BACK)

format:
	clang-format -i $$(find bpf offload loader tests -name '*.[ch]')

clean:
	rm -rf build build-san

.PHONY: all tests fuzz limits lab check demo deps install format clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
-include $(shell find $(O) -name '*.d' 2>/dev/null)
