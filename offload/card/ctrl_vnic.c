/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/ctrl_vnic.h"

#include "card/card_state.h"
#include "card/ccm.h"
#include "card/rings.h"

bool ctrl_vnic_request(struct vnic *vnic, const uint8_t *request, size_t len)
{
	struct card *card = vnic->card;
	size_t reply;

	if (card->config.fault == CARD_FAULT_CCM)
		return true;
	if (!rings_has_buffer(vnic, 0))
		return false;
	reply = ccm_answer(card->maps, request, len, card->message);
	if (reply && rings_receive(vnic, 0, card->message, reply) != RINGS_OK)
		card_log(card, "a reply of %zu bytes exceeds the host's buffer",
			 reply);
	return true;
}

void ctrl_vnic_event(void *priv, const struct program_event *event)
{
	struct card *card = priv;
	struct vnic *vnic = &card->vnic[CARD_CTRL_VNIC];
	size_t len = ccm_event(event, card->message, sizeof(card->message));

	if (!len || rings_receive(vnic, 0, card->message, len) != RINGS_OK)
		card->events_lost++;
}
