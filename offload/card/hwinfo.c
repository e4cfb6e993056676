/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/hwinfo.h"

#include <stdio.h>
#include <string.h>

#include "card/crc32_posix.h"
#include "card/le.h"

#define VERSION_2 ('H' << 24 | 'I' << 16 | 2 << 8)

enum {
	AT_VERSION = 0,
	AT_SIZE = 4,
	AT_LIMIT = 8,
	AT_DATA = 16,
};

/* An Agilio CX 2x10GbE. The state is the one that the driver waits for. */
static const char *const board[][2] = {
	{ "board.state", "15" },
	{ "assembly.vendor", "EMU" },
	{ "assembly.partno", "AMDA0096-0001" },
	{ "assembly.model", "emulated" },
	{ "assembly.serial", "00000001" },
	{ "assembly.revision", "01" },
	{ "cpld.version", "0x1" },
	{ "nffw.partno", "AMDA0096-0001" },
};

static uint8_t *add(uint8_t *at, const char *name, const char *value)
{
	at = (uint8_t *)stpcpy((char *)at, name) + 1;
	return (uint8_t *)stpcpy((char *)at, value) + 1;
}

static uint8_t *add_mac(uint8_t *at, unsigned int port, const uint8_t mac[6])
{
	char name[20], value[18];

	snprintf(name, sizeof(name), "eth%u.mac", port);
	snprintf(value, sizeof(value), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0],
		 mac[1], mac[2], mac[3], mac[4], (mac[5] + port) & 0xff);
	return add(at, name, value);
}

/* The size counts the checksum in, and the data ends with an empty name. */
void hwinfo_build(uint8_t *table, size_t room, const uint8_t mac[6],
		  unsigned int ports)
{
	uint8_t *at = table + AT_DATA;
	uint32_t size;

	for (size_t i = 0; i < sizeof(board) / sizeof(board[0]); i++)
		at = add(at, board[i][0], board[i][1]);
	for (unsigned int port = 0; port < ports; port++)
		at = add_mac(at, port, mac);
	size = at + 1 - table + 4;
	le_put(table + AT_VERSION, 4, VERSION_2);
	le_put(table + AT_SIZE, 4, size);
	le_put(table + AT_LIMIT, 4, room);
	le_put(table + size - 4, 4, crc32_posix(table, size - 4));
}

/* What follows the string @at; NULL if that has no zero before @end. */
static const char *behind(const char *at, const char *end)
{
	const char *zero = memchr(at, '\0', end - at);

	return zero ? zero + 1 : NULL;
}

const char *hwinfo_find(const uint8_t *table, size_t room, const char *name)
{
	const char *at = (const char *)table + AT_DATA;
	const char *end = (const char *)table + room;
	const char *value, *next;

	while ((value = behind(at, end)) && *at) {
		next = behind(value, end);
		if (!next)
			return NULL;
		if (!strcmp(at, name))
			return value;
		at = next;
	}
	return NULL;
}
