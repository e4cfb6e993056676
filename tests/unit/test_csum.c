/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The checksums of replies, for every checksum that a request can have: the
 * code that the packet programs run, judged by summing the reply anew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "reply.h"
#include "wire/frame.h"

#define WORDS 0x10000

struct echo {
	__u8 frame[128];
	size_t len;
	bool v6;
};

static struct ethhdr *eth(struct echo *e)
{
	return (struct ethhdr *)e->frame;
}

static void *ip(struct echo *e)
{
	return e->frame + ETH_HLEN;
}

static struct echo_hdr *icmp(struct echo *e)
{
	return ip(e) + (e->v6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr));
}

static void build(struct echo *e, const struct frame_spec *spec)
{
	int len = frame_build(spec, e->frame, sizeof(e->frame));

	assert_true(len > 0);
	e->len = len;
	e->v6 = spec->family == AF_INET6;
}

static struct frame_spec new_spec(int family)
{
	return (struct frame_spec){
		.family = family,
		.dst_mac = { 2, 0, 0, 0, 0, 2 },
		.src_mac = { 2, 0, 0, 0, 0, 1 },
		.src.s6_addr = { 0x20, 0x01, [12] = 192, 0, 2, 1 },
		.dst.s6_addr = { 0x20, 0x01, [12] = 192, 0, 2, 2 },
		.ttl = 7,
		.payload = 18,
	};
}

static void reply(struct echo *e)
{
	if (e->v6)
		reply_ipv6(eth(e), ip(e), icmp(e));
	else
		reply_ipv4(eth(e), ip(e), icmp(e));
}

static void check_reply(const struct echo *request)
{
	struct echo e = *request;
	const char *fault;

	reply(&e);
	fault = frame_reply_fault(request->frame, request->len, e.frame, e.len);
	if (fault)
		fail_msg("checksum %04x: %s",
			 bpf_ntohs(icmp((struct echo *)request)->checksum),
			 fault);
}

/* Each id makes another checksum, but 0 and 0xffff make the same: there are no
 * more than 0xffff, as no request sums to zero. Return: how many there were.
 */
static unsigned int check_all_ids(int family)
{
	static bool seen[WORDS];
	struct frame_spec spec = new_spec(family);
	unsigned int different = 0;
	struct echo e;

	memset(seen, 0, sizeof(seen));
	for (unsigned int id = 0; id < WORDS; id++) {
		spec.id = id;
		build(&e, &spec);
		different += !seen[icmp(&e)->checksum];
		seen[icmp(&e)->checksum] = true;
		check_reply(&e);
	}
	return different;
}

static void every_icmpv4_checksum_is_updated_right(void **state)
{
	(void)state;
	assert_int_equal(check_all_ids(AF_INET), WORDS - 1);
}

static void every_icmpv6_checksum_is_updated_right(void **state)
{
	(void)state;
	assert_int_equal(check_all_ids(AF_INET6), WORDS - 1);
}

static void build_zeros(struct echo *e, int family)
{
	struct frame_spec spec = new_spec(family);

	spec.zeros = true;
	build(e, &spec);
}

/* Its reply sums to zero, which only the checksum 0xffff is right for. */
static void an_echo_of_zeros_is_updated_right(void **state)
{
	struct echo e;

	(void)state;
	build_zeros(&e, AF_INET);
	check_reply(&e);
	build_zeros(&e, AF_INET6);
	check_reply(&e);
}

/* Sum of the header or message that @check is in, modulo 0xffff. */
static unsigned int fault_of(const struct iphdr *header)
{
	return frame_sum(header, sizeof(*header), 0) % 0xffff;
}

static struct iphdr new_header(__u16 id, __u8 ttl)
{
	struct iphdr header = {
		.version = 4,
		.ihl = 5,
		.tot_len = bpf_htons(84),
		.id = bpf_htons(id),
		.ttl = ttl,
		.protocol = IPPROTO_ICMP,
		.saddr = bpf_htonl(0xc0000201),
		.daddr = bpf_htonl(0xc0000202),
	};

	header.check = bpf_htons(~frame_sum(&header, sizeof(header), 0));
	return header;
}

static void set_reply_ttl(struct iphdr *header)
{
	header->check = csum_ttl(header->check, header->ttl, header->protocol);
	header->ttl = ECHO_REPLY_TTL;
}

static void every_ipv4_header_is_updated_right_from_every_ttl(void **state)
{
	(void)state;
	for (unsigned int id = 0; id < WORDS; id++)
		for (unsigned int ttl = 0; ttl < 256; ttl++) {
			struct iphdr header = new_header(id, ttl);

			set_reply_ttl(&header);
			if (frame_sum(&header, sizeof(header), 0) != 0xffff)
				fail_msg("id %04x, TTL %u: checksum %04x", id,
					 ttl, bpf_ntohs(header.check));
		}
}

/* What a wrong checksum is off by stays the same, modulo 0xffff. */
static void a_wrong_ipv4_header_stays_as_wrong(void **state)
{
	(void)state;
	for (unsigned int check = 0; check < WORDS; check++) {
		struct iphdr header = new_header(0x1234, 1);
		unsigned int fault;

		header.check = check;
		fault = fault_of(&header);
		set_reply_ttl(&header);
		assert_int_equal(fault_of(&header), fault);
	}
}

/* Sum of the message alone: the pseudo header's is the same in the reply. */
static unsigned int message_sum(struct echo *e)
{
	const __u8 *message = (const __u8 *)icmp(e);

	return frame_sum(message, e->frame + e->len - message, 0) % 0xffff;
}

static void check_wrong_checksums(int family)
{
	struct frame_spec spec = new_spec(family);
	struct echo request;

	build(&request, &spec);
	for (unsigned int check = 0; check < WORDS; check++) {
		struct echo e = request;
		unsigned int sum;

		icmp(&e)->checksum = check;
		sum = message_sum(&e);
		reply(&e);
		assert_int_equal(message_sum(&e), sum);
	}
}

static void a_wrong_message_stays_as_wrong(void **state)
{
	(void)state;
	check_wrong_checksums(AF_INET);
	check_wrong_checksums(AF_INET6);
}

/* Rules that were published, all in the host's byte order. */
static __u16 rule_unchanged(__u16 check)
{
	return check;
}

static __u16 rule_without_carry(__u16 check)
{
	return check + ICMPV4_ECHO_REQUEST;
}

static __u16 rule_of_equation_3(__u16 check)
{
	return csum_replace(check, ICMPV4_ECHO_REQUEST, ICMPV4_ECHO_REPLY);
}

static bool is_right(const struct echo *request, __u16 (*rule)(__u16))
{
	struct echo e = *request;
	__u16 check = rule(icmp(&e)->checksum);

	reply(&e);
	icmp(&e)->checksum = check;
	return !frame_reply_fault(request->frame, request->len, e.frame, e.len);
}

/* Return: how many of all requests a rule is wrong for. */
static unsigned int count_wrong(__u16 (*rule)(__u16))
{
	struct frame_spec spec = new_spec(AF_INET);
	unsigned int wrong = 0;
	struct echo e;

	for (unsigned int id = 0; id < WORDS; id++) {
		spec.id = id;
		build(&e, &spec);
		wrong += !is_right(&e, rule);
	}
	build_zeros(&e, AF_INET);
	return wrong + !is_right(&e, rule);
}

/* The judge sees what is wrong, and where a rule is nearly right, too. */
static void published_wrong_rules_are_found_wrong(void **state)
{
	(void)state;
	assert_int_equal(count_wrong(csum_icmpv4_reply), 0);
	assert_int_equal(count_wrong(rule_unchanged), WORDS + 1);
	assert_int_equal(count_wrong(rule_without_carry), 7);
	assert_int_equal(count_wrong(rule_of_equation_3), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_icmpv4_checksum_is_updated_right),
		cmocka_unit_test(every_icmpv6_checksum_is_updated_right),
		cmocka_unit_test(an_echo_of_zeros_is_updated_right),
		cmocka_unit_test(
			every_ipv4_header_is_updated_right_from_every_ttl),
		cmocka_unit_test(a_wrong_ipv4_header_stays_as_wrong),
		cmocka_unit_test(a_wrong_message_stays_as_wrong),
		cmocka_unit_test(published_wrong_rules_are_found_wrong),
	};

	return cmocka_run_group_tests_name("checksums", tests, NULL, NULL);
}
