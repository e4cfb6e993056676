/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_ask [-a] [-i IFNAME] [-s SKIP] [-n COUNT] -p PACK
 * judge_ask [-a] [-i IFNAME] [-s SKIP] [-n COUNT] OBJECT...
 *
 * Asks the kernel, whose interface is a card: loads each program for it and
 * prints what it said, one line of JSON for each. With -a it attaches as well.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "kmsg.h"
#include "xdp_netlink.h"

void ask_kernel_log(struct ask *ask, struct answer *answer)
{
	kmsg_read(ask->kmsg, "NFP net bpf:", answer->words,
		  sizeof(answer->words));
}

bool ask_is_busy(const struct answer *answer)
{
	return answer->stage == ANSWER_MAP && answer->err == ENOMEM &&
	       (strstr(answer->words, "too many maps") ||
		strstr(answer->words, "left:"));
}

static void attach(struct ask *ask, struct answer *answer, int fd)
{
	int err = xdp_attach(&ask->nl, ask->ifindex, MODE_HW, fd, -1);

	if (!err) {
		err = xdp_attach(&ask->nl, ask->ifindex, MODE_HW, -1, fd);
		if (err)
			errx(1, "%s cannot be detached: %s", answer->name,
			     strerror(-err));
		return;
	}
	answer->stage = ANSWER_ATTACH;
	answer->err = -err;
	snprintf(answer->words, sizeof(answer->words), "%s", ask->nl.message);
}

void ask_loaded(struct ask *ask, struct answer *answer, int fd)
{
	struct bpf_prog_info info = { 0 };
	__u32 size = sizeof(info);

	answer_from_log(answer, ask->log);
	answer->words[0] = '\0';
	answer->stage = ANSWER_OK;
	if (!bpf_obj_get_info_by_fd(fd, &info, &size))
		answer->length = info.jited_prog_len / 8;
	if (ask->attach)
		attach(ask, answer, fd);
}

void ask_refused(struct ask *ask, struct answer *answer, int err)
{
	char kernel[ANSWER_WORDS];

	answer->stage = ANSWER_LOAD;
	answer->err = err;
	ask_kernel_log(ask, answer);
	snprintf(kernel, sizeof(kernel), "%s", answer->words);
	answer_from_log(answer, ask->log);
	if (*kernel)
		memcpy(answer->words, kernel, sizeof(kernel));
}

static void ask_pack(struct ask *ask, const char *path)
{
	struct pack_program program;
	FILE *file = fopen(path, "r");
	int err = 0;

	if (!file || pack_open(file))
		errx(2, "%s is no pack", path);
	while (ask->left && (err = pack_read(file, &program)) == 1) {
		if (ask->skip) {
			ask->skip--;
		} else {
			ask_program(ask, &program);
			ask->left--;
		}
		pack_free(&program);
	}
	if (ask->left && err)
		errx(2, "%s: %s", path, strerror(-err));
	fclose(file);
}

static void ask_start(struct ask *ask, const char *ifname)
{
	errno = -nl_open(&ask->nl, NETLINK_ROUTE);
	if (errno)
		err(2, "netlink");
	ask->ifindex = if_nametoindex(ifname);
	if (!ask->ifindex)
		err(2, "%s", ifname);
	ask->kmsg = kmsg_open();
	ask->log = malloc(ASK_LOG_SIZE);
	if (!ask->log)
		err(2, "log");
	libbpf_set_print(NULL);
}

int main(int argc, char **argv)
{
	const char *ifname = "eth0", *pack = NULL;
	struct ask ask = { .left = ULONG_MAX };
	int option;

	while ((option = getopt(argc, argv, "ai:n:p:s:")) != -1) {
		if (option == 'a')
			ask.attach = true;
		else if (option == 'i')
			ifname = optarg;
		else if (option == 'p')
			pack = optarg;
		else if (option == 'n')
			ask.left = strtoul(optarg, NULL, 0);
		else if (option == 's')
			ask.skip = strtoul(optarg, NULL, 0);
		else
			return 2;
	}
	ask_start(&ask, ifname);
	if (pack)
		ask_pack(&ask, pack);
	while (ask.left && optind < argc)
		ask_object(&ask, argv[optind++]);
	free(ask.log);
	nl_close(&ask.nl);
	return 0;
}
