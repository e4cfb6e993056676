/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "object_btf.h"

const struct btf_type *btf_type_of(const struct btf_file *b, uint32_t id)
{
	static const struct btf_type none;

	return id ? (const void *)(b->types + b->offsets[id]) : &none;
}

const char *btf_string(const struct btf_file *b, uint32_t offset)
{
	return b->strings + offset;
}

static int broken(const struct btf_file *b, const char *what)
{
	return elf_fail(b->elf, -ENOEXEC, "broken BTF: %s", what);
}

/* Bytes of a type with all its parts; 0: not known. */
static uint64_t type_size(const struct btf_type *t)
{
	static const uint8_t once[NR_BTF_KINDS] = {
		[BTF_KIND_INT] = sizeof(uint32_t),
		[BTF_KIND_ARRAY] = sizeof(struct btf_array),
		[BTF_KIND_VAR] = sizeof(struct btf_var),
		[BTF_KIND_DECL_TAG] = sizeof(struct btf_decl_tag),
	};
	static const uint8_t each[NR_BTF_KINDS] = {
		[BTF_KIND_ENUM] = sizeof(struct btf_enum),
		[BTF_KIND_ENUM64] = sizeof(struct btf_enum64),
		[BTF_KIND_STRUCT] = sizeof(struct btf_member),
		[BTF_KIND_UNION] = sizeof(struct btf_member),
		[BTF_KIND_FUNC_PROTO] = sizeof(struct btf_param),
		[BTF_KIND_DATASEC] = sizeof(struct btf_var_secinfo),
	};
	unsigned int kind = BTF_INFO_KIND(t->info);

	if (kind == BTF_KIND_UNKN || kind >= NR_BTF_KINDS)
		return 0;
	return sizeof(*t) + once[kind] +
	       (uint64_t)each[kind] * BTF_INFO_VLEN(t->info);
}

static int index_types(struct btf_file *b, uint32_t bytes)
{
	uint64_t at = 0, size;

	b->offsets = calloc(bytes / sizeof(struct btf_type) + 1,
			    sizeof(*b->offsets));
	if (!b->offsets)
		return elf_fail(b->elf, -ENOMEM, "out of memory");
	for (b->count = 1; at < bytes; b->count++) {
		if (bytes - at < sizeof(struct btf_type))
			return broken(b, "its types are cut off");
		size = type_size((const void *)(b->types + at));
		if (!size)
			return elf_fail(b->elf, -ENOEXEC,
					"broken BTF: type %u is of no known "
					"kind",
					b->count);
		if (size > bytes - at)
			return broken(b, "its types are cut off");
		b->offsets[b->count] = at;
		at += size;
	}
	if (b->count > OBJECT_TYPES_MAX)
		return elf_fail(b->elf, -EFBIG,
				"%u types in BTF; at most %u are read",
				b->count, OBJECT_TYPES_MAX);
	return 0;
}

/* Sums of 32-bit numbers, in 64 bits. */
static int check_header(const struct btf_file *b, const struct btf_header *h,
			uint64_t size)
{
	if (size < sizeof(*h) || h->magic != BTF_MAGIC)
		return broken(b, "no header");
	if (h->hdr_len < sizeof(*h) || h->hdr_len % 4 || h->hdr_len > size)
		return broken(b, "length of its header");
	size -= h->hdr_len;
	if (h->type_off % 4 || (uint64_t)h->type_off + h->type_len > h->str_off)
		return broken(b, "place of its types");
	if (!h->str_len || (uint64_t)h->str_off + h->str_len > size)
		return broken(b, "place of its strings");
	return 0;
}

int btf_open(struct btf_file *b, const struct elf *elf)
{
	unsigned int section = elf_find_section(elf, ".BTF");
	const struct btf_header *h;
	int err;

	memset(b, 0, sizeof(*b));
	b->elf = elf;
	if (!section)
		return 0;
	if (elf->sections[section].sh_offset % 4)
		return broken(b, "not aligned");
	h = elf_section_data(elf, section);
	err = check_header(b, h, elf->sections[section].sh_size);
	if (err)
		return err;
	b->types = (const uint8_t *)h + h->hdr_len + h->type_off;
	b->strings = (const char *)h + h->hdr_len + h->str_off;
	b->string_bytes = h->str_len;
	if (b->strings[0] || b->strings[h->str_len - 1])
		return broken(b, "its strings do not end");
	err = index_types(b, h->type_len);
	err = err ?: btf_check_types(b);
	err = err ?: btf_check_cycles(b);
	return err ?: btf_check_ext(b);
}

void btf_close(struct btf_file *b)
{
	free(b->offsets);
	b->offsets = NULL;
}
