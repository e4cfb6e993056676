/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "bare.skel.h"
#include "bench/answer.h"
#include "bench/attach.h"
#include "child.h"
#include "tc.h"
#include "xdp_netlink.h"

int bench_program(void)
{
	int fd = memfd_create("bare", MFD_CLOEXEC);
	const void *elf;
	size_t size;

	if (fd < 0)
		return -errno;
	elf = bare__elf_bytes(&size);
	if (write(fd, elf, size) == (ssize_t)size)
		return fd;
	close(fd);
	return -EIO;
}

/* offload-load beside this program, or else where PATH has it. */
static void loader_path(char *out, size_t room)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (len > 0) {
		exe[len] = '\0';
		*strrchr(exe, '/') = '\0';
		snprintf(out, room, "%s/" BENCH_LOADER, exe);
		if (!access(out, X_OK))
			return;
	}
	snprintf(out, room, BENCH_LOADER);
}

/* The last line of what it said on standard error, but for warnings. */
static void last_words(const char *said, char *why, size_t room)
{
	const char *line = said, *last = "it did not say why";
	size_t len;

	for (; *line; line += len + !!line[len]) {
		len = strcspn(line, "\n");
		if (len && *line != '\t' && !strstr(line, ": warning: "))
			last = line;
	}
	snprintf(why, room, "%.*s", (int)strcspn(last, "\n"), last);
}

static enum exit_code understand(const struct child *child,
				 struct bench_attached *out, char *why,
				 size_t room)
{
	struct bench_answer answer;
	int err = bench_answer_parse(child->out, &answer);

	if (err || (child->status && child->status != EXIT_REFUSED)) {
		last_words(child->err, why, room);
		return child->status > EXIT_OK && child->status < EXIT_MISMATCH
			       ? (enum exit_code)child->status
			       : EXIT_UNAVAILABLE;
	}
	if (answer.mode == MODE_NONE) {
		snprintf(why, room, "%s", answer.why);
		return EXIT_REFUSED;
	}
	out->mode = answer.mode;
	out->prog_id = answer.prog_id;
	return EXIT_OK;
}

static enum exit_code load(struct bench *b, char *const argv[],
			   struct bench_attached *out, char *why, size_t room)
{
	struct child child;
	enum exit_code code;
	int err = child_run(argv, b->iface.netns, &child);

	if (err) {
		child_free(&child);
		snprintf(why, room, "%s does not run: %s", argv[0],
			 strerror(-err));
		return EXIT_UNAVAILABLE;
	}
	if (b->options->verbose)
		fputs(child.err, stderr);
	code = understand(&child, out, why, room);
	child_free(&child);
	return code;
}

/* In driver mode, else in generic: only its own mode would not say what a bare
 * program costs there.
 */
static enum exit_code load_baseline(struct bench *b, char *loader,
				    struct bench_attached *out, char *why,
				    size_t room)
{
	char file[64];
	char *argv[] = { loader,   b->iface.dev.name, "--driver",
			 "--json", "--program",	      file,
			 NULL };

	snprintf(file, sizeof(file), "/proc/%d/fd/%d", getpid(), b->program);
	return load(b, argv, out, why, room);
}

static enum exit_code load_responder(struct bench *b, char *loader,
				     unsigned int targets,
				     struct bench_attached *out, char *why,
				     size_t room)
{
	char mode[16], *answer = bench_ends_answer(&b->ends, targets);
	char *argv[] = { loader,   b->iface.dev.name, mode,   "--only",
			 "--json", "--answer",	      answer, NULL };
	enum exit_code code = EXIT_UNAVAILABLE;

	snprintf(mode, sizeof(mode), "--%s", bench_mode_name(out->as));
	if (answer)
		code = load(b, argv, out, why, room);
	else
		snprintf(why, room, "%s", strerror(ENOMEM));
	free(answer);
	return code;
}

enum exit_code bench_attach(struct bench *b, enum bench_mode mode,
			    unsigned int targets, struct bench_attached *out,
			    char *why, size_t room)
{
	char loader[PATH_MAX + sizeof(BENCH_LOADER)];

	*out = (struct bench_attached){ .as = mode, .mode = MODE_NONE };
	loader_path(loader, sizeof(loader));
	if (mode == BENCH_STACK)
		return EXIT_OK;
	if (mode == BENCH_BASELINE)
		return load_baseline(b, loader, out, why, room);
	return load_responder(b, loader, targets, out, why, room);
}

static int detach_xdp(struct bench *b, const struct bench_attached *attached)
{
	int fd = bpf_prog_get_fd_by_id(attached->prog_id), err;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	err = xdp_attach(&b->iface.nl, b->iface.dev.ifindex, attached->mode, -1,
			 fd);
	close(fd);
	return err;
}

static int detach_tc(struct bench *b, const struct bench_attached *attached)
{
	int ifindex = b->iface.dev.ifindex, lock, err;
	struct tc_state state;

	lock = tc_lock(ifindex);
	if (lock < 0)
		return lock;
	err = tc_query(&b->iface.nl, ifindex, &state);
	if (!err && state.id == attached->prog_id)
		err = tc_detach(&b->iface.nl, ifindex);
	close(lock);
	return err;
}

int bench_detach(struct bench *b, struct bench_attached *attached)
{
	enum xdp_mode mode = attached->mode;
	int err = 0;

	if (mode == MODE_TC)
		err = detach_tc(b, attached);
	else if (mode != MODE_NONE)
		err = detach_xdp(b, attached);
	attached->mode = MODE_NONE;
	return err;
}
