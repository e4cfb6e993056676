/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a program stopped, in words. */
#include <stdio.h>

#include "card/me.h"
#include "card/me_insn.h"

static const struct {
	const char *name;
	bool hex;
} whats[] = {
	[ME_NOTHING] = { "", false },
	[ME_REGISTER_A] = { "register A", false },
	[ME_REGISTER_B] = { "register B", false },
	[ME_XFER_IN] = { "transfer-in register ", false },
	[ME_XFER_OUT] = { "transfer-out register ", false },
	[ME_POINTER] = { "local memory pointer ", false },
	[ME_BYTE] = { "local memory byte ", false },
	[ME_CSR] = { "CSR ", true },
	[ME_ADDRESS] = { "address ", true },
	[ME_FIELD] = { "operand ", true },
	[ME_OPERATION] = { "operation ", true },
	[ME_TARGET] = { "going to ", false },
	[ME_COUNT] = { "", false },
	[ME_VALUE] = { "", true },
};

static void operand_text(const struct me_report *report, char *buf, size_t len)
{
	unsigned long long number = report->number;
	const char *name = whats[report->what].name;

	buf[0] = '\0';
	if (report->what == ME_NOTHING)
		return;
	if (whats[report->what].hex)
		snprintf(buf, len, ": %s0x%llx", name, number);
	else
		snprintf(buf, len, ": %s%llu", name, number);
}

const char *me_why(const struct me *me, char *buf, size_t len)
{
	const struct me_report *report = &me->report;
	char operand[64];

	if (report->stop == ME_DONE) {
		snprintf(buf, len, "done");
		return buf;
	}
	operand_text(report, operand, sizeof(operand));
	snprintf(buf, len, "%s%s; %s 0x%012llx at %u", report->reason, operand,
		 me_class_name(report->word), (unsigned long long)report->word,
		 report->at);
	return buf;
}
