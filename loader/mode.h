/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a program may run, in what order that is tried, and which refusal
 * means that the next place should be. Knows no libbpf and no kernel: what is
 * tried is behind a function.
 */
#ifndef MODE_H
#define MODE_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

/* Best first: the order of trying. tc stands alone. */
enum xdp_mode {
	MODE_HW,
	MODE_DRIVER,
	MODE_GENERIC,
	MODE_TC,
	MODE_COUNT,
	MODE_NONE = MODE_COUNT,
};

/* How far an attempt came. Loading includes the maps. */
enum stage {
	STAGE_OPEN,
	STAGE_LOAD,
	STAGE_ATTACH,
	STAGE_READ_BACK,
};

/* Who gave the reason for a refusal. */
enum source {
	SOURCE_ERRNO,	 /* nobody: the errno is all there is */
	SOURCE_NETLINK,	 /* extended acknowledgement */
	SOURCE_VERIFIER, /* verifier log, driver's lines included */
	SOURCE_KERNEL,	 /* kernel log (dmesg) */
	SOURCE_DEVICE,	 /* features, driver and firmware of the device */
	SOURCE_LOADER,	 /* this program */
};

#define REASON_MAX 1024

/* One refused try. */
struct attempt {
	enum xdp_mode mode;
	enum stage stage;
	int err;	 /* -errno */
	bool in_the_way; /* another program holds the place */
	bool own_stays; /* our own program holds it, and could not be changed */
	enum source source;
	char reason[REASON_MAX];
	char finding[REASON_MAX]; /* what the checker says of it, or "" */
};

/* Exit codes, as documented in offload-load(8). */
enum exit_code {
	EXIT_OK,
	EXIT_USAGE,
	EXIT_REFUSED,
	EXIT_UNAVAILABLE, /* no device, no permission, no kernel support */
	EXIT_TAKEN,	  /* another program is there */
	EXIT_MISMATCH,	  /* the kernel reports something else */
};

/* How a ladder of tries ended. */
struct ladder {
	struct attempt refused[MODE_COUNT];
	int refusals;
	enum xdp_mode used; /* MODE_NONE: none */
	enum exit_code exit;
};

const char *mode_name(enum xdp_mode mode);
const char *stage_name(enum stage stage);
const char *source_name(enum source source);

/* XDP_FLAGS_*_MODE; 0 for tc. */
__u32 mode_flags(enum xdp_mode mode);

/**
 * mode_from_name() - the mode that @name stands for
 *
 * Takes our own names and those of ip, bpftool and xdp-tools.
 *
 * Return: MODE_NONE where it stands for none.
 */
enum xdp_mode mode_from_name(const char *name);

/**
 * mode_is_final() - would what was refused be refused in every mode?
 *
 * A missing device or permission, another program in the way and a program
 * that the host's verifier refuses are; what the mode, the driver or the card
 * lacks is not. Decided by stage and errno, never by the kernel's words.
 */
bool mode_is_final(const struct attempt *attempt);

/* The exit code of a call that ended with this refusal. */
enum exit_code mode_exit(const struct attempt *attempt);

/**
 * mode_descend() - try modes from @best down until one takes
 * @only: try no other
 * @try:  returns 0, or -errno with all of its attempt filled but the mode
 * @out:  filled; out->refused holds every refusal in order
 *
 * Return: out->exit.
 */
enum exit_code mode_descend(enum xdp_mode best, bool only,
			    int (*try)(enum xdp_mode mode, struct attempt *why,
				       void *data),
			    void *data, struct ladder *out);

#endif
