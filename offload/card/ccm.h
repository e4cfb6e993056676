/* SPDX-License-Identifier: GPL-2.0-only */
/* Control messages about maps, as the driver's bpf/cmsg.c sends them over the
 * control vNIC, and the events that programs send to the host.
 */
#ifndef CARD_CCM_H
#define CARD_CCM_H

#include <stddef.h>
#include <stdint.h>

struct maps;
struct program_event;

#define CCM_MESSAGE_MAX 16384 /* bytes */

/**
 * ccm_answer() - carry out one message of the host
 * @reply: room for CCM_MESSAGE_MAX bytes
 *
 * Return: bytes of the reply; 0 for what is no request and gets none.
 */
size_t ccm_answer(struct maps *maps, const uint8_t *request, size_t len,
		  uint8_t *reply);

/* An event as the driver expects it; returns its bytes, 0 if it does not fit. */
size_t ccm_event(const struct program_event *event, uint8_t *message,
		 size_t room);

#endif
