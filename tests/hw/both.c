/* SPDX-License-Identifier: GPL-2.0-only */
#include <endian.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <bpf/bpf.h>
#include <linux/bpf.h>

#include "array.h"
#include "both.h"
#include "echo.h"
#include "wire/cases.h"

static const int xdp_action[PROGRAM_VERDICTS] = {
	[PROGRAM_PASS] = XDP_PASS,
	[PROGRAM_DROP] = XDP_DROP,
	[PROGRAM_TX] = XDP_TX,
	[PROGRAM_ABORTED] = XDP_ABORTED,
};

static FILE *open_file(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file)
		err(2, "%s", path);
	return file;
}

static void read_image(struct both *b, const char *path)
{
	FILE *file = open_file(path);
	unsigned long long word;

	while (fscanf(file, "%llx", &word) == 1) {
		if (b->code_len == BOTH_CODE_MAX)
			errx(2, "%s: more than %d instructions", path,
			     BOTH_CODE_MAX);
		b->code[b->code_len++] = word;
	}
	if (!feof(file) || !b->code_len)
		errx(2, "%s: line %u is no instruction", path, b->code_len + 1);
	fclose(file);
}

static void load_object(struct both *b, const char *path)
{
	struct bpf_program *prog;

	b->obj = bpf_object__open_file(path, NULL);
	if (!b->obj || bpf_object__load(b->obj))
		err(2, "%s", path);
	prog = bpf_object__next_program(b->obj, NULL);
	if (!prog)
		errx(2, "%s: no program", path);
	b->prog = bpf_program__fd(prog);
}

/* The card has the maps of the object in their order, but for event maps. */
static void find_maps(struct both *b)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, b->obj) {
		if (bpf_map__type(map) == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			continue;
		if (b->n_maps == BOTH_MAPS_MAX)
			errx(2, "more than %d maps", BOTH_MAPS_MAX);
		b->map[b->n_maps++] = (struct both_map){
			.fd = bpf_map__fd(map),
			.type = bpf_map__type(map),
			.key_size = bpf_map__key_size(map),
			.value_size = bpf_map__value_size(map),
		};
	}
}

/* The code holds table ids, so a table has to get the id that it had. */
static void make_table(struct both *b, __u32 tid,
		       const struct maps_shape *shape)
{
	__u32 got = 0;

	while (got < tid)
		if (maps_alloc(b->maps, shape, &got))
			errx(2, "table %u cannot be made", tid);
	if (got != tid)
		errx(2, "table %u: ids do not ascend", tid);
}

static void add_table(struct both *b, unsigned int n, __u32 tid,
		      const struct maps_shape *shape)
{
	struct both_map *map = &b->map[n];

	if (n >= b->n_maps || shape->type != map->type ||
	    shape->key_size != map->key_size ||
	    shape->value_size != map->value_size)
		errx(2, "table %u is no map of the object", tid);
	map->tid = tid;
	make_table(b, tid, shape);
}

static bool parse_table(const char *line, __u32 *tid, struct maps_shape *shape)
{
	char type[16];

	if (sscanf(line, "map %u type %15s key %u value %u max_entries %u", tid,
		   type, &shape->key_size, &shape->value_size,
		   &shape->max_entries) != 5)
		return false;
	shape->type = strcmp(type, "hash") ? CARD_MAP_ARRAY : CARD_MAP_HASH;
	return true;
}

static void read_tables(struct both *b, const char *path)
{
	FILE *file = open_file(path);
	struct maps_shape shape;
	unsigned int n = 0;
	char line[512];
	__u32 tid;

	while (fgets(line, sizeof(line), file))
		if (parse_table(line, &tid, &shape))
			add_table(b, n++, tid, &shape);
	if (n != b->n_maps)
		errx(2, "%s: %u tables for %u maps", path, n, b->n_maps);
	fclose(file);
}

void both_open(struct both *b, const char *image, const char *tables,
	       const char *object)
{
	const char *why;

	b->profile = *profile_find("bpf-2.0.6");
	b->profile.max_insns = BOTH_CODE_MAX;
	b->maps = maps_new(&b->profile);
	b->program = program_new(&b->profile, b->maps, NULL, b->profile.start);
	if (!b->maps || !b->program)
		errx(2, "no memory");
	load_object(b, object);
	find_maps(b);
	read_tables(b, tables);
	read_image(b, image);
	why = program_set_image(b->program, b->code, b->code_len);
	if (why)
		errx(2, "%s: %s", image, why);
}

void both_update(struct both *b, unsigned int n, const void *key,
		 const void *value)
{
	if (bpf_map_update_elem(b->map[n].fd, key, value, BPF_ANY) ||
	    maps_update(b->maps, b->map[n].tid, key, value, BPF_ANY))
		errx(2, "map %u cannot be updated", n);
}

unsigned int both_find_map(const struct both *b, __u32 type, __u32 key_size)
{
	for (unsigned int n = 0; n < b->n_maps; n++)
		if (b->map[n].type == type && b->map[n].key_size == key_size)
			return n;
	errx(2, "no map of type %u with keys of %u bytes", type, key_size);
}

static void set_target(struct both *b, const struct in6_addr *address,
		       __u32 action)
{
	struct echo_target value = { .action = action };

	both_update(b, both_find_map(b, BPF_MAP_TYPE_HASH, sizeof(*address)),
		    address, &value);
}

void both_set_targets(struct both *b)
{
	const struct wire_hosts *hosts = &wire_documentation_hosts;

	set_target(b, &hosts->ip4.server, ECHO_REPLY);
	set_target(b, &hosts->ip6.server, ECHO_REPLY);
	set_target(b, &hosts->ip4.dropped, ECHO_DROP);
	set_target(b, &hosts->ip6.dropped, ECHO_DROP);
}

int both_run_card(struct both *b, const __u8 *frame, size_t len,
		  const __u8 **out, size_t *out_len)
{
	static __u8 buffer[PROGRAM_BUFFER];
	struct program_frame f = {
		.data = buffer,
		.size = sizeof(buffer),
		.offset = PROGRAM_HEADROOM,
		.len = len,
		.queue = -1,
	};
	enum program_verdict v;

	memcpy(buffer + f.offset, frame, len);
	v = program_run(b->program, &f, &b->cost);
	if (program_stopped(b->program)[0])
		return -1;
	*out = buffer + f.offset;
	*out_len = f.len;
	return xdp_action[v];
}

static const char *fault(struct both *b, const char *what, long kernel,
			 long card)
{
	snprintf(b->fault, sizeof(b->fault),
		 "%s: %ld in the kernel, %ld on "
		 "the card",
		 what, kernel, card);
	return b->fault;
}

static const char *byte_fault(struct both *b, const __u8 *kernel,
			      const __u8 *card)
{
	char what[32];
	size_t i = 0;

	while (kernel[i] == card[i])
		i++;
	snprintf(what, sizeof(what), "byte %zu", i);
	return fault(b, what, kernel[i], card[i]);
}

/* What the program returns beyond XDP_REDIRECT counts as aborted, and so does
 * a redirection on the card.
 */
static __u32 as_on_card(__u32 action)
{
	return action > XDP_TX ? XDP_ABORTED : action;
}

const char *both_run(struct both *b, const __u8 *frame, size_t len)
{
	static __u8 kernel[BOTH_FRAME_MAX + 256];
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		    .data_size_in = len, .data_out = kernel,
		    .data_size_out = sizeof(kernel), .repeat = 1);
	const __u8 *card;
	size_t card_len;
	int action;

	if (bpf_prog_test_run_opts(b->prog, &opts))
		err(2, "test run");
	b->action = as_on_card(opts.retval);
	action = both_run_card(b, frame, len, &card, &card_len);
	if (action < 0) {
		snprintf(b->fault, sizeof(b->fault), "the card stopped: %s",
			 program_stopped(b->program));
		return b->fault;
	}
	if ((__u32)action != b->action)
		return fault(b, "action", b->action, action);
	if (opts.data_size_out != card_len)
		return fault(b, "length", opts.data_size_out, card_len);
	return memcmp(kernel, card, card_len) ? byte_fault(b, kernel, card)
					      : NULL;
}

/* The low word comes first, each with its high byte first. */
static __u64 card_counter(const __u8 *p)
{
	__be32 words[2];

	memcpy(words, p, sizeof(words));
	return be32toh(words[0]) | (__u64)be32toh(words[1]) << 32;
}

static const char *compare_counters(struct both *b, const struct both_map *map,
				    __u32 key)
{
	__u64 kernel[64 / sizeof(__u64)];
	const __u8 *card = maps_lookup(b->maps, map->tid, &key);

	if (bpf_map_lookup_elem(map->fd, &key, kernel) || !card)
		return fault(b, "entry", key, !!card);
	for (size_t i = 0; i < map->value_size / sizeof(__u64); i++) {
		__u64 value = card_counter(card + i * sizeof(__u64));

		if (value != kernel[i])
			return fault(b, "counter", kernel[i], value);
	}
	return NULL;
}

static const char *compare_hash(struct both *b, const struct both_map *map)
{
	__u8 key[64], value[64];
	const __u8 *card;

	if (bpf_map_get_next_key(map->fd, NULL, key))
		return NULL;
	do {
		card = maps_lookup(b->maps, map->tid, key);
		if (bpf_map_lookup_elem(map->fd, key, value) || !card ||
		    memcmp(value, card, map->value_size))
			return fault(b, "entry", 1, !!card);
	} while (!bpf_map_get_next_key(map->fd, key, key));
	return NULL;
}

const char *both_compare_maps(struct both *b)
{
	const char *difference = NULL;

	for (unsigned int n = 0; n < b->n_maps && !difference; n++) {
		const struct both_map *map = &b->map[n];
		const struct maps_shape *shape = maps_shape(b->maps, map->tid);

		if (map->type == BPF_MAP_TYPE_HASH) {
			difference = compare_hash(b, map);
			continue;
		}
		for (__u32 k = 0; k < shape->max_entries && !difference; k++)
			difference = compare_counters(b, map, k);
	}
	return difference;
}
