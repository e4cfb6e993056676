/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>

#include "object_btf.h"

enum colour {
	NEW,
	OPEN, /* on the way from the root */
	DONE,
};

struct step {
	uint32_t id;
	uint32_t next; /* part to look at */
};

struct search {
	const struct btf_file *b;
	uint8_t *colours;
	struct step *way;
	uint32_t length;
};

/* A type may point to itself, but not hold itself. */
static bool holds_parts(const struct btf_type *t)
{
	unsigned int kind = BTF_INFO_KIND(t->info);

	return kind != BTF_KIND_PTR && kind != BTF_KIND_FUNC_PROTO &&
	       kind != BTF_KIND_DECL_TAG;
}

static void enter(struct search *s, uint32_t id)
{
	s->colours[id] = OPEN;
	s->way[s->length++] = (struct step){ .id = id };
}

/* Return: the type that holds itself, 0 if there is none. */
static uint32_t search_from(struct search *s, uint32_t root)
{
	uint32_t part;

	enter(s, root);
	while (s->length) {
		struct step *top = &s->way[s->length - 1];
		const struct btf_type *t = btf_type_of(s->b, top->id);

		if (!holds_parts(t) || !btf_part(t, top->next++, &part)) {
			s->colours[top->id] = DONE;
			s->length--;
		} else if (s->colours[part] == OPEN) {
			return part;
		} else if (part && s->colours[part] == NEW) {
			enter(s, part);
		}
	}
	return 0;
}

int btf_check_cycles(const struct btf_file *b)
{
	struct search s = { .b = b };
	uint32_t found = 0;
	int err = 0;

	s.colours = calloc(b->count, 1);
	s.way = calloc(b->count, sizeof(*s.way));
	if (!s.colours || !s.way)
		err = elf_fail(b->elf, -ENOMEM, "out of memory");
	for (uint32_t id = 1; !err && !found && id < b->count; id++)
		if (s.colours[id] == NEW)
			found = search_from(&s, id);
	if (found)
		err = elf_fail(b->elf, -ENOEXEC,
			       "broken BTF: type %u holds itself", found);
	free(s.colours);
	free(s.way);
	return err;
}
