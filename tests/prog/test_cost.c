/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a responder costs frames that are none of its business: no counter
 * moves, and at most LIMIT_NS more than a program that does nothing.
 */
#include <fcntl.h>
#include <linux/if_link.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "array.h"
#include "runner.h"
#include "wire/cases.h"

#define HOSTS wire_documentation_hosts

/*
 * Slices of a million runs, each beside one of the program that does nothing.
 * The best slice counts, as the others measure who else is busy. Where in
 * memory programs happen to lie matters by a nanosecond or two: while there is
 * a frame over the limit, all is measured again with programs loaded anew.
 */
enum {
	LIMIT_NS = 5,
	SLICE = 10000,
	SLICES = 100,
	MAX_LOADS = 10,
};

struct bystander {
	const char *name;
	int family;
	unsigned int n_tags;
	__u16 proto; /* EtherType; 0 as it is */
	__u8 next;   /* protocol or next header */
	__u8 type;   /* first byte behind the IP header */
};

static const struct bystander bystanders[] = {
	{ "ARP", AF_INET, 0, ETH_P_ARP, 0, 0 },
	{ "LLDP", AF_INET, 0, ETH_P_LLDP, 0, 0 },
	{ "UDP over IPv4", AF_INET, 0, 0, IPPROTO_UDP, 0 },
	{ "TCP over IPv4", AF_INET, 0, 0, IPPROTO_TCP, 0 },
	{ "UDP over IPv6", AF_INET6, 0, 0, IPPROTO_UDP, 0 },
	{ "TCP over IPv6", AF_INET6, 0, 0, IPPROTO_TCP, 0 },
	{ "TCP over IPv4, one tag", AF_INET, 1, 0, IPPROTO_TCP, 0 },
	{ "UDP over IPv6, two tags", AF_INET6, 2, 0, IPPROTO_UDP, 0 },
	{ "echo reply", AF_INET, 0, 0, IPPROTO_ICMP, 0 },
	{ "neighbour solicitation", AF_INET6, 0, 0, IPPROTO_ICMPV6, 135 },
};

struct frame {
	__u8 data[256];
	int len;
};

static void build(struct frame *f, int family, unsigned int n_tags)
{
	const struct wire_addrs *a =
		family == AF_INET ? &HOSTS.ip4 : &HOSTS.ip6;
	struct frame_spec spec = {
		.family = family,
		.n_tags = n_tags,
		.tag = { { ETH_P_8021Q, 1 }, { ETH_P_8021Q, 2 } },
		.src = a->client,
		.dst = a->server,
		.payload = 64,
	};

	f->len = frame_build(&spec, f->data, sizeof(f->data));
	assert_true(f->len > 0);
}

static void build_bystander(struct frame *f, const struct bystander *b)
{
	size_t l3 = ETH_HLEN + 4 * b->n_tags;

	build(f, b->family, b->n_tags);
	if (b->proto) {
		f->data[l3 - 2] = b->proto >> 8;
		f->data[l3 - 1] = b->proto;
	}
	f->data[l3 + (b->family == AF_INET ? 9 : 6)] = b->next;
	f->data[l3 + (b->family == AF_INET ? 20 : 40)] = b->type;
}

/* Return: mean of a slice, in ns. */
static unsigned int run_slice(int prog, const struct frame *f)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = f->data,
		    .data_size_in = f->len, .repeat = SLICE);

	assert_int_equal(bpf_prog_test_run_opts(prog, &opts), 0);
	return opts.duration;
}

static void keep_best(unsigned int *best, unsigned int ns)
{
	if (ns < *best)
		*best = ns;
}

/* Best of a program, and of the one that passes all, with one frame. */
struct cost {
	unsigned int prog_ns;
	unsigned int pass_ns;
};

static bool is_over_limit(const struct cost *cost)
{
	return cost->prog_ns > cost->pass_ns + LIMIT_NS;
}

static bool is_any_over_limit(const struct cost *costs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_over_limit(&costs[i]))
			return true;
	return false;
}

/* The program that does nothing, and both out of the dispatcher's way. */
struct pass {
	struct bpf_object *obj;
	int prog;
	int ns[2];
};

/*
 * A test run of many enters an XDP program in the kernel's dispatcher and takes
 * it out again, which patches code and waits for other CPUs. One that is
 * attached stays in there: here to the loopback device of an empty namespace.
 *
 * Return: the namespace, which lives until it is closed.
 */
static int attach_somewhere(int prog)
{
	int ns;

	assert_int_equal(unshare(CLONE_NEWNET), 0);
	ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	assert_true(ns >= 0);
	assert_int_equal(bpf_xdp_attach(1, prog, XDP_FLAGS_SKB_MODE, NULL), 0);
	return ns;
}

static void open_pass(struct pass *pass, const struct runner *r)
{
	const char *name = r->variant->tc ? "pass_tc" : "pass_xdp";
	char path[256];

	snprintf(path, sizeof(path), "%s/tests/prog/pass.bpf.o",
		 getenv("BUILD") ?: "build");
	pass->obj = bpf_object__open_file(path, NULL);
	assert_non_null(pass->obj);
	assert_int_equal(bpf_object__load(pass->obj), 0);
	pass->prog = bpf_program__fd(
		bpf_object__find_program_by_name(pass->obj, name));
	pass->ns[0] = r->variant->tc ? -1 : attach_somewhere(pass->prog);
	pass->ns[1] = r->variant->tc ? -1 : attach_somewhere(r->prog);
}

static void close_pass(struct pass *pass)
{
	bpf_object__close(pass->obj);
	close(pass->ns[0]);
	close(pass->ns[1]);
}

static void measure_once(const struct runner *r, const struct frame *frames,
			 struct cost *costs, size_t n)
{
	struct pass pass;

	open_pass(&pass, r);
	memset(costs, 0xff, n * sizeof(*costs));
	for (int i = 0; i < SLICES; i++)
		for (size_t j = 0; j < n; j++) {
			keep_best(&costs[j].pass_ns,
				  run_slice(pass.prog, &frames[j]));
			keep_best(&costs[j].prog_ns,
				  run_slice(r->prog, &frames[j]));
		}
	close_pass(&pass);
}

static void measure(struct runner *r, const struct frame *frames,
		    struct cost *costs, size_t n)
{
	for (int i = 0; i < MAX_LOADS; i++) {
		measure_once(r, frames, costs, n);
		if (!is_any_over_limit(costs, n))
			break;
		runner_load_again(r);
	}
}

/*
 * This also says that no map is looked at on the way: one look into a hash
 * costs more, as the next test shows.
 */
static void bystanders_cost_next_to_nothing(void **state)
{
	struct frame frames[ARRAY_SIZE(bystanders)];
	struct cost costs[ARRAY_SIZE(bystanders)];
	struct runner *r = runner_get(state);
	size_t n = ARRAY_SIZE(bystanders);

	for (size_t i = 0; i < n; i++)
		build_bystander(&frames[i], &bystanders[i]);
	measure(r, frames, costs, n);
	for (size_t i = 0; i < n; i++)
		print_message("# Cost of %s: %u ns, nothing %u ns\n",
			      bystanders[i].name, costs[i].prog_ns,
			      costs[i].pass_ns);
	assert_true(runner_counters_match(r));
	assert_false(is_any_over_limit(costs, n));
}

/* What needs a map is seen to cost more than the limit. */
static void a_lookup_costs_more_than_the_limit(void **state)
{
	struct runner *r = runner_get(state);
	struct cost cost;
	struct frame f;

	build(&f, AF_INET, 0);
	measure_once(r, &f, &cost, 1);
	print_message("# Cost of a request to another: %u ns, nothing %u ns\n",
		      cost.prog_ns, cost.pass_ns);
	assert_true(is_over_limit(&cost));
	assert_false(runner_counters_match(r));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_VARIANT(bystanders_cost_next_to_nothing, ECHO_XDP),
		ON_VARIANT(bystanders_cost_next_to_nothing, ECHO_HW),
		ON_VARIANT(bystanders_cost_next_to_nothing, ECHO_TC),
		ON_VARIANT(a_lookup_costs_more_than_the_limit, ECHO_XDP),
		ON_VARIANT(a_lookup_costs_more_than_the_limit, ECHO_HW),
		ON_VARIANT(a_lookup_costs_more_than_the_limit, ECHO_TC),
	};

	return cmocka_run_group_tests_name("cost", tests, NULL,
					   runner_close_all);
}
