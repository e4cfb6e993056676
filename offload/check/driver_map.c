/* SPDX-License-Identifier: GPL-2.0-only */
/* Maps as they are created (nfp driver, bpf/offload.c nfp_bpf_map_alloc(), and
 * before it the kernel's bpf_map_offload_map_alloc() and what it asks of every
 * map). All maps of an object are held against a card that has no other ones.
 */
#include <errno.h>
#include <limits.h>

#include "profile.h"
#include "driver_insn.h"

#define DMESG "NFP net bpf: "

/* What is left of the card. */
struct room {
	unsigned int maps;
	unsigned int entries;
};

/* Of a file descriptor: the map itself does not keep them. */
#define FD_FLAGS     (BPF_F_RDONLY | BPF_F_WRONLY)
#define PROG_FLAGS   (BPF_F_RDONLY_PROG | BPF_F_WRONLY_PROG)
#define ACCESS_FLAGS (FD_FLAGS | PROG_FLAGS)
#define ARRAY_FLAGS  (BPF_F_NUMA_NODE | BPF_F_MMAPABLE | BPF_F_INNER_MAP)
#define HASH_FLAGS   (BPF_F_NUMA_NODE | BPF_F_NO_PREALLOC | BPF_F_ZERO_SEED)
#define EVENTS_FLAGS (BPF_F_NUMA_NODE | BPF_F_PRESERVE_ELEMS)
#define ARRAY_KEY    4
/* Of x86-64: KMALLOC_MAX_SIZE without a struct htab_elem. */
#define HASH_ELEMENT_MAX ((4U << 20) - 48)

#define no_map(...) (finding_map(__VA_ARGS__), false)

static bool has_all(uint32_t flags, uint32_t both)
{
	return (flags & both) == both;
}

/* kernel/bpf/arraymap.c array_map_alloc_check() */
static int array_shape(const struct code_map *m)
{
	if (m->key != ARRAY_KEY || !m->value || !m->entries ||
	    m->flags & ~(ARRAY_FLAGS | ACCESS_FLAGS))
		return EINVAL;
	return m->value > INT_MAX ? E2BIG : 0;
}

/* kernel/bpf/hashtab.c htab_map_alloc_check() */
static int hash_shape(const struct code_map *m)
{
	if (!m->key || !m->value || !m->entries ||
	    m->flags & ~(HASH_FLAGS | ACCESS_FLAGS))
		return EINVAL;
	return (uint64_t)m->key + m->value >= HASH_ELEMENT_MAX ? E2BIG : 0;
}

/* kernel/bpf/arraymap.c fd_array_map_alloc_check(); libbpf fills in the number
 * of entries.
 */
static int events_shape(const struct code_map *m)
{
	return m->key == ARRAY_KEY && m->value == sizeof(uint32_t) &&
			       !(m->flags & ~(EVENTS_FLAGS | FD_FLAGS))
		       ? 0
		       : EINVAL;
}

/* What the kernel asks before it asks the device, without a word
 * (kernel/bpf/syscall.c map_create(), before it knows of an ifindex).
 */
static bool check_shape(struct checking *c, const struct code_map *m)
{
	int err = 0;

	if (m->type == BPF_MAP_TYPE_ARRAY)
		err = array_shape(m);
	else if (m->type == BPF_MAP_TYPE_HASH)
		err = hash_shape(m);
	else if (m->type == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		err = events_shape(m);
	if (m->extra && m->type != BPF_MAP_TYPE_BLOOM_FILTER)
		err = EINVAL;
	if (has_all(m->flags, FD_FLAGS) || has_all(m->flags, PROG_FLAGS))
		err = EINVAL;
	return err ? no_map(c, RULE_P14, m, err, NULL) : true;
}

static uint32_t round_up_8(uint32_t n)
{
	return (n + 7) & ~7U;
}

static bool type_offered(const struct profile *p, uint32_t type)
{
	return type == BPF_MAP_TYPE_ARRAY ? p->map_array : p->map_hash;
}

static bool check_kind(struct checking *c, const struct code_map *m)
{
	const struct profile *p = c->profile;

	if (m->type != BPF_MAP_TYPE_ARRAY && m->type != BPF_MAP_TYPE_HASH)
		return no_map(c, RULE_P13, m, EINVAL, NULL);
	if (!p->map_array && !p->map_hash)
		return no_map(c, RULE_P0, m, EOPNOTSUPP, NULL);
	if (m->flags & ~FD_FLAGS)
		return no_map(c, RULE_P1, m, EINVAL,
			      DMESG "map flags are not supported");
	if (!type_offered(p, m->type))
		return no_map(c, RULE_P2, m, EOPNOTSUPP,
			      DMESG "map type not supported");
	return true;
}

static bool check_room(struct checking *c, const struct code_map *m,
		       const struct room *left)
{
	if (!left->maps)
		return no_map(c, RULE_P3, m, ENOMEM,
			      DMESG "too many maps for a device");
	if (left->entries < m->entries)
		return no_map(c, RULE_P4, m, ENOMEM,
			      DMESG "map with too many elements: %u, "
				    "left: %u",
			      m->entries, left->entries);
	return true;
}

static bool check_sizes(struct checking *c, const struct code_map *m)
{
	const struct profile *p = c->profile;
	uint32_t element = round_up_8(m->key) + round_up_8(m->value);

	if (element > p->max_element)
		return no_map(c, RULE_P5, m, ENOMEM,
			      DMESG "map elements too large: %u, FW max "
				    "element size (key+value): %u",
			      element, p->max_element);
	if (m->key > p->max_key)
		return no_map(c, RULE_P6, m, ENOMEM,
			      DMESG "map key size %u, FW max is %u", m->key,
			      p->max_key);
	if (m->value > p->max_value)
		return no_map(c, RULE_P7, m, ENOMEM,
			      DMESG "map value size %u, FW max is %u", m->value,
			      p->max_value);
	return true;
}

void driver_check_maps(struct checking *c)
{
	struct room left = {
		.maps = c->profile->max_maps,
		.entries = c->profile->max_entries,
	};

	for (unsigned int i = 0; i < c->code->map_count; i++) {
		const struct code_map *m = &c->code->maps[i];

		/* The one type that stays with the host. */
		if (!check_shape(c, m) ||
		    m->type == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			continue;
		if (!check_kind(c, m) || !check_room(c, m, &left) ||
		    !check_sizes(c, m))
			continue;
		left.maps--;
		left.entries -= m->entries;
	}
}
