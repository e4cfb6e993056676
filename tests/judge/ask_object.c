/* SPDX-License-Identifier: GPL-2.0-only */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "bpflog.h"

/* How often an object is tried, where others' maps are on their way out. */
#define TRIES	4
#define WAIT_US 100000

/* Bind the program and the maps to the card, as a user's loader has to. */
static void bind_to_card(struct ask *ask, struct bpf_object *obj,
			 struct bpf_program *only)
{
	struct bpf_program *prog;
	struct bpf_map *map;

	bpf_object__for_each_program(prog, obj)
		bpf_program__set_autoload(prog, prog == only);
	bpf_object__for_each_map(map, obj) {
		bpf_map__set_pin_path(map, NULL);
		if (bpf_map__type(map) != BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			bpf_map__set_ifindex(map, ask->ifindex);
	}
	bpf_program__set_ifindex(only, ask->ifindex);
	bpf_program__set_log_buf(only, ask->log, ASK_LOG_SIZE);
	bpf_program__set_log_level(only, 4);
	ask->log[0] = '\0';
}

/* The @n-th program for XDP on an interface, NULL: there are less. */
static struct bpf_program *nth_program(struct bpf_object *obj, unsigned int n)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		if (bpf_program__type(prog) != BPF_PROG_TYPE_XDP ||
		    bpf_program__expected_attach_type(prog) != BPF_XDP)
			continue;
		if (!n--)
			return prog;
	}
	return NULL;
}

static void load(struct ask *ask, struct bpf_object *obj,
		 struct bpf_program *prog, struct answer *answer)
{
	int err;

	bind_to_card(ask, obj, prog);
	bpflog_clear();
	err = bpf_object__load(obj);
	if (!err) {
		ask_loaded(ask, answer, bpf_program__fd(prog));
		return;
	}
	ask_refused(ask, answer, -err);
	if (bpflog_refused_map())
		answer->stage = ANSWER_MAP;
}

/* Return: whether there is such a program. *@done: its line is printed; it is
 * not where maps of programs before were in its way, unless this is the @last
 * try.
 */
static bool ask_nth(struct ask *ask, const char *path, unsigned int n,
		    bool last, bool *done)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);
	struct answer answer = { .name = path, .stage = ANSWER_OPEN };
	struct bpf_program *prog = obj ? nth_program(obj, n) : NULL;
	char *name = NULL;

	if (!obj)
		answer.err = errno;
	else if (!prog)
		answer.err = ENOENT;
	else if (asprintf(&name, "%s:%s", path, bpf_program__name(prog)) > 0)
		answer.name = name;
	if (prog && !ask->skip)
		load(ask, obj, prog, &answer);
	*done = last || !ask_is_busy(&answer);
	if (*done && (prog || !n)) {
		if (ask->skip) {
			ask->skip--;
		} else {
			answer_print(&answer);
			ask->left--;
		}
	}
	free(name);
	bpf_object__close(obj);
	return prog;
}

static bool ask_patiently(struct ask *ask, const char *path, unsigned int n)
{
	bool done = false, there = false;

	for (unsigned int try = 1; !done; try++) {
		there = ask_nth(ask, path, n, try == TRIES, &done);
		if (!done)
			usleep(WAIT_US);
	}
	return there;
}

void ask_object(struct ask *ask, const char *path)
{
	unsigned int n = 0;

	bpflog_take(false);
	while (ask->left && ask_patiently(ask, path, n))
		n++;
}
