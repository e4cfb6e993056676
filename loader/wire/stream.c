/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <linux/if_link.h>

#include "array.h"
#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

static const struct stream_sender *const senders[] = {
	&stream_live,
	&stream_xsk,
	&stream_ring,
};

const char *stream_sender_name(unsigned int n)
{
	return n < ARRAY_SIZE(senders) ? senders[n]->name : NULL;
}

const char *stream_sender_text(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(senders); i++)
		if (!strcmp(senders[i]->name, name))
			return senders[i]->text;
	return NULL;
}

/* What the verifier says is of no use where the program is ours. */
static int load(struct stream *s)
{
	libbpf_print_fn_t before = libbpf_set_print(NULL);
	int err = -ENOMEM;

	s->skel = stream_xdp__open();
	if (s->skel) {
		err = stream_heads_init(s);
		bpf_program__set_type(s->skel->progs.stream_send,
				      BPF_PROG_TYPE_XDP);
		err = err ?: stream_xdp__load(s->skel);
	}
	libbpf_set_print(before);
	return err;
}

/* By a link, which ends with its last process. */
static int attach(struct stream *s)
{
	static const struct {
		const char *name;
		__u32 flags;
	} modes[] = {
		{ "driver", XDP_FLAGS_DRV_MODE },
		{ "generic", XDP_FLAGS_SKB_MODE },
	};
	int prog = bpf_program__fd(s->skel->progs.stream_receive);

	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		LIBBPF_OPTS(bpf_link_create_opts, opts,
			    .flags = modes[i].flags);

		s->link = bpf_link_create(prog, s->ifindex, BPF_XDP, &opts);
		s->mode = modes[i].name;
		if (s->link >= 0 || s->link == -EBUSY || s->link == -EEXIST ||
		    s->link == -EPERM)
			break;
	}
	return s->link < 0 ? s->link : 0;
}

static int take_sample(void *data, void *record, size_t size)
{
	const struct stream_sample *sample = record;
	struct stream *s = data;
	const char *fault;

	(void)size;
	fault = stream_judge(s, sample->number, sample->frame, sample->len);
	s->sampled++;
	if (!fault)
		return 0;
	if (!s->sampled_wrong++)
		snprintf(s->fault, sizeof(s->fault), "%s", fault);
	return 0;
}

static int start_samples(struct stream *s)
{
	s->samples = ring_buffer__new(bpf_map__fd(s->skel->maps.samples),
				      take_sample, s, NULL);
	return s->samples ? 0 : -errno;
}

static int choose_sender(struct stream *s, const char *name)
{
	int works;

	for (size_t i = 0; i < ARRAY_SIZE(senders); i++) {
		if (name && strcmp(name, senders[i]->name))
			continue;
		works = stream_works(s, senders[i]);
		if (!works)
			continue;
		s->sender = senders[i];
		return works < 0 ? works : 0;
	}
	return -EOPNOTSUPP;
}

static int set_up(struct stream *s, const struct stream_spec *spec, char *why,
		  size_t room)
{
	int err = load(s);

	if (err) {
		snprintf(why, room, "the sender's programs: %s",
			 err == -EINVAL ? "no room for the headers in a frame"
					: strerror(-err));
		return err;
	}
	err = attach(s);
	if (err) {
		snprintf(why, room, "the program that judges replies: %s",
			 err == -EBUSY || err == -EEXIST
				 ? "another XDP program is there"
				 : strerror(-err));
		return err == -EEXIST ? -EBUSY : err;
	}
	err = start_samples(s) ?: stream_expect(s, STREAM_REPLY);
	if (err) {
		snprintf(why, room, "samples: %s", strerror(-err));
		return err;
	}
	err = stream_await_link(s);
	if (err) {
		snprintf(why, room, "%s",
			 err == -ENETDOWN ? "it is down or has no link"
					  : strerror(-err));
		return err;
	}
	err = choose_sender(s, spec->sender);
	if (err)
		snprintf(why, room, "nothing that is sent leaves by %s",
			 spec->sender ? stream_sender_text(spec->sender)
				      : "any sender");
	return err ?: stream_clear(s);
}

int stream_open(struct stream **out, const struct stream_spec *spec, char *why,
		size_t room)
{
	struct stream *s;
	__u8 frame[FRAME_MAX];
	int err;

	if (!spec->n_targets || spec->n_targets > STREAM_TARGETS_MAX) {
		snprintf(why, room, "1 to %d targets", STREAM_TARGETS_MAX);
		return -EINVAL;
	}
	s = calloc(1, sizeof(*s));
	if (!s) {
		snprintf(why, room, "%s", strerror(ENOMEM));
		return -ENOMEM;
	}
	s->link = -1;
	s->cpu = spec->cpu;
	s->request = spec->request;
	s->n_targets = spec->n_targets;
	memcpy(s->targets, spec->targets,
	       spec->n_targets * sizeof(*spec->targets));
	snprintf(s->ifname, sizeof(s->ifname), "%s", spec->ifname);
	s->ifindex = if_nametoindex(s->ifname);
	s->request.dst = s->targets[0];
	err = frame_build(&s->request, frame, sizeof(frame));
	s->len = err < 0 ? 0 : err;
	err = s->ifindex ? set_up(s, spec, why, room) : -ENODEV;
	/* It may have gone meanwhile, whatever has failed by that. */
	if (err && !if_nametoindex(s->ifname)) {
		err = -ENODEV;
		snprintf(why, room, "no such interface");
	}
	if (err)
		stream_close(s);
	else
		*out = s;
	return err;
}

void stream_close(struct stream *s)
{
	if (!s)
		return;
	if (s->child)
		stream_stop(s);
	ring_buffer__free(s->samples);
	if (s->link >= 0)
		close(s->link);
	stream_xdp__destroy(s->skel);
	free(s);
}

const char *stream_sender(const struct stream *s)
{
	return s->sender->name;
}

const char *stream_mode(const struct stream *s)
{
	return s->mode;
}

const char *stream_fault(const struct stream *s)
{
	return s->sampled_wrong ? s->fault : NULL;
}

int stream_expect(struct stream *s, enum stream_expect expect)
{
	s->expect = expect;
	stream_heads_expect(s);
	return 0;
}
