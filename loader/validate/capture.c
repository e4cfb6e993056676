/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <pcap/pcap.h>

#include "validate/capture.h"
#include "wire/port.h"

struct capture {
	pcap_t *pcap;
	pcap_dumper_t *out;
};

int capture_open(struct capture **out, const char *file)
{
	struct capture *c = calloc(1, sizeof(*c));
	FILE *to;
	int err;

	if (!c)
		return -ENOMEM;
	/* Opened here, as libpcap would take "-" for standard output. */
	to = fopen(file, "we");
	if (!to) {
		err = -errno;
		free(c);
		return err;
	}
	c->pcap = pcap_open_dead(DLT_EN10MB, WIRE_FRAME_MAX);
	if (c->pcap)
		c->out = pcap_dump_fopen(c->pcap, to);
	if (!c->out) {
		fclose(to);
		if (c->pcap)
			pcap_close(c->pcap);
		free(c);
		return -ENOMEM;
	}
	*out = c;
	return 0;
}

static __s64 clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void capture_add(struct capture *c, const void *frame, size_t len,
		 __u64 mono_ns)
{
	__s64 ns = clock_ns(CLOCK_REALTIME) -
		   (clock_ns(CLOCK_MONOTONIC) - (__s64)mono_ns);
	struct pcap_pkthdr header = {
		.ts = { ns / 1000000000, ns % 1000000000 / 1000 },
		.caplen = len,
		.len = len,
	};

	pcap_dump((u_char *)c->out, &header, frame);
}

int capture_close(struct capture *c)
{
	int err;

	if (!c)
		return 0;
	err = pcap_dump_flush(c->out) || ferror(pcap_dump_file(c->out)) ? -EIO
									: 0;
	pcap_dump_close(c->out);
	pcap_close(c->pcap);
	free(c);
	return err;
}
