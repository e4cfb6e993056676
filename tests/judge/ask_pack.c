/* SPDX-License-Identifier: GPL-2.0-only */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "pack_btf.h"

/* How often a map is tried, where others are on their way out. */
#define TRIES	5
#define WAIT_US 4000

struct loading {
	const struct pack_program *program;
	int fds[PACK_MAPS];
	unsigned int count;
};

static int create_map(struct ask *ask, const struct pack_map *map)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = map->flags,
		    .map_extra = map->extra);
	int fd;

	if (map->type != BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		opts.map_ifindex = ask->ifindex;
	fd = bpf_map_create(map->type, "m", map->key, map->value, map->entries,
			    &opts);
	return fd < 0 ? -errno : fd;
}

static int create_patiently(struct ask *ask, const struct pack_map *map,
			    struct answer *answer)
{
	unsigned int wait_us = WAIT_US;
	int fd;

	for (unsigned int try = 0; try < TRIES; try++, wait_us *= 2) {
		fd = create_map(ask, map);
		if (fd >= 0)
			break;
		answer->stage = ANSWER_MAP;
		answer->err = -fd;
		ask_kernel_log(ask, answer);
		if (!ask_is_busy(answer))
			break;
		usleep(wait_us);
	}
	return fd;
}

static int create_maps(struct ask *ask, struct loading *l,
		       struct answer *answer)
{
	const struct pack_program *p = l->program;

	for (l->count = 0; l->count < p->map_count; l->count++) {
		int fd = create_patiently(ask, &p->maps[l->count], answer);

		if (fd < 0)
			return fd;
		l->fds[l->count] = fd;
	}
	memset(answer, 0, sizeof(*answer));
	answer->name = p->name;
	return 0;
}

/* The kernel gets the functions' types. */
static void load_btf(const struct pack_program *p,
		     struct bpf_prog_load_opts *opts, struct btf **btf,
		     struct bpf_func_info *info)
{
	uint32_t types[PACK_FUNCS];

	*btf = NULL;
	if (!p->func_count)
		return;
	*btf = pack_btf(p, types);
	if (!*btf || btf__load_into_kernel(*btf))
		errx(1, "%s: its types cannot be loaded", p->name);
	for (unsigned int i = 0; i < p->func_count; i++)
		info[i] = (struct bpf_func_info){ p->funcs[i].insn, types[i] };
	opts->prog_btf_fd = btf__fd(*btf);
	opts->func_info = info;
	opts->func_info_cnt = p->func_count;
	opts->func_info_rec_size = sizeof(*info);
}

static void load(struct ask *ask, struct loading *l, struct answer *answer)
{
	const struct pack_program *p = l->program;
	struct bpf_func_info info[PACK_FUNCS];
	struct btf *btf;
	/* Sentences and the count of instructions, but no instructions. */
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .log_level = 4,
		    .log_buf = ask->log, .log_size = ASK_LOG_SIZE,
		    .prog_ifindex = ask->ifindex, .prog_flags = p->flags,
		    .expected_attach_type =
			    p->type == BPF_PROG_TYPE_XDP ? BPF_XDP : 0);
	int fd, err;

	load_btf(p, &opts, &btf, info);
	for (unsigned int i = 0; i < p->insn_count; i++) {
		int map = pack_map_of(p, i);

		if (map >= 0)
			p->insns[i].imm = l->fds[map];
	}
	ask->log[0] = '\0';
	fd = bpf_prog_load(p->type, "p", "GPL", p->insns, p->insn_count, &opts);
	err = errno;
	btf__free(btf);
	if (fd < 0) {
		ask_refused(ask, answer, err);
		return;
	}
	ask_loaded(ask, answer, fd);
	close(fd);
}

void ask_program(struct ask *ask, const struct pack_program *program)
{
	struct loading l = { .program = program };
	struct answer answer = { .name = program->name };

	if (!create_maps(ask, &l, &answer))
		load(ask, &l, &answer);
	while (l.count)
		close(l.fds[--l.count]);
	answer_print(&answer);
}
