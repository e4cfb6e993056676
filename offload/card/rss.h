/* SPDX-License-Identifier: GPL-2.0-only */
/* Spreads frames over RX rings by a Toeplitz hash of their addresses and, if
 * asked for, of their ports.
 * Source: nfp driver, nfp_net_ctrl.h NFP_NET_CFG_RSS_*; the hash is that of
 * Microsoft's "RSS hashing types". Assumed: addresses are always hashed, the
 * register's bits add the ports.
 */
#ifndef CARD_RSS_H
#define CARD_RSS_H

#include <stddef.h>
#include <stdint.h>

/* The ring that the settings in @bar choose; 0 for what is not IP. */
unsigned int rss_ring(const uint8_t *bar, const uint8_t *frame, size_t len);

/* @key: of RSS_KEY_LEN bytes, at least 4 more than @len. */
uint32_t rss_toeplitz(const uint8_t *key, const uint8_t *data, size_t len);

#endif
