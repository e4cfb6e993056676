/* SPDX-License-Identifier: GPL-2.0-only */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "validate/report.h"

const char *ending_name(enum ending ending)
{
	static const char *const names[] = {
		[ENDING_RIGHT] = "right",
		[ENDING_WRONG] = "wrong",
		[ENDING_SILENT] = "no reply",
		[ENDING_LOST] = "interface lost",
		[ENDING_INTERRUPTED] = "interrupted",
		[ENDING_ERROR] = "error",
	};

	return names[ending];
}

static json_t *text_of(const struct in6_addr *addr)
{
	char text[INET6_ADDRSTRLEN];

	address_text(addr, text);
	return json_string(text);
}

static json_t *families(const struct run *run)
{
	json_t *out = json_array();

	for (int v6 = 0; v6 < 2; v6++) {
		const struct end_family *f = &run->end->family[v6];
		json_t *one = json_pack("{s:s, s:b, s:b}", "family",
					v6 ? "IPv6" : "IPv4", "asked", f->asked,
					"answered", run->answered[v6]);

		if (f->asked) {
			json_object_set_new(one, "server", text_of(&f->server));
			json_object_set_new(one, "client", text_of(&f->client));
			json_object_set_new(one, "host", json_boolean(f->host));
		} else {
			json_object_set_new(one, "why",
					    json_string(f->why_not));
		}
		json_array_append_new(out, one);
	}
	return out;
}

static void add_count(json_t *to, const char *name, unsigned long count)
{
	json_object_set_new(to, name, json_integer(count));
}

static json_t *faults(const struct tally *t)
{
	json_t *out = json_array();

	for (int i = 0; i < FAULTS_MAX && t->fault[i].fault; i++)
		json_array_append_new(
			out, json_pack("{s:s, s:I}", "fault", t->fault[i].fault,
				       "count", (json_int_t)t->fault[i].count));
	return out;
}

static void add_known(json_t *to, const char *why, unsigned long count)
{
	if (count)
		json_array_append_new(to,
				      json_pack("{s:s, s:I}", "difference", why,
						"count", (json_int_t)count));
}

static json_t *known(const struct tally *t)
{
	json_t *out = json_array();

	for (int bit = 0; bit < HOST_DIFFERENCES; bit++)
		add_known(out, host_difference_text(bit), t->difference[bit]);
	for (int s = 0; s < WIRE_SILENCES; s++)
		add_known(out, silence_text(s), t->silence[s]);
	return out;
}

static json_t *group(const struct tally *t)
{
	static const char *const left_names[LEFT_COUNT] = {
		[LEFT_SHORT] = "left_out_short",
		[LEFT_LONG] = "left_out_long",
		[LEFT_DROPPED] = "left_out_dropped",
		[LEFT_FILTERED] = "filtered",
	};
	json_t *out = json_pack("{s:s, s:s, s:b}", "family",
				t->family == AF_INET ? "IPv4" : "IPv6", "group",
				group_name(t->group), "complete", t->done);

	add_count(out, "sent", t->sent);
	for (int o = 0; o < OUTCOME_COUNT; o++)
		add_count(out, outcome_name(o), t->outcome[o]);
	for (int left = 0; left < LEFT_COUNT; left++)
		add_count(out, left_names[left], t->left_out[left]);
	json_object_set_new(out, "faults", faults(t));
	json_object_set_new(out, "differences", known(t));
	return out;
}

static json_t *hex(const struct bytes *b)
{
	char *text = malloc(2 * b->len + 1);
	json_t *out;

	if (!b->len || !text) {
		free(text);
		return json_null();
	}
	for (size_t i = 0; i < b->len; i++)
		sprintf(text + 2 * i, "%02x", b->data[i]);
	out = json_string(text);
	free(text);
	return out;
}

static json_t *failures(const struct run *run)
{
	json_t *out = json_array();

	for (size_t i = 0; i < run->failures; i++) {
		const struct failure *f = &run->failure[i];

		json_array_append_new(out,
				      json_pack("{s:s, s:s, s:o, s:o, s:o}",
						"case", f->name, "fault",
						f->fault, "sent", hex(&f->sent),
						"expected", hex(&f->expected),
						"received", hex(&f->received)));
	}
	return out;
}

/* By the names of a responder's counters, which count the same. */
static json_t *requests(const struct run *run)
{
	static const char *const names[ECHO_VERDICTS] = {
		[ECHO_LEFT_TO_HOST] = "left_to_host",
		[ECHO_MALFORMED] = "malformed",
		[ECHO_NOT_OURS] = "not_ours",
		[ECHO_DROPPED] = "dropped",
		[ECHO_REPLIED_IPV4] = "replied_ipv4",
		[ECHO_REPLIED_IPV6] = "replied_ipv6",
	};
	json_t *out = json_object();

	for (int v = 0; v < ECHO_VERDICTS; v++)
		add_count(out, names[v], run->requests[v]);
	return out;
}

void report_json(const struct run *run, enum ending ending)
{
	static const char *const kinds[] = {
		[END_OURS] = "responder",
		[END_STRANGER] = "stranger",
		[END_KERNEL] = "kernel",
	};
	const struct end *end = run->end;
	json_t *groups = json_array();
	json_t *out =
		json_pack("{s:s, s:s, s:s, s:s, s:s?, s:b, s:b}", "end",
			  end->name, "peer", run->options->peer, "kind",
			  kinds[end->kind], "is", end->is, "mode",
			  end->mode == MODE_NONE ? NULL : mode_name(end->mode),
			  "any", end->any, "pads_short_frames", end->pads);

	json_object_set_new(out, "families", families(run));
	for (int i = 0; i < run->tallies; i++)
		json_array_append_new(groups, group(&run->tally[i]));
	json_object_set_new(out, "groups", groups);
	json_object_set_new(out, "requests", requests(run));
	add_count(out, "largest_frame_bytes", end->frame_max);
	add_count(out, "strays", run->strays);
	json_object_set_new(out, "failures", failures(run));
	json_object_set_new(out, "result", json_string(ending_name(ending)));
	json_dumpf(out, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(out);
}
