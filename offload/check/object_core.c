/* SPDX-License-Identifier: GPL-2.0-only */
/* CO-RE relocations: whose layout a program leaves to the machine that loads it.
 */
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "object_btf.h"

/* User space's interface, or the wire's: their layout never changes. Who writes
 * such a type down with other members, or not all of them, has it relocated.
 */
static const struct stable {
	const char *name;
	uint32_t size; /* bytes; 0: it has grown */
	const char *members;
} stable[] = {
	{ "xdp_md", 0,
	  "data data_end data_meta ingress_ifindex rx_queue_index "
	  "egress_ifindex" },
	{ "ethhdr", 14, "h_dest h_source h_proto" },
	{ "iphdr", 20,
	  "ihl version tos tot_len id frag_off ttl protocol check saddr daddr "
	  "addrs" },
	{ "ipv6hdr", 40,
	  "priority version flow_lbl payload_len nexthdr hop_limit saddr daddr "
	  "addrs" },
	{ "in6_addr", 16, "in6_u u6_addr8 u6_addr16 u6_addr32" },
	{ "udphdr", 8, "source dest len check" },
	{ "tcphdr", 20,
	  "source dest seq ack_seq res1 doff fin syn rst psh ack urg ece cwr "
	  "window check urg_ptr" },
	{ "icmphdr", 8,
	  "type code checksum un echo id sequence gateway frag __unused mtu "
	  "reserved" },
	{ "icmp6hdr", 8,
	  "icmp6_type icmp6_code icmp6_cksum icmp6_dataun un_data32 un_data16 "
	  "un_data8 u_echo identifier sequence u_nd_advt u_nd_ra" },
	{ "ipv6_opt_hdr", 2, "nexthdr hdrlen" },
	{ "arphdr", 8, "ar_hrd ar_pro ar_hln ar_pln ar_op" },
	{ "vlan_hdr", 4, "h_vlan_TCI h_vlan_encapsulated_proto" },
	{ "gre_base_hdr", 4, "flags protocol" },
	{ "sctphdr", 12, "source dest vtag checksum" },
	{ "frag_hdr", 8, "nexthdr reserved frag_off identification" },
	{ "igmphdr", 8, "type code csum group" },
	{ "ip_esp_hdr", 8, "spi seq_no enc_data" },
	{ "vlan_ethhdr", 18,
	  "h_dest h_source h_vlan_proto h_vlan_TCI h_vlan_encapsulated_proto "
	  "addrs" },
	{ "ipv6_rt_hdr", 4, "nexthdr hdrlen type segments_left" },
};

static const struct btf_type *bare(const struct btf_file *b, uint32_t id)
{
	const struct btf_type *t = btf_type_of(b, id);
	unsigned int kind = BTF_INFO_KIND(t->info);

	while (kind == BTF_KIND_TYPEDEF || kind == BTF_KIND_CONST ||
	       kind == BTF_KIND_VOLATILE || kind == BTF_KIND_RESTRICT ||
	       kind == BTF_KIND_TYPE_TAG) {
		t = btf_type_of(b, t->type);
		kind = BTF_INFO_KIND(t->info);
	}
	return t;
}

static bool is_composite(const struct btf_type *t)
{
	return BTF_INFO_KIND(t->info) == BTF_KIND_STRUCT ||
	       BTF_INFO_KIND(t->info) == BTF_KIND_UNION;
}

static const struct stable *find_stable(const struct btf_file *b,
					const struct btf_type *t)
{
	const char *name = btf_string(b, t->name_off);

	for (size_t i = 0; i < sizeof(stable) / sizeof(stable[0]); i++)
		if (!strcmp(name, stable[i].name) &&
		    (!stable[i].size || stable[i].size == t->size))
			return &stable[i];
	return NULL;
}

/* One word of many. */
static bool has_member(const struct stable *s, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = s->members; (at = strstr(at, name)); at += len)
		if ((at == s->members || at[-1] == ' ') &&
		    (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* Into the @index-th member. Return: false where it is not a known one; without
 * a name of its own, a type belongs to the one around it.
 */
static bool enter_member(const struct btf_file *b, const struct btf_type **t,
			 const struct stable **s, unsigned long index)
{
	const struct btf_member *member = (const void *)(*t + 1);
	const char *name;

	if (index >= BTF_INFO_VLEN((*t)->info))
		return false;
	name = btf_string(b, member[index].name_off);
	if (*name && !has_member(*s, name))
		return false;
	*t = bare(b, member[index].type);
	if (is_composite(*t) && *btf_string(b, (*t)->name_off))
		*s = find_stable(b, *t);
	return *s;
}

/* @spec: the members on the way, by their index, "0:1:2"; the first number is of
 * an array of the type itself.
 */
static bool is_stable_field(const struct btf_file *b, uint32_t id,
			    const char *spec)
{
	const struct btf_type *t = bare(b, id);
	const struct stable *s = is_composite(t) ? find_stable(b, t) : NULL;
	char *end;

	if (!s || strtoul(spec, &end, 10))
		return false;
	while (*end == ':') {
		unsigned long index = strtoul(end + 1, &end, 10);

		if (is_composite(t)) {
			if (!enter_member(b, &t, &s, index))
				return false;
		} else if (BTF_INFO_KIND(t->info) == BTF_KIND_ARRAY) {
			t = bare(b, ((const struct btf_array *)(t + 1))->type);
		} else {
			return false;
		}
	}
	return !*end;
}

static bool is_stable(const struct btf_file *b,
		      const struct bpf_core_relo *relo)
{
	if (relo->kind > BPF_CORE_FIELD_RSHIFT_U64)
		return relo->kind == BPF_CORE_TYPE_ID_LOCAL;
	return is_stable_field(b, relo->type_id,
			       btf_string(b, relo->access_str_off));
}

bool btf_core_names_kernel(const struct btf_file *b, unsigned int section,
			   uint64_t start, uint64_t end, const char **why)
{
	const uint8_t *at = b->core;
	uint32_t left = b->core_bytes;

	while (left) {
		const struct btf_ext_section *s = (const void *)at;
		bool here = !strcmp(btf_string(b, s->name),
				    elf_section_name(b->elf, section));

		at += sizeof(*s);
		for (uint32_t i = 0; i < s->count; i++, at += b->core_size) {
			const struct bpf_core_relo *relo = (const void *)at;

			if (!here || relo->insn_off < start ||
			    relo->insn_off >= end || is_stable(b, relo))
				continue;
			*why = btf_string(b, bare(b, relo->type_id)->name_off);
			return true;
		}
		left -= sizeof(*s) + s->count * b->core_size;
	}
	return false;
}
