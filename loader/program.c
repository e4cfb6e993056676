/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>

#include "array.h"
#include "bpflog.h"
#include "program.h"

/* Kernels before 6.4 fail with ENOSPC where a log does not fit. Memory that
 * is not written costs nothing.
 */
#define LOG_SIZE (8 << 20)

/* Numbers of libbpf's own are not errnos. */
static int plain_errno(int err)
{
	return err < -__LIBBPF_ERRNO__START ? -ENOEXEC : err;
}

static int refuse(struct attempt *why, int err, const char *format,
		  const char *path, const char *detail)
{
	why->stage = STAGE_OPEN;
	why->source = SOURCE_LOADER;
	why->err = err;
	snprintf(why->reason, sizeof(why->reason), format, path, detail);
	return err;
}

static bool is_xdp(const struct bpf_program *prog)
{
	return bpf_program__type(prog) == BPF_PROG_TYPE_XDP &&
	       bpf_program__expected_attach_type(prog) == BPF_XDP;
}

/* "name (section), ..." of every program, or only of those for XDP. */
static void list_programs(const struct bpf_object *obj, bool only_xdp,
			  char *out, size_t room)
{
	struct bpf_program *prog;
	size_t used = 0;

	snprintf(out, room, "none");
	bpf_object__for_each_program(prog, obj) {
		if ((only_xdp && !is_xdp(prog)) || used >= room)
			continue;
		used += snprintf(out + used, room - used, "%s%s (%s)",
				 used ? ", " : "", bpf_program__name(prog),
				 bpf_program__section_name(prog));
	}
}

/* By function, or by a section that holds one program. */
static struct bpf_program *find_named(const struct program *p, const char *name)
{
	struct bpf_program *prog, *found = NULL;

	bpf_object__for_each_program(prog, p->obj) {
		if (!strcmp(bpf_program__name(prog), name))
			return prog;
		if (strcmp(bpf_program__section_name(prog), name))
			continue;
		if (found)
			return NULL;
		found = prog;
	}
	return found;
}

static int choose_named(struct program *p, const char *path, const char *name,
			struct attempt *why)
{
	struct bpf_program *prog = find_named(p, name);
	char programs[512], detail[640];

	if (!prog) {
		list_programs(p->obj, false, programs, sizeof(programs));
		snprintf(detail, sizeof(detail), "%s; it has: %s", name,
			 programs);
		return refuse(why, -ENOENT, "%s has no single program %s", path,
			      detail);
	}
	/* A section that says nothing, as older tools want it. */
	if (bpf_program__type(prog) == BPF_PROG_TYPE_UNSPEC)
		bpf_program__set_type(prog, BPF_PROG_TYPE_XDP);
	else if (!is_xdp(prog))
		return refuse(why, -EINVAL,
			      "%s: program %s is not for an XDP hook", path,
			      name);
	p->prog = prog;
	return 0;
}

static int choose_only(struct program *p, const char *path, struct attempt *why)
{
	struct bpf_program *prog;
	char programs[512];
	int count = 0;

	bpf_object__for_each_program(prog, p->obj) {
		if (!is_xdp(prog))
			continue;
		p->prog = prog;
		count++;
	}
	if (count == 1)
		return 0;
	list_programs(p->obj, count > 1, programs, sizeof(programs));
	if (count)
		return refuse(why, -EINVAL,
			      "%s has several XDP programs; name one as "
			      "FILE:NAME: %s",
			      path, programs);
	return refuse(why, -EINVAL, "%s has no XDP program; it has: %s", path,
		      programs);
}

static int prepare(struct program *p, const char *path, struct attempt *why)
{
	struct bpf_program *prog;
	struct bpf_map *map;

	bpf_object__for_each_program(prog, p->obj)
		bpf_program__set_autoload(prog, prog == p->prog);
	/* A map that was pinned for one device, or by a load that was refused
	 * afterwards, would be taken by the next.
	 */
	bpf_object__for_each_map(map, p->obj)
		bpf_map__set_pin_path(map, NULL);
	p->log = malloc(LOG_SIZE);
	if (!p->log)
		return refuse(why, -ENOMEM, "%s: %s", path, strerror(ENOMEM));
	p->log[0] = '\0';
	bpf_program__set_log_buf(p->prog, p->log, LOG_SIZE);
	return 0;
}

int program_open(const char *path, const char *name, struct program *out,
		 struct attempt *why)
{
	int err;

	memset(out, 0, sizeof(*out));
	if (access(path, R_OK))
		return refuse(why, -errno, "%s: %s", path, strerror(errno));
	bpflog_clear();
	out->obj = bpf_object__open_file(path, NULL);
	if (!out->obj) {
		err = plain_errno(-errno);
		return refuse(why, err,
			      "%s is not a BPF object that libbpf "
			      "can read: %s",
			      path,
			      *bpflog_first() ? bpflog_first()
					      : strerror(-err));
	}
	err = name ? choose_named(out, path, name, why)
		   : choose_only(out, path, why);
	return err ?: prepare(out, path, why);
}

int program_open_mem(const void *elf, size_t size, struct program *out,
		     struct attempt *why)
{
	memset(out, 0, sizeof(*out));
	out->obj = bpf_object__open_mem(elf, size, NULL);
	if (!out->obj)
		return refuse(why, plain_errno(-errno), "%s: %s",
			      "built-in object", bpflog_first());
	out->prog = bpf_object__next_program(out->obj, NULL);
	return prepare(out, "built-in object", why);
}

void program_bind(struct program *p, int ifindex)
{
	struct bpf_map *map;

	bpf_program__set_ifindex(p->prog, ifindex);
	bpf_object__for_each_map(map, p->obj) {
		if (bpf_map__type(map) != BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			bpf_map__set_ifindex(map, ifindex);
	}
}

int program_load(struct program *p)
{
	bpflog_clear();
	return plain_errno(bpf_object__load(p->obj));
}

int program_fd(const struct program *p)
{
	return bpf_program__fd(p->prog);
}

bool program_has_frags(const struct program *p)
{
	return bpf_program__flags(p->prog) & BPF_F_XDP_HAS_FRAGS;
}

void program_close(struct program *p)
{
	bpf_object__close(p->obj);
	free(p->log);
	memset(p, 0, sizeof(*p));
}

int program_probe_offload(int ifindex)
{
	const struct bpf_insn pass[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = XDP_PASS },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .prog_ifindex = ifindex);
	int fd = bpf_prog_load(BPF_PROG_TYPE_XDP, "probe", "GPL", pass,
			       ARRAY_SIZE(pass), &opts);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}
