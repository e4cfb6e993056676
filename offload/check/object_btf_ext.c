/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>

#include "object_btf.h"

/* As clang writes them and the kernel takes them; libbpf has no public names
 * for these (its btf.c, struct btf_ext_header and btf_ext_info_sec).
 */
struct ext_header {
	uint16_t magic;
	uint8_t version;
	uint8_t flags;
	uint32_t hdr_len;
	uint32_t func_off, func_len;
	uint32_t line_off, line_len;
	uint32_t core_off, core_len;
};

enum ext_kind {
	EXT_FUNC,
	EXT_LINE,
	EXT_CORE,
};

static int broken(const struct btf_file *b, const char *what)
{
	return elf_fail(b->elf, -ENOEXEC, "broken BTF.ext: %s", what);
}

/* All of them begin with the place of an instruction. */
static bool record_fits(const struct btf_file *b, enum ext_kind kind,
			const void *record)
{
	const struct bpf_func_info *func = record;
	const struct bpf_line_info *line = record;
	const struct bpf_core_relo *core = record;
	const uint32_t *insn_off = record;

	if (*insn_off % sizeof(struct bpf_insn))
		return false;
	switch (kind) {
	case EXT_FUNC:
		return func->type_id < b->count &&
		       BTF_INFO_KIND(btf_type_of(b, func->type_id)->info) ==
			       BTF_KIND_FUNC;
	case EXT_LINE:
		return line->file_name_off < b->string_bytes &&
		       line->line_off < b->string_bytes;
	default:
		return core->type_id < b->count &&
		       core->access_str_off < b->string_bytes;
	}
}

static int check_records(const struct btf_file *b, enum ext_kind kind,
			 const uint8_t *at, uint32_t left, uint32_t size)
{
	const struct btf_ext_section *s;

	while (left) {
		s = (const void *)at;
		if (left < sizeof(*s) || !s->count ||
		    s->count > (left - sizeof(*s)) / size)
			return broken(b, "its records are cut off");
		if (!s->name || s->name >= b->string_bytes)
			return broken(b, "a section without a name");
		at += sizeof(*s);
		for (uint32_t i = 0; i < s->count; i++, at += size)
			if (!record_fits(b, kind, at))
				return broken(b, "a record about nothing");
		left -= sizeof(*s) + s->count * size;
	}
	return 0;
}

/* The number of bytes of a record, then sections of them. */
static int check_part(struct btf_file *b, enum ext_kind kind,
		      const uint8_t *start, uint64_t room, uint32_t off,
		      uint32_t len)
{
	static const uint32_t least[] = {
		[EXT_FUNC] = sizeof(struct bpf_func_info),
		[EXT_LINE] = sizeof(struct bpf_line_info),
		[EXT_CORE] = sizeof(struct bpf_core_relo),
	};
	uint32_t size;

	if (!len)
		return 0;
	if (off % 4 || len % 4 || (uint64_t)off + len > room)
		return broken(b, "records outside of it");
	memcpy(&size, start + off, sizeof(size));
	if (len < 2 * sizeof(size) || size < least[kind] || size % 4 ||
	    size > 256)
		return broken(b, "size of its records");
	start += off + sizeof(size);
	len -= sizeof(size);
	if (kind == EXT_CORE) {
		b->core = start;
		b->core_bytes = len;
		b->core_size = size;
	}
	return check_records(b, kind, start, len, size);
}

int btf_check_ext(struct btf_file *b)
{
	unsigned int section = elf_find_section(b->elf, ".BTF.ext");
	struct ext_header h = {};
	const uint8_t *data;
	uint64_t size;
	int err;

	if (!section)
		return 0;
	data = elf_section_data(b->elf, section);
	size = b->elf->sections[section].sh_size;
	if (b->elf->sections[section].sh_offset % 4)
		return broken(b, "not aligned");
	if (size < offsetof(struct ext_header, core_off))
		return broken(b, "no header");
	memcpy(&h, data, size < sizeof(h) ? size : sizeof(h));
	if (h.magic != BTF_MAGIC || h.version != BTF_VERSION || h.flags ||
	    h.hdr_len < offsetof(struct ext_header, core_off) ||
	    h.hdr_len % 4 || h.hdr_len > size)
		return broken(b, "its header");
	if (h.hdr_len < sizeof(h))
		h.core_len = 0;
	data += h.hdr_len;
	size -= h.hdr_len;
	err = check_part(b, EXT_FUNC, data, size, h.func_off, h.func_len);
	err = err
		      ?: check_part(b, EXT_LINE, data, size, h.line_off,
				    h.line_len);
	return err
		       ?: check_part(b, EXT_CORE, data, size, h.core_off,
				     h.core_len);
}
