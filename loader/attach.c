/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "attach.h"
#include "tc.h"
#include "xdp_netlink.h"

/* How often another loader may get in between before we give up. */
#define TRIES_MAX 100

/* The mode that cannot be active together with @mode. */
static enum xdp_mode excluded_by(enum xdp_mode mode)
{
	switch (mode) {
	case MODE_DRIVER:
		return MODE_GENERIC;
	case MODE_GENERIC:
		return MODE_DRIVER;
	default:
		return MODE_NONE;
	}
}

/* Another's program, and we may not replace it: say which, and what holds it. */
static int in_the_way(const struct device *dev, const struct installed *other,
		      struct attempt *why)
{
	__u32 link = installed_link(dev->ifindex, other->id);
	char holder[32] = "";

	if (link)
		snprintf(holder, sizeof(holder), ", held by bpf_link %u", link);
	why->in_the_way = true;
	why->source = SOURCE_LOADER;
	if (other->unreadable) {
		installed_unreadable(other, why->reason);
		return -EPERM;
	}
	snprintf(why->reason, sizeof(why->reason),
		 "another program, %s id %u, is attached in %s mode%s%s",
		 other->name, other->id, mode_name(other->mode), holder,
		 link ? "; it goes when its holder does"
		      : "; --replace takes its place");
	return -EBUSY;
}

static int attach_fd(struct nl *nl, const struct device *dev,
		     enum xdp_mode mode, int fd, int expected)
{
	struct installed new = {};
	int lock, err;

	if (mode != MODE_TC)
		return xdp_attach(nl, dev->ifindex, mode, fd, expected);
	installed_describe(fd, &new);
	lock = tc_lock(dev->ifindex);
	if (lock < 0)
		return lock;
	err = tc_attach(nl, dev->ifindex, fd, new.name, expected >= 0);
	close(lock);
	return err;
}

static int detach_fd(struct nl *nl, const struct device *dev,
		     enum xdp_mode mode, int expected)
{
	if (mode != MODE_TC)
		return xdp_attach(nl, dev->ifindex, mode, -1, expected);
	return tc_detach(nl, dev->ifindex);
}

/* Look again without losing what the kernel said to the last change. */
static int read_quietly(struct nl *nl, int ifindex, struct installed_list *out)
{
	char message[NL_MESSAGE_MAX];
	int err;

	memcpy(message, nl->message, sizeof(message));
	err = installed_read(nl, ifindex, out);
	memcpy(nl->message, message, sizeof(message));
	return err;
}

/* Two readings of one interface: did its programs stay the same? */
static bool is_same(const struct installed_list *a,
		    const struct installed_list *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (a->at[i].mode != b->at[i].mode ||
		    a->at[i].id != b->at[i].id)
			return false;
	return true;
}

static bool may_go(const struct installed *old, bool replace)
{
	return !old || old->ours || (replace && !old->unreadable);
}

/* Programs of one moment, held by file descriptors; -1 where there is none. */
struct held {
	int occupant; /* of the place itself */
	int excluded; /* of the place that excludes it */
};

static int hold(const struct installed *old)
{
	return old ? bpf_prog_get_fd_by_id(old->id) : -1;
}

static void let_go(struct held *held)
{
	if (held->occupant >= 0)
		close(held->occupant);
	if (held->excluded >= 0)
		close(held->excluded);
}

/* The nfp driver takes a program for attached, with a sentence and no error,
 * whose enabling the card has refused (its bpf/offload.c, nfp_net_bpf_start()):
 * the card runs nothing then, so the program goes.
 */
static int heed_card(struct nl *nl, const struct device *dev, int fd)
{
	char message[NL_MESSAGE_MAX];

	if (!nl->message[0] || !device_is_nfp(dev))
		return 0;
	memcpy(message, nl->message, sizeof(message));
	detach_fd(nl, dev, MODE_HW, fd);
	memcpy(nl->message, message, sizeof(message));
	return -EIO;
}

static int exchange(struct nl *nl, const struct device *dev, enum xdp_mode mode,
		    int fd, const struct held *held)
{
	enum xdp_mode other = excluded_by(mode);
	char message[NL_MESSAGE_MAX];
	int err;

	if (held->excluded >= 0) {
		err = detach_fd(nl, dev, other, held->excluded);
		if (err)
			return err;
	}
	err = attach_fd(nl, dev, mode, fd, held->occupant);
	if (!err && mode == MODE_HW)
		err = heed_card(nl, dev, fd);
	if (err && held->excluded >= 0) {
		memcpy(message, nl->message, sizeof(message));
		if (attach_fd(nl, dev, other, held->excluded, -1))
			strcpy(message, "and the program that made way could "
					"not be put back");
		memcpy(nl->message, message, sizeof(message));
	}
	return err;
}

/* Nothing should make way for a program that cannot be there. Before 6.3 the
 * kernel does not tell, and only trying does.
 */
static bool has_no_native(const struct device *dev)
{
	return dev->features_known && !(dev->features & XDP_FEATURE_BASIC);
}

/* One try, from the programs that @seen shows. */
static int try_place(struct nl *nl, const struct device *dev,
		     enum xdp_mode mode, int fd, bool replace,
		     const struct installed_list *seen, struct attempt *why)
{
	const struct installed *occupant = installed_in(seen, mode);
	const struct installed *excluded =
		installed_in(seen, excluded_by(mode));
	struct held held;
	int err;

	if (!may_go(occupant, replace))
		return in_the_way(dev, occupant, why);
	if (!may_go(excluded, replace))
		return in_the_way(dev, excluded, why);
	if (excluded && mode == MODE_DRIVER && has_no_native(dev))
		return -EOPNOTSUPP;
	held.occupant = hold(occupant);
	held.excluded = hold(excluded);
	if ((occupant && held.occupant < 0) || (excluded && held.excluded < 0))
		err = -errno;
	else
		err = exchange(nl, dev, mode, fd, &held);
	let_go(&held);
	return err;
}

/* Nothing changed, and still it was refused: is it because of what is there? */
static void blame(const struct device *dev, enum xdp_mode mode,
		  const struct installed_list *seen, struct attempt *why)
{
	const struct installed *old =
		installed_in(seen, mode)
			?: installed_in(seen, excluded_by(mode));

	if (!old)
		return;
	if (installed_link(dev->ifindex, old->id))
		in_the_way(dev, old, why);
	else
		why->own_stays = old->ours && mode == MODE_HW;
}

int attach_place(struct nl *nl, const struct device *dev, enum xdp_mode mode,
		 int fd, bool replace, struct attempt *why)
{
	struct installed_list seen, now;
	int err;

	why->stage = STAGE_ATTACH;
	nl->message[0] = '\0';
	err = why->err = installed_read(nl, dev->ifindex, &seen);
	for (int i = 0; !err && i < TRIES_MAX; i++) {
		why->err = try_place(nl, dev, mode, fd, replace, &seen, why);
		if (!why->err || why->in_the_way)
			return why->err;
		err = read_quietly(nl, dev->ifindex, &now);
		if (err || is_same(&seen, &now))
			break;
		seen = now;
	}
	if (err)
		return why->err = err;
	blame(dev, mode, &seen, why);
	return why->err;
}

static int remove_seen(struct nl *nl, const struct device *dev,
		       const struct installed *old)
{
	struct installed_list now;
	const struct installed *still;
	int err, fd;

	err = installed_read(nl, dev->ifindex, &now);
	if (err)
		return err;
	still = installed_in(&now, old->mode);
	if (!still || still->id != old->id)
		return 0;
	fd = hold(old);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	err = detach_fd(nl, dev, old->mode, fd);
	close(fd);
	return err;
}

int attach_remove(struct nl *nl, const struct device *dev,
		  const struct installed *old)
{
	int lock, err;

	if (old->mode != MODE_TC)
		return remove_seen(nl, dev, old);
	lock = tc_lock(dev->ifindex);
	if (lock < 0)
		return lock;
	err = remove_seen(nl, dev, old);
	close(lock);
	return err;
}
