/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench/show.h"

/* x86 names the model; others do not, and then it stays empty. */
static void read_model(char *out, size_t room)
{
	FILE *from = fopen("/proc/cpuinfo", "re");
	char line[256];
	const char *value;

	while (from && !*out && fgets(line, sizeof(line), from)) {
		value = strstr(line, ": ");
		if (strncmp(line, "model name", 10) || !value)
			continue;
		value += 2;
		snprintf(out, room, "%.*s", (int)strcspn(value, "\n"), value);
	}
	if (from)
		fclose(from);
}

void bench_machine_read(struct bench_machine *out)
{
	struct utsname name;

	memset(out, 0, sizeof(*out));
	if (!uname(&name))
		snprintf(out->kernel, sizeof(out->kernel), "%s", name.release);
	out->cpus = sysconf(_SC_NPROCESSORS_ONLN);
	read_model(out->cpu, sizeof(out->cpu));
}
