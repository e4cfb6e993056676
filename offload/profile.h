/* SPDX-License-Identifier: GPL-2.0-only */
/* What a card's firmware offers: the only home of numbers about hardware.
 * The emulated card shows these to the driver; limits that programs are held
 * to are read from here.
 */
#ifndef PROFILE_H
#define PROFILE_H

#include <stdbool.h>
#include <stdint.h>

/* What the firmware does besides moving packets: only bpf runs programs. */
enum profile_app {
	PROFILE_APP_NIC,
	PROFILE_APP_BPF,
};

/* Routines that the firmware may export to programs, by bit; the numbers are
 * those of the helpers in <linux/bpf.h>.
 */
enum {
	PROFILE_MAP_LOOKUP = 1 << 1,
	PROFILE_MAP_UPDATE = 1 << 2,
	PROFILE_MAP_DELETE = 1 << 3,
	PROFILE_EVENT_OUTPUT = 1 << 25,
};

struct profile {
	const char *name;
	const char *source; /* where its numbers come from */
	enum profile_app app;
	char app_version[16];	 /* as in ethtool -i */
	unsigned int max_insns;	 /* NFP instructions of a program */
	unsigned int start;	 /* address of a program's first one */
	unsigned int done;	 /* address that it leaves to */
	unsigned int stack;	 /* bytes; a multiple of 64 */
	unsigned int inline_mtu; /* bytes of a frame in CTM, multiple of 64 */
	unsigned int packet_window; /* bytes of a frame that a program sees */
	uint32_t helpers;	    /* PROFILE_MAP_LOOKUP | ... */
	bool live_reload;	    /* replaces a program under traffic */
	bool random;		    /* bpf_get_prandom_u32() */
	bool queue_select;	    /* writes to rx_queue_index */
	bool adjust_head;
	bool head_meta; /* adjust_head would have to move metadata as well */
	unsigned int head_min; /* where adjust_head may put a frame's first */
	unsigned int head_max; /* byte in its CTM buffer */
	unsigned int head_sub; /* bytes that always fit before a frame, and */
	unsigned int head_add; /* that can always be taken off */
	bool adjust_tail;
	bool map_array; /* the types of maps */
	bool map_hash;
	unsigned int max_maps;
	unsigned int max_entries; /* of all maps together */
	unsigned int max_key;	  /* bytes of a map's key */
	unsigned int max_value;	  /* bytes of a map's value */
	unsigned int max_element; /* bytes of both, each rounded up to 8 */
};

/* The driver takes this off the inline MTU to get the window (nfp driver,
 * bpf/offload.c nfp_bpf_offload_check_mtu()).
 */
#define PROFILE_WINDOW_LOSS 32

/* Instructions of a code store. Every port's program has its own place there,
 * max_insns after the one before (Netronome/nfd, nfd_cfg_internal.c;
 * Netronome/nic-firmware, app_config_tables.c).
 */
#define PROFILE_CODE_STORE 8192

/* The published firmware, which the limits are taken from. */
extern const struct profile profile_published;

/**
 * profile_next() - walk all profiles, the published one first
 * @after: the one before, or NULL
 *
 * Return: the next one, NULL after the last.
 */
const struct profile *profile_next(const struct profile *after);

/**
 * profile_find() - a profile by its name
 *
 * Return: NULL if there is none.
 */
const struct profile *profile_find(const char *name);

/* A model of card, as the firmware uses it: what a rate could come from. */
struct profile_card {
	const char *assembly; /* devlink's board.id begins so */
	const char *name;
	unsigned int clock_mhz; /* of the cores */
	unsigned int cores;	/* that run programs, all ports' */
	unsigned int threads;	/* of each, taking turns: frames at a time */
	unsigned int ports;
	unsigned int port_gbits; /* of each, per second */
};

/* Walk all models as profile_next() does. */
const struct profile_card *profile_card_next(const struct profile_card *after);

/* A rate that was published of a program on a card. */
struct profile_rate {
	const char *what, *source;
	double packets;	      /* per second */
	unsigned int frame;   /* bytes, as received; follows from its bits */
	const char *assembly; /* of a card that fits; it names none */
	/* Executed by a program of its shape, tests/corpus/lb_counted.bpf.c,
	 * on the emulated card.
	 */
	unsigned int instructions;
};

extern const struct profile_rate profile_rate_published;

/* By "AMDA0096-0001" and the like; NULL if there is none. */
const struct profile_card *profile_card_find(const char *board_id);

#endif
