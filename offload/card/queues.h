/* SPDX-License-Identifier: GPL-2.0-only */
/* The queue controller: a pair of pointers for each of 256 queues. The host
 * adds to a write pointer to hand over descriptors, and reads the read pointer
 * to see which of them are done.
 * Source: nfp driver, nfp_net.h NFP_QCP_*, nfpcore/nfp_dev.c nfp_dev_info.
 */
#ifndef CARD_QUEUES_H
#define CARD_QUEUES_H

#include <stdint.h>

#define QUEUES_AT   0x80000 /* of the PCI unit: qc_addr_offset */
#define QUEUES_SIZE 0x80000 /* qc_area_sz */

/* Ring n of a vNIC is queue 4 * n from these on; its configuration queue is
 * the one after the first TX queue.
 */
unsigned int queues_first_tx(unsigned int vnic);
unsigned int queues_first_rx(unsigned int vnic);

/* @priv: the card. */
uint64_t queues_read(void *priv, uint64_t offset);
void queues_written(void *priv, uint64_t offset, unsigned int size,
		    uint64_t value);

#endif
