/* SPDX-License-Identifier: GPL-2.0-only */
/* The card from within, for the files that make it up. */
#ifndef CARD_STATE_H
#define CARD_STATE_H

#include "card/card.h"
#include "card/ccm.h"
#include "card/config.h"
#include "card/cpp.h"
#include "card/maps.h"
#include "card/memory.h"
#include "card/nsp.h"
#include "card/program.h"
#include "card/stats.h"
#include "card/vnic.h"

/* One vNIC per port, and last the one for control messages. */
#define CARD_CTRL_VNIC CARD_PORTS_MAX
#define CARD_VNICS     (CARD_PORTS_MAX + 1)

/* Longest frame or message in either direction, bytes. */
#define CARD_FRAME_MAX 16384

/* One port of the wire. Ports past config.ports keep an empty program. */
struct port {
	struct program *program;
	struct stats stats;
	bool stop_told; /* the log knows why this program stopped */
};

struct card {
	struct card_config config; /* maps and programs read it in place */
	struct card_config built;  /* what the memory was made from */
	struct card_host host;
	struct program_host program_host;
	uint8_t mac[6]; /* of the first port */
	struct maps *maps;
	struct port port[CARD_PORTS_MAX];
	struct vnic vnic[CARD_VNICS];
	struct cpp cpp;
	struct memory memory;
	unsigned int memory_values; /* used of memory.values */
	uint32_t nsp_port_state[CARD_PORTS_MAX];
	uint64_t events_lost; /* the host had no buffer for them */
	uint8_t rx_frame[PROGRAM_HEADROOM + CARD_FRAME_MAX + PROGRAM_BUFFER];
	uint8_t tx_frame[CARD_FRAME_MAX];
	uint8_t message[CCM_MESSAGE_MAX];
};

/* One sentence for the log, formatted. */
__attribute__((format(printf, 2, 3))) void card_log(struct card *card,
						    const char *format, ...);

#endif
