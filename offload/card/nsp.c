/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/nsp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "card/card_state.h"
#include "card/hwinfo.h"
#include "card/le.h"

/* Registers. */
enum {
	NSP_STATUS = 0x00,
	NSP_COMMAND = 0x08,
	NSP_DEFAULT_BUFFER = 0x18,
	NSP_DEFAULT_BUFFER_SIZE = 0x20,
};

#define MAGIC ((uint64_t)0xab10 << 48)
/* ABI 0.34: knows every command below, and none that came later. */
#define ABI_MAJOR	  ((uint64_t)0 << 44)
#define ABI_MINOR	  ((uint64_t)34 << 32)
#define RESULT(err)	  ((uint64_t)(err) << 8)
#define COMMAND_START	  1
#define COMMAND_CODE(reg) ((reg) >> 16 & 0xffff)
#define OPTION_SHIFT	  32
#define BUFFER_CPP \
	((uint64_t)(CPP_MU << 16 | 32) << 40) /* plain reads, writes */
#define BUFFER_4KB(bytes) ((uint64_t)(bytes) / 4096 << 8)

/* An entry of the port table, and the bits that matter. */
enum {
	PORT_WORD = 0,
	PORT_STATE = 8,
	PORT_MAC = 16,
	PORT_CONTROL = 24,
	PORT_ENTRY = 32,
	PORT_TABLE = 2 * 24 * PORT_ENTRY,
};

#define ONE_LANE	     1
#define PORT_INDEX(i)	     ((uint64_t)(i) << 8)
#define PORT_LABEL(i)	     ((uint64_t)(i) << 54)
#define STATE_CONFIGURED     (1 << 0)
#define STATE_ENABLED	     (1 << 1)
#define STATE_TX_RX	     (3 << 2)
#define STATE_RATE_10G	     (4 << 8)
#define STATE_INTERFACE_SFPP (10 << 12) /* NFP_INTERFACE_SFPP */
#define STATE_MEDIA_FIBRE    (2 << 20)	/* NFP_MEDIA_FIBRE */
#define MEDIA_10GBASE_SR     (1 << 14)	/* NFP_MEDIA_10GBASE_SR */
#define CONTROL_STATES	     (STATE_CONFIGURED | STATE_ENABLED)

#define HWINFO_VALUE 32 /* bytes; the shortest buffer that the driver offers */

static uint64_t port_state(unsigned int configured)
{
	return configured | STATE_TX_RX | STATE_RATE_10G |
	       STATE_INTERFACE_SFPP | STATE_MEDIA_FIBRE;
}

void nsp_build(struct card *card)
{
	uint8_t *reg = card->memory.nsp;

	le_put(reg + NSP_STATUS, 8, MAGIC | ABI_MAJOR | ABI_MINOR);
	le_put(reg + NSP_DEFAULT_BUFFER, 8, BUFFER_CPP | MEMORY_NSP_BUFFER_AT);
	le_put(reg + NSP_DEFAULT_BUFFER_SIZE, 8, BUFFER_4KB(MEMORY_NSP_BUFFER));
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		card->nsp_port_state[i] = CONTROL_STATES;
}

/* Each command: 0 or an error code; *@option is what comes back with it. */
typedef int (*command_fn)(struct card *card, uint32_t *option);

static int nothing_to_do(struct card *card, uint32_t *option)
{
	(void)card;
	*option = 0;
	return 0;
}

/* Addresses are last byte first; the number of ports comes back. */
static int eth_rescan(struct card *card, uint32_t *option)
{
	uint8_t *table = card->memory.nsp_buffer;

	memset(table, 0, PORT_TABLE);
	for (unsigned int i = 0; i < card->built.ports; i++) {
		uint8_t *entry = table + i * PORT_ENTRY;

		le_put(entry + PORT_WORD, 8,
		       ONE_LANE | PORT_INDEX(i) | PORT_LABEL(i));
		le_put(entry + PORT_STATE, 8,
		       port_state(card->nsp_port_state[i]));
		le_put(entry + PORT_CONTROL, 8, card->nsp_port_state[i]);
		for (int byte = 0; byte < 6; byte++)
			entry[PORT_MAC + byte] = card->mac[5 - byte];
		entry[PORT_MAC] += i;
	}
	*option = card->built.ports;
	return 0;
}

/* Takes the two states that the driver sets; rate and lanes are fixed. */
static int eth_control(struct card *card, uint32_t *option)
{
	const uint8_t *table = card->memory.nsp_buffer;

	for (unsigned int i = 0; i < card->built.ports; i++)
		card->nsp_port_state[i] =
			le_get(table + i * PORT_ENTRY + PORT_CONTROL, 8) &
			CONTROL_STATES;
	*option = 0;
	return 0;
}

/* struct nsp_identify; no sensors. */
static int identify(struct card *card, uint32_t *option)
{
	uint8_t *buffer = card->memory.nsp_buffer;

	memset(buffer, 0, 64);
	snprintf((char *)buffer, 40, "emulated");
	*option = 0;
	return 0;
}

/* A name in the buffer gives way to its value. */
static int hwinfo_lookup(struct card *card, uint32_t *option)
{
	const struct memory *memory = &card->memory;
	char *buffer = (char *)card->memory.nsp_buffer;
	const char *value;

	buffer[MEMORY_NSP_BUFFER - 1] = '\0';
	value = hwinfo_find(memory->hwinfo, sizeof(memory->hwinfo), buffer);
	if (!value)
		return ENOENT;
	snprintf(buffer, HWINFO_VALUE, "%s", value);
	*option = 0;
	return 0;
}

/* The driver logs the result: from flash. */
static int load_stored(struct card *card, uint32_t *option)
{
	(void)card;
	*option = 1 << 8;
	return 0;
}

static int firmware_loaded(struct card *card, uint32_t *option)
{
	(void)card;
	*option = 1;
	return 0;
}

/* Offsets of strings, running and stored, for: board, CPLD, application,
 * bundle, UNDI, NCSI, chip setup. Zero: not there.
 */
static int versions(struct card *card, uint32_t *option)
{
	uint8_t *buffer = card->memory.nsp_buffer;
	const unsigned int fields = 14, board = 0, app = 4;
	const unsigned int strings = 64;

	memset(buffer, 0, strings);
	le_put(buffer, 2, fields);
	le_put(buffer + 2 + board * 2, 2, strings);
	snprintf((char *)buffer + strings, 32, "emulated");
	le_put(buffer + 2 + app * 2, 2, strings + 32);
	snprintf((char *)buffer + strings + 32, 32, "%s",
		 card->built.profile.app_version);
	*option = 0;
	return 0;
}

/* struct nfp_eth_media_buf: the port's number, then what it supports and what
 * it offers, two words each.
 */
static int read_media(struct card *card, uint32_t *option)
{
	uint8_t *buffer = card->memory.nsp_buffer;

	memset(buffer + 8, 0, 4 * 8);
	le_put(buffer + 8, 8, MEDIA_10GBASE_SR);
	le_put(buffer + 8 + 2 * 8, 8, MEDIA_10GBASE_SR);
	*option = 0;
	return 0;
}

/* By code; the firmware is in flash and loaded, so nothing loads or resets it.
 * What is missing (files to flash, sensors, modules) is refused.
 */
static const command_fn commands[] = {
	[0] = nothing_to_do,	/* NOOP */
	[1] = nothing_to_do,	/* SOFT_RESET */
	[4] = nothing_to_do,	/* MAC_INIT */
	[7] = eth_rescan,	/* ETH_RESCAN */
	[8] = eth_control,	/* ETH_CONTROL */
	[13] = identify,	/* NSP_IDENTIFY */
	[16] = load_stored,	/* FW_STORED */
	[17] = hwinfo_lookup,	/* HWINFO_LOOKUP */
	[18] = nothing_to_do,	/* HWINFO_SET */
	[19] = firmware_loaded, /* FW_LOADED */
	[21] = versions,	/* VERSIONS */
	[23] = read_media,	/* READ_MEDIA */
};

static int run(struct card *card, unsigned int code, uint32_t *option)
{
	if (code >= sizeof(commands) / sizeof(commands[0]) || !commands[code])
		return EOPNOTSUPP;
	return commands[code](card, option);
}

/* The driver writes the command register as a whole: 8 bytes are the width of
 * this memory.
 */
void nsp_written(void *priv, uint64_t offset, unsigned int size, uint64_t value)
{
	struct card *card = priv;
	uint8_t *reg = card->memory.nsp;
	uint64_t command = le_get(reg + NSP_COMMAND, 8);
	uint32_t option = command >> OPTION_SHIFT;
	int err;

	(void)size;
	(void)value;
	if (offset != NSP_COMMAND || !(command & COMMAND_START))
		return;
	err = run(card, COMMAND_CODE(command), &option);
	le_put(reg + NSP_COMMAND, 8,
	       (uint64_t)option << OPTION_SHIFT |
		       (uint64_t)COMMAND_CODE(command) << 16);
	le_put(reg + NSP_STATUS, 8,
	       MAGIC | ABI_MAJOR | ABI_MINOR | RESULT(err));
}
