/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <string.h>

#include "card/be.h"
#include "card/ccm.h"
#include "card/maps.h"
#include "card/program.h"

/* Messages: nfp driver, ccm.h and bpf/fw.h; all words are big-endian. The first
 * is type, version and a tag, which the reply repeats.
 *	alloc:	key_size value_size max_entries type flags -> rc tid
 *	free:	tid -> rc count
 *	others:	tid count flags entries... -> rc count 0 entries...
 * An entry is a field for the key and one for the value, of ABI version 2.
 */
enum type {
	MAP_ALLOC = 1,
	MAP_FREE = 2,
	MAP_LOOKUP = 3,
	MAP_UPDATE = 4,
	MAP_DELETE = 5,
	MAP_GETNEXT = 6,
	MAP_GETFIRST = 7,
	EVENT = 8,
};

#define CCM_VERSION 1
#define REPLY_BIT   0x80
#define KEY_FIELD   64
#define ENTRY	    128
#define HEADER	    4
#define REPLY_HEAD  12 /* with rc and tid or count */
#define OP_HEAD	    16
#define ALLOC_LEN   24
#define FREE_LEN    8
#define EVENT_HEAD  24

struct op {
	struct maps *maps;
	enum type type;
	uint32_t tid;
	uint32_t flags;
};

static size_t finish(uint8_t *reply, enum maps_error rc, uint32_t result,
		     size_t len)
{
	be_put(reply + 4, rc);
	be_put(reply + 8, result);
	return len;
}

static size_t alloc(struct maps *maps, const uint8_t *request, size_t len,
		    uint8_t *reply)
{
	struct maps_shape shape;
	enum maps_error rc = MAPS_PARSE;
	uint32_t tid = 0;

	if (len >= ALLOC_LEN) {
		shape.key_size = be_get(request + 4);
		shape.value_size = be_get(request + 8);
		shape.max_entries = be_get(request + 12);
		shape.type = be_get(request + 16);
		rc = maps_alloc(maps, &shape, &tid);
	}
	return finish(reply, rc, tid, REPLY_HEAD);
}

static size_t release(struct maps *maps, const uint8_t *request, size_t len,
		      uint8_t *reply)
{
	enum maps_error rc = MAPS_PARSE;

	if (len >= FREE_LEN)
		rc = maps_release(maps, be_get(request + 4));
	return finish(reply, rc, 0, REPLY_HEAD);
}

static enum maps_error lookup(const struct op *op, uint8_t *entry)
{
	const struct maps_shape *shape = maps_shape(op->maps, op->tid);
	const uint8_t *value = maps_lookup(op->maps, op->tid, entry);

	if (!value)
		return MAPS_NO_ENTRY;
	memcpy(entry + KEY_FIELD, value, shape->value_size);
	return MAPS_OK;
}

/* The entry after @key, into @entry. */
static enum maps_error next(const struct op *op, const uint8_t *key,
			    uint8_t *entry)
{
	const struct maps_shape *shape = maps_shape(op->maps, op->tid);
	const uint8_t *found, *value;
	enum maps_error rc;

	rc = maps_next(op->maps, op->tid, key, &found, &value);
	if (rc)
		return rc;
	memset(entry, 0, ENTRY);
	memcpy(entry, found, shape->key_size);
	memcpy(entry + KEY_FIELD, value, shape->value_size);
	return MAPS_OK;
}

/* One entry: it comes as the host sent it, and goes as the reply has it. */
static enum maps_error one(const struct op *op, const uint8_t *before,
			   uint8_t *entry)
{
	switch (op->type) {
	case MAP_LOOKUP:
		return lookup(op, entry);
	case MAP_UPDATE:
		return maps_update(op->maps, op->tid, entry, entry + KEY_FIELD,
				   op->flags);
	case MAP_DELETE:
		return maps_delete(op->maps, op->tid, entry);
	default:
		return next(op, before, entry);
	}
}

static bool walks(enum type type)
{
	return type == MAP_GETNEXT || type == MAP_GETFIRST;
}

/* The reply has the entries that went well, and a last one if another did not;
 * the walk's further keys are not in the request (nfp driver, bpf/cmsg.c
 * nfp_bpf_ctrl_entry_op()).
 */
static size_t operate(const struct op *op, const uint8_t *request, size_t sent,
		      uint32_t wanted, uint8_t *reply)
{
	enum maps_error rc = MAPS_OK;
	uint8_t *entry = reply + OP_HEAD;
	const uint8_t *before = op->type == MAP_GETFIRST ? NULL : entry;
	uint32_t done = 0;

	while (done < wanted) {
		memset(entry, 0, ENTRY);
		if (done < sent)
			memcpy(entry, request + OP_HEAD + done * ENTRY, ENTRY);
		rc = one(op, before, entry);
		if (rc)
			break;
		before = entry;
		entry += ENTRY;
		done++;
	}
	return finish(reply, rc, done, OP_HEAD + (done + !!rc) * ENTRY);
}

static size_t operation(struct maps *maps, enum type type,
			const uint8_t *request, size_t len, uint8_t *reply)
{
	struct op op = { .maps = maps, .type = type };
	size_t sent = len < OP_HEAD ? 0 : (len - OP_HEAD) / ENTRY;
	uint32_t wanted, most = (CCM_MESSAGE_MAX - OP_HEAD) / ENTRY - 1;
	enum maps_error rc;

	memset(reply + HEADER, 0, OP_HEAD - HEADER + ENTRY);
	if (!sent)
		return finish(reply, MAPS_PARSE, 0, OP_HEAD + ENTRY);
	op.tid = be_get(request + 4);
	wanted = be_get(request + 8);
	op.flags = be_get(request + 12);
	rc = maps_shape(maps, op.tid) ? MAPS_OK : MAPS_NO_TABLE;
	if (!rc && (!wanted || (!walks(type) && wanted > sent)))
		rc = MAPS_PARSE;
	if (rc)
		return finish(reply, rc, 0, OP_HEAD + ENTRY);
	return operate(&op, request, sent, wanted < most ? wanted : most,
		       reply);
}

/* Published firmware drops what it does not know, without an answer
 * (Netronome/nic-firmware, maps/cmsg_map.uc cmsg_validate()).
 */
static bool known(const uint8_t *request, size_t len)
{
	return len >= HEADER && request[0] >= MAP_ALLOC &&
	       request[0] <= MAP_GETFIRST && request[1] == CCM_VERSION;
}

size_t ccm_answer(struct maps *maps, const uint8_t *request, size_t len,
		  uint8_t *reply)
{
	if (!known(request, len))
		return 0;
	memcpy(reply, request, HEADER);
	reply[0] |= REPLY_BIT;
	switch (request[0]) {
	case MAP_ALLOC:
		return alloc(maps, request, len, reply);
	case MAP_FREE:
		return release(maps, request, len, reply);
	default:
		return operation(maps, request[0], request, len, reply);
	}
}

/* struct cmsg_bpf_event of bpf/fw.h; the data begins at a multiple of 4 after
 * the packet (bpf/offload.c nfp_bpf_event_output()).
 */
size_t ccm_event(const struct program_event *event, uint8_t *message,
		 size_t room)
{
	size_t data = EVENT_HEAD + (((size_t)event->packet_len + 3) & ~3UL);
	size_t len = data + event->data_len;

	if (len > room)
		return 0;
	memset(message, 0, data);
	message[0] = EVENT;
	message[1] = CCM_VERSION;
	be_put(message + 4, event->cpu);
	be_put(message + 8, event->map >> 32);
	be_put(message + 12, event->map);
	be_put(message + 16, event->data_len);
	be_put(message + 20, event->packet_len);
	if (event->packet_len)
		memcpy(message + EVENT_HEAD, event->packet, event->packet_len);
	if (event->data_len)
		memcpy(message + data, event->data, event->data_len);
	return len;
}
