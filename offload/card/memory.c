/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/memory.h"

#include "card/card_state.h"
#include "card/queues.h"

#define MEMORY(t, at, field)                           \
	{                                              \
		.target = t, .address = at,            \
		.size = sizeof(card->memory.field),    \
		.bytes = (uint8_t *)card->memory.field \
	}

/* In the order of searching: what is used per frame comes first. */
static void connect_vnics(struct card *card)
{
	cpp_add(&card->cpp, &(struct cpp_region){ .target = CPP_PCIE,
						  .address = QUEUES_AT,
						  .size = QUEUES_SIZE,
						  .read = queues_read,
						  .written = queues_written,
						  .priv = card });
	for (unsigned int i = 0; i < CARD_VNICS; i++) {
		bool ctrl = i == CARD_CTRL_VNIC;
		uint32_t at = ctrl ? MEMORY_CTRL_BAR_AT
				   : MEMORY_DATA_BARS_AT + i * MEMORY_VNIC_BAR;

		cpp_add(&card->cpp,
			&(struct cpp_region){ .target = CPP_MU,
					      .address = MEMORY_EMEM0 + at,
					      .size = MEMORY_VNIC_BAR,
					      .bytes = card->vnic[i].bar,
					      .written = vnic_written,
					      .priv = &card->vnic[i] });
	}
}

void memory_connect(struct card *card)
{
	const uint64_t emem0 = MEMORY_EMEM0;
	const struct cpp_region region[] = {
		MEMORY(CPP_MU, emem0 + MEMORY_MAC_STATS_AT, mac_stats),
		MEMORY(CPP_MU, MEMORY_RESOURCES_AT, resources),
		MEMORY(CPP_MU, MEMORY_NSP_BUFFER_AT, nsp_buffer),
		MEMORY(CPP_MU, MEMORY_HWINFO_AT, hwinfo),
		MEMORY(CPP_MU, MEMORY_NFFW_AT, nffw),
		MEMORY(CPP_MU, MEMORY_MIP_AT, mip),
		MEMORY(CPP_MU, emem0 + MEMORY_SYMBOLS_AT, symbols),
		MEMORY(CPP_MU, emem0 + MEMORY_STRINGS_AT, strings),
		MEMORY(CPP_MU, emem0 + MEMORY_CAPABILITIES_AT, capabilities),
		MEMORY(CPP_MU, emem0 + MEMORY_VALUES_AT, values),
		MEMORY(CPP_XPB, MEMORY_ISLAND_MAP_AT, island_map),
		MEMORY(CPP_XPB, MEMORY_CHIP_AT, chip),
	};
	struct cpp_region nsp = MEMORY(CPP_MU, MEMORY_NSP_AT, nsp);

	connect_vnics(card);
	for (size_t i = 0; i < sizeof(region) / sizeof(region[0]); i++)
		cpp_add(&card->cpp, &region[i]);
	nsp.written = nsp_written;
	nsp.priv = card;
	cpp_add(&card->cpp, &nsp);
}
