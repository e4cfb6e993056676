/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The programs that an interface has, as the kernel tells it. A responder is
 * known by its maps, so nothing has to be kept anywhere to find it again.
 */
#ifndef INSTALLED_H
#define INSTALLED_H

#include "echo.h"
#include "mode.h"
#include "nl.h"

struct installed {
	enum xdp_mode mode;
	__u32 id;
	char name[16];
	__u8 tag[8];
	__u32 jited_len;  /* bytes of machine code */
	bool unreadable;  /* only the id is known: CAP_SYS_ADMIN is missing */
	bool ours;	  /* a responder */
	bool tracing;	  /* its tracing build */
	__u32 targets_id; /* map ids, of a responder */
	__u32 stats_id;
};

struct installed_list {
	__u8 attached; /* XDP_ATTACHED_*, as in ip -j */
	int count;
	struct installed at[MODE_COUNT];
};

/* Return: 0, or -errno; -ENODEV when the interface is gone. */
int installed_read(struct nl *nl, int ifindex, struct installed_list *out);

/* The program in @mode; NULL where there is none. */
const struct installed *installed_in(const struct installed_list *list,
				     enum xdp_mode mode);

/* The responder in the best mode; NULL where there is none. */
const struct installed *installed_ours(const struct installed_list *list);

/* Fill name, tag and the rest from the program behind @fd. 0 or -errno. */
int installed_describe(int fd, struct installed *out);

/* Call @each for every target of a responder. Return: 0 or -errno. */
int installed_each_target(const struct installed *prog,
			  void (*each)(const struct echo_addr *addr,
				       const struct echo_target *target,
				       void *data),
			  void *data);

/* A sentence about a program of which only the id can be seen. */
#define UNREADABLE_MAX 128
void installed_unreadable(const struct installed *prog,
			  char text[UNREADABLE_MAX]);

/* The bpf_link that holds program @id on an interface; 0: none, or unknown. */
__u32 installed_link(int ifindex, __u32 id);

#endif
