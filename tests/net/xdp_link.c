/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	xdp_link IFACE driver|generic OBJECT
 *
 * Attach the object's first program by a bpf_link, then hold it in the
 * background until killed: it is there when the command returns.
 */
#include <err.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_link.h>

static int load(const char *path)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);

	if (!obj || bpf_object__load(obj))
		err(1, "%s", path);
	return bpf_program__fd(bpf_object__next_program(obj, NULL));
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts);
	unsigned int ifindex;

	if (argc != 4)
		errx(1, "usage: xdp_link IFACE driver|generic OBJECT");
	ifindex = if_nametoindex(argv[1]);
	if (!ifindex)
		err(1, "%s", argv[1]);
	opts.flags = strcmp(argv[2], "driver") ? XDP_FLAGS_SKB_MODE
					       : XDP_FLAGS_DRV_MODE;
	if (bpf_link_create(load(argv[3]), ifindex, BPF_XDP, &opts) < 0)
		err(1, "link");
	if (daemon(0, 0))
		err(1, "daemon");
	for (;;)
		pause();
}
