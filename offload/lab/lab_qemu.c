/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array.h"
#include "lab_args.h"
#include "lab_exec.h"
#include "lab_qemu.h"

/* What finds no room is lost, of a terminal's output, or stops QEMU, of the
 * card's answers, whose both ends it holds: much room.
 */
#define SOCKET_BYTES (16 << 20)

/* Which device of the guest a channel is, and whether that is of use with a
 * terminal (1), without one (0) or in both cases.
 */
enum use {
	STREAMS,
	TERMINAL,
	BOTH,
};

static const struct {
	const char *id;
	enum use use;
	const char *option;
	const char *device;
} devices[LAB_CHANNELS] = {
	[LAB_SAID] = { "said", BOTH, NULL, NULL },
	[LAB_CONSOLE] = { "console", BOTH, "-serial", "chardev:console" },
	[LAB_STATUS] = { "status", BOTH, "-device",
			 "virtserialport,nr=1,chardev=status,"
			 "name=org.offload.status" },
	[LAB_STDIN] = { "stdin", STREAMS, "-device",
			"virtserialport,nr=2,chardev=stdin,"
			"name=org.offload.stdin" },
	[LAB_STDOUT] = { "stdout", STREAMS, "-device",
			 "virtserialport,nr=3,chardev=stdout,"
			 "name=org.offload.stdout" },
	[LAB_STDERR] = { "stderr", STREAMS, "-device",
			 "virtserialport,nr=4,chardev=stderr,"
			 "name=org.offload.stderr" },
	[LAB_TTY] = { "tty", TERMINAL, "-device",
		      "virtconsole,nr=0,chardev=tty" },
};

/* TCG, because a KVM that is there may hang. RDRAND, or the first program that
 * wants random bytes waits for them. The devices that are left out cost time.
 */
static const char *const fixed[] = {
	"qemu-system-x86_64",
	"-name",
	"offload-lab",
	"-no-user-config",
	"-nodefaults",
	"-machine",
	"q35,sata=off,smbus=off,usb=off",
	"-cpu",
	"qemu64,+rdrand",
	"-accel",
	"tcg,tb-size=512",
	"-m",
	"512",
	"-display",
	"none",
	"-no-reboot",
	"-fsdev",
	"local,id=host,path=/,security_model=none,readonly=on,multidevs=remap",
	"-device",
	"virtio-9p-pci,fsdev=host,mount_tag=host",
	"-device",
	"virtio-serial-pci,max_ports=8",
};

/* What a start under TCG need not do; a panic ends QEMU (-no-reboot). Programs
 * at the same addresses (norandmaps) are translated once, not at each start of
 * one: that halves the time of a small one.
 */
#define KERNEL_LINE                                                      \
	"console=ttyS0 panic=-1 nokaslr norandmaps mitigations=off "     \
	"noreplace-smp "                                                 \
	"rcupdate.rcu_expedited=1 cryptomgr.notests apparmor=0 audit=0 " \
	"random.trust_cpu=on"

static void add_kernel(struct lab_args *args, const struct lab_machine *m)
{
	const char *dir = m->place->dir, *version = m->place->version;

	lab_args_add(args, "-kernel");
	lab_args_add(args, "%s/kernel/%s/vmlinux", dir, version);
	lab_args_add(args, "-initrd");
	lab_args_add(args, "%s/kernel/%s/initramfs", dir, version);
	lab_args_add(args, "-append");
	lab_args_add(args, KERNEL_LINE " %s offload_lab=%s",
		     m->verbose ? "loglevel=7" : "quiet loglevel=3",
		     m->dir->path);
}

static void add_socket(struct lab_args *args, const char *id, int fd)
{
	lab_args_add(args, "-chardev");
	lab_args_add(args, "socket,id=%s,fd=%d", id, fd);
}

/* add_card - the wires, the card, and the guest's line to the card itself */
static void add_card(struct lab_args *args, const struct lab_machine *m,
		     const int line[2])
{
	add_socket(args, "card", line[0]);
	add_socket(args, "cardport", line[1]);
	lab_args_add(args, "-device");
	lab_args_add(args, "virtserialport,nr=5,chardev=cardport,"
			   "name=org.offload.card");
	for (unsigned int i = 0; i < m->wires->count; i++) {
		lab_args_add(args, "-netdev");
		lab_args_add(args, "%s,id=wire%u,fd=%d",
			     m->wires->cable ? "socket" : "tap", i,
			     m->wires->fd[i]);
	}
	lab_args_add(args, "-device");
	lab_args_add(args, "nfp-agilio,id=nfp,netdev=wire0%s,control=card",
		     m->wires->count > 1 ? ",netdev1=wire1" : "");
	if (m->sets)
		lab_args_append_value(args, ",set=", m->sets);
}

static void add_all(struct lab_args *args, const struct lab_machine *m,
		    const int theirs[LAB_CHANNELS], const int line[2])
{
	for (size_t i = 0; i < ARRAY_SIZE(fixed); i++)
		lab_args_add(args, "%s", fixed[i]);
	add_kernel(args, m);
	for (int i = 0; i < LAB_CHANNELS; i++) {
		if (theirs[i] < 0 || !devices[i].option)
			continue;
		add_socket(args, devices[i].id, theirs[i]);
		lab_args_add(args, "%s", devices[i].option);
		lab_args_add(args, "%s", devices[i].device);
	}
	add_card(args, m, line);
}

static int make_pair(int ends[2])
{
	const int bytes = SOCKET_BYTES;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return -errno;
	setsockopt(ends[0], SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof(bytes));
	return 0;
}

static int make_channel(int *ours, int *theirs)
{
	int ends[2], err = make_pair(ends);

	if (err)
		return err;
	*theirs = ends[0];
	*ours = ends[1];
	return fcntl(*ours, F_SETFL, O_NONBLOCK) ? -errno : 0;
}

static int make_channels(struct lab_qemu *qemu, bool tty,
			 int theirs[LAB_CHANNELS])
{
	int err = 0;

	for (int i = 0; i < LAB_CHANNELS; i++)
		qemu->channel[i] = theirs[i] = -1;
	for (int i = 0; !err && i < LAB_CHANNELS; i++)
		if (devices[i].use == BOTH ||
		    devices[i].use == (tty ? TERMINAL : STREAMS))
			err = make_channel(&qemu->channel[i], &theirs[i]);
	return err;
}

static void keep_open(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFD, 0);
}

/* The group is its own, so that a terminal's Ctrl-C is ours alone. */
__attribute__((noreturn)) static void become(const struct lab_machine *m,
					     struct lab_args *args,
					     const int theirs[LAB_CHANNELS],
					     const int line[2], pid_t parent)
{
	char card[PATH_MAX + 32];
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	setpgid(0, 0);
	lab_exec_reset_signals();
	for (int i = 0; i < LAB_CHANNELS; i++)
		keep_open(theirs[i]);
	for (unsigned int i = 0; i < m->wires->count; i++)
		keep_open(m->wires->fd[i]);
	keep_open(line[0]);
	keep_open(line[1]);
	dup2(null, STDIN_FILENO);
	dup2(theirs[LAB_SAID], STDOUT_FILENO);
	dup2(theirs[LAB_SAID], STDERR_FILENO);
	close(theirs[LAB_SAID]);
	snprintf(card, sizeof(card), "%s/nfp-card.so", m->place->dir);
	setenv("LD_PRELOAD", card, 1);
	execvp(args->words[0], args->words);
	fprintf(stderr, "%s: %s\n", args->words[0], strerror(errno));
	_exit(1);
}

int lab_qemu_start(struct lab_qemu *qemu, const struct lab_machine *machine,
		   struct lab_why *why)
{
	int theirs[LAB_CHANNELS], line[2] = { -1, -1 };
	struct lab_args args = {};
	pid_t parent = getpid();
	int err;

	err = make_channels(qemu, machine->tty, theirs);
	if (!err)
		err = make_pair(line);
	if (!err) {
		add_all(&args, machine, theirs, line);
		err = args.lost ? -ENOMEM : 0;
	}
	if (!err) {
		qemu->pid = fork();
		err = qemu->pid < 0 ? -errno : 0;
	}
	if (!err && !qemu->pid)
		become(machine, &args, theirs, line, parent);
	for (int i = 0; i < LAB_CHANNELS; i++)
		if (theirs[i] >= 0)
			close(theirs[i]);
	close(line[0]);
	close(line[1]);
	lab_args_free(&args);
	return err ? lab_fail(why, "QEMU cannot be started: %s", strerror(-err))
		   : 0;
}

bool lab_qemu_ended(struct lab_qemu *qemu, int *status)
{
	if (qemu->pid > 0 && waitpid(qemu->pid, status, WNOHANG) == qemu->pid) {
		qemu->pid = 0;
		return true;
	}
	return false;
}

void lab_qemu_kill(struct lab_qemu *qemu)
{
	if (qemu->pid <= 0)
		return;
	kill(qemu->pid, SIGKILL);
	while (waitpid(qemu->pid, NULL, 0) < 0 && errno == EINTR)
		;
	qemu->pid = 0;
}
