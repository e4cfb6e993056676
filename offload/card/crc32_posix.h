/* SPDX-License-Identifier: GPL-2.0-only */
/* The checksum of cksum(1), which guards the hardware information and is the
 * key of a resource's name.
 * Source: nfp driver, nfpcore/crc32.h.
 */
#ifndef CARD_CRC32_POSIX_H
#define CARD_CRC32_POSIX_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32_posix(const void *data, size_t len);

#endif
