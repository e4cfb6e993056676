/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "array.h"
#include "kmsg.h"
#include "reason.h"

static const struct device veth = {
	.name = "eth0",
	.driver = "veth",
	.features_known = true,
	.features = XDP_FEATURE_BASIC,
};

static const struct device nameless = {
	.name = "lo",
	.features_known = true,
};

static const struct device plain_nfp = {
	.name = "eth0",
	.driver = "nfp",
	.firmware = "0.0.3.5 0.22 nic-2.1.13 nic",
	.features_known = true,
	.features = XDP_FEATURE_BASIC,
};

static const struct device bpf_nfp = {
	.name = "eth0",
	.driver = "nfp",
	.firmware = "0.0.3.5 0.22 bpf-2.0.6.124 ebpf",
	.features_known = true,
	.features = XDP_FEATURE_BASIC | XDP_FEATURE_HW_OFFLOAD,
	.mtu = 1500,
};

static const struct device jumbo_nfp = {
	.name = "eth0",
	.driver = "nfp",
	.firmware = "0.0.3.5 0.22 bpf-2.0.6.124 ebpf",
	.features_known = true,
	.features = XDP_FEATURE_BASIC | XDP_FEATURE_HW_OFFLOAD,
	.mtu = 9000,
};

static const char nfp_log[] =
	"; sum = bpf_csum_diff(...)\n"
	"12: (85) call bpf_csum_diff#28\n"
	"[nfp] unsupported function id: 28\n"
	"processed 12 insns (limit 1000000) max_states_per_insn 0\n";

static const char warned_log[] =
	"[nfp] warning: return codes and behavior of event_output helper "
	"differ for offload!\n"
	"[nfp] map writes not supported\n"
	"processed 3 insns (limit 1000000)\n";

static const char host_log[] =
	"0: R1=ctx(off=0,imm=0) R10=fp0\n"
	"0: (71) r0 = *(u8 *)(r2 +0)\n"
	"R2 !read_ok\n"
	"processed 1 insns (limit 1000000) max_states_per_insn 0\n";

/* Map and extended acknowledgement are words of the kernel, not ours. */
static const char split[] =
	"nfp: BPF offload not supported with potential packet access beyond "
	"HW packet split boundary";

/* clang-format off */
#define REFUSED(where, how_far, what) \
	{ .mode = where, .stage = how_far, .err = what }

static const struct {
	const char *what;
	struct evidence e;
	struct attempt a;
	enum source source;
	const char *reason;
} cases[] = {
	{ "no offload", { .dev = &veth },
	  REFUSED(MODE_HW, STAGE_LOAD, -EINVAL), SOURCE_DEVICE,
	  "driver veth does not offload XDP" },
	{ "no offload, and no name", { .dev = &nameless },
	  REFUSED(MODE_HW, STAGE_LOAD, -EINVAL), SOURCE_DEVICE,
	  "the device does not offload XDP" },
	{ "wrong firmware", { .dev = &plain_nfp },
	  REFUSED(MODE_HW, STAGE_LOAD, -EINVAL), SOURCE_DEVICE,
	  "nfp runs firmware \"nic-2.1.13\"; XDP offload needs the bpf "
	  "firmware (hwdocs/firmware.md)" },
	{ "the card's driver refuses a helper",
	  { .dev = &bpf_nfp, .verifier = nfp_log },
	  REFUSED(MODE_HW, STAGE_LOAD, -EOPNOTSUPP), SOURCE_VERIFIER,
	  "[nfp] unsupported function id: 28 (bpf_csum_diff)" },
	{ "a warning is no refusal",
	  { .dev = &bpf_nfp, .verifier = warned_log },
	  REFUSED(MODE_HW, STAGE_LOAD, -EOPNOTSUPP), SOURCE_VERIFIER,
	  "[nfp] map writes not supported" },
	{ "frags for the card", { .dev = &bpf_nfp, .frags = true },
	  REFUSED(MODE_HW, STAGE_LOAD, -EINVAL), SOURCE_LOADER,
	  "a program in section xdp.frags cannot be offloaded; put it in "
	  "section xdp" },
	{ "map refused", { .dev = &bpf_nfp, .refused_map = "counters" },
	  REFUSED(MODE_HW, STAGE_LOAD, -EINVAL), SOURCE_ERRNO,
	  "map counters: Invalid argument (a card has plain arrays and "
	  "hashes only)" },
	{ "beyond the window", { .dev = &jumbo_nfp, .message = split },
	  REFUSED(MODE_HW, STAGE_ATTACH, -EOPNOTSUPP), SOURCE_NETLINK,
	  "nfp: BPF offload not supported with potential packet access beyond "
	  "HW packet split boundary (the MTU is 9000, the card's packet window "
	  "1888 bytes)" },
	{ "no live reload",
	  { .dev = &bpf_nfp, .message = "nfp: FW does not support live reload" },
	  REFUSED(MODE_HW, STAGE_ATTACH, -EBUSY), SOURCE_NETLINK,
	  "nfp: FW does not support live reload" },
	{ "the host's verifier", { .dev = &veth, .verifier = host_log },
	  REFUSED(MODE_DRIVER, STAGE_LOAD, -EACCES), SOURCE_VERIFIER,
	  "R2 !read_ok" },
	{ "no native XDP, and no words", { .dev = &veth },
	  REFUSED(MODE_DRIVER, STAGE_ATTACH, -EOPNOTSUPP), SOURCE_DEVICE,
	  "driver veth has no XDP" },
	{ "libbpf's words", { .dev = &veth, .bpf_message = "no such symbol" },
	  REFUSED(MODE_DRIVER, STAGE_LOAD, -ENOENT), SOURCE_LOADER,
	  "no such symbol" },
	{ "no words at all", { .dev = &veth },
	  REFUSED(MODE_GENERIC, STAGE_ATTACH, -EINVAL), SOURCE_ERRNO,
	  "Invalid argument" },
};
/* clang-format on */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void finds_the_most_telling_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct evidence e = cases[i].e;
		struct attempt a = cases[i].a;

		print_message("# %s\n", cases[i].what);
		e.kmsg = -1;
		e.message = or_empty(e.message);
		e.verifier = or_empty(e.verifier);
		e.bpf_message = or_empty(e.bpf_message);
		reason_find(&e, &a);
		assert_string_equal(a.reason, cases[i].reason);
		assert_int_equal(a.source, cases[i].source);
	}
}

/* A pipe hands out one write at a time only if it is read in between, so this
 * one holds a single record, as /dev/kmsg gives them.
 */
static void reads_one_record(const char *record, char *out, size_t room)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], record, strlen(record)),
			 (ssize_t)strlen(record));
	close(ends[1]);
	kmsg_read(ends[0], "nfp", out, room);
	close(ends[0]);
}

static void takes_the_driver_s_lines_of_the_kernel_log(void **state)
{
	char out[128];

	(void)state;
	reads_one_record("4,812,99,-;NFP net bpf: map flags are not supported\n"
			 " SUBSYSTEM=pci\n",
			 out, sizeof(out));
	assert_string_equal(out, "NFP net bpf: map flags are not supported");
	reads_one_record("6,813,99,-;eth1: link is up\n", out, sizeof(out));
	assert_string_equal(out, "");
}

static void cuts_the_verifier_s_log(void **state)
{
	char out[128];

	(void)state;
	reason_verifier_tail(host_log, 2, out, sizeof(out));
	assert_string_equal(out, "0: (71) r0 = *(u8 *)(r2 +0)\nR2 !read_ok");
	reason_verifier_tail(host_log, 99, out, sizeof(out));
	assert_memory_equal(out, host_log, strlen(out));
	reason_verifier_tail("", 3, out, sizeof(out));
	assert_string_equal(out, "");
	assert_false(
		reason_verifier_line("processed 1 insns", out, sizeof(out)));
}

static const struct {
	const char *firmware;
	bool bpf;
	const char *image;
} firmwares[] = {
	{ "0.0.3.5 0.22 bpf-2.0.6.124 ebpf", true, "bpf-2.0.6.124" },
	{ "0.0.3.5 0.22 nic-2.1.13 nic", false, "nic-2.1.13" },
	{ "0.0.3.5 0.22 bpf-2.0.6.1240 ebp", true, "bpf-2.0.6.1240" },
	{ "0.0.4.5 0.14 sim-bpf ebpf", true, "sim-bpf" },
	{ "0.0.3.5 0.22 0 ", false, "0" },
	{ "7.10", false, "7.10" },
	{ "", false, "" },
};

static void reads_firmware_versions(void **state)
{
	char image[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(firmwares); i++) {
		struct device dev = {};

		strcpy(dev.firmware, firmwares[i].firmware);
		device_firmware_image(&dev, image, sizeof(image));
		assert_string_equal(image, firmwares[i].image);
		assert_int_equal(device_has_bpf_firmware(&dev),
				 firmwares[i].bpf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_most_telling_reason),
		cmocka_unit_test(takes_the_driver_s_lines_of_the_kernel_log),
		cmocka_unit_test(cuts_the_verifier_s_log),
		cmocka_unit_test(reads_firmware_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
