/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/card.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "card/card_state.h"
#include "card/ctrl_vnic.h"
#include "card/firmware.h"
#include "card/port.h"

static bool gone(const struct card *card)
{
	return card->config.fault == CARD_FAULT_GONE;
}

void card_log(struct card *card, const char *format, ...)
{
	char sentence[256];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	card->host.log(card->host.priv, sentence);
}

/* Where a program lies in the code store depends on the configuration. Without
 * memory the older one stays, empty.
 */
static bool renew_program(struct card *card, unsigned int i)
{
	const struct profile *profile = &card->config.profile;
	struct port *port = &card->port[i];
	struct program *fresh;

	fresh = program_new(profile, card->maps, &card->program_host,
			    profile->start + i * profile->max_insns);
	if (!fresh) {
		if (port->program)
			program_unload(port->program);
		return false;
	}
	program_free(port->program);
	*port = (struct port){ .program = fresh };
	stats_clear(&port->stats);
	return true;
}

static void reset_vnic(struct card *card, unsigned int i)
{
	struct memory *memory = &card->memory;

	card->vnic[i] = (struct vnic){
		.card = card,
		.index = i,
		.bar = i == CARD_CTRL_VNIC ? memory->ctrl_bar
					   : memory->data_bar[i],
	};
}

static bool power_on(struct card *card)
{
	bool ok = true;

	memset(&card->memory, 0, sizeof(card->memory));
	memset(card->cpp.slice, 0, sizeof(card->cpp.slice));
	card->events_lost = 0;
	maps_reset(card->maps);
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		ok &= renew_program(card, i);
	for (unsigned int i = 0; i < CARD_VNICS; i++)
		reset_vnic(card, i);
	card->built = card->config;
	firmware_build(card);
	return ok;
}

/* The driver is about to read what was configured since the last time. */
static void probe(void *priv)
{
	struct card *card = priv;

	card->built.fault = card->config.fault;
	if (memcmp(&card->built, &card->config, sizeof(card->built)))
		card_reset(card);
}

struct card *card_new(const struct card_config *config,
		      const struct card_host *host, const uint8_t mac[6])
{
	struct card *card = calloc(1, sizeof(*card));

	if (!card)
		return NULL;
	card->config = *config;
	card->host = *host;
	card->program_host.event = ctrl_vnic_event;
	card->program_host.priv = card;
	memcpy(card->mac, mac, sizeof(card->mac));
	card->maps = maps_new(&card->config.profile);
	if (!card->maps || !power_on(card)) {
		card_free(card);
		return NULL;
	}
	card->cpp.probe = probe;
	card->cpp.priv = card;
	memory_connect(card);
	return card;
}

void card_free(struct card *card)
{
	if (!card)
		return;
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		program_free(card->port[i].program);
	maps_free(card->maps);
	free(card);
}

void card_reset(struct card *card)
{
	if (!power_on(card))
		card_log(card, "no memory to begin anew");
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		port_ready(&card->vnic[i]);
}

uint64_t card_read(struct card *card, unsigned int bar, uint64_t offset,
		   unsigned int size)
{
	if (gone(card))
		return UINT64_MAX;
	return cpp_read(&card->cpp, bar, offset, size);
}

void card_write(struct card *card, unsigned int bar, uint64_t offset,
		unsigned int size, uint64_t value)
{
	if (!gone(card))
		cpp_write(&card->cpp, bar, offset, size, value);
}

bool card_wire_can_receive(struct card *card, unsigned int port)
{
	return port_can_receive(&card->vnic[port]);
}

void card_wire_receive(struct card *card, unsigned int port,
		       const uint8_t *frame, size_t len)
{
	port_receive(&card->vnic[port], frame, len);
}
