/* SPDX-License-Identifier: GPL-2.0-only */
/* emulated IFACE [FRAME]: is it a port of the emulated card, which one, and what
 * the card counts there, as loader/emulated.h has it: one JSON object. With the
 * bytes of a frame the bound that follows for what it sends, too, as text.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "bound.h"
#include "emulated.h"

static json_t *range(const struct emulated_range *r)
{
	return json_pack("{s:i,s:f,s:i}", "min", r->min, "mean", r->mean, "max",
			 r->max);
}

static json_t *cost(const struct emulated_cost *c)
{
	return json_pack("{s:I,s:I,s:o,s:o,s:o}", "frames",
			 (json_int_t)c->frames, "bytes", (json_int_t)c->bytes,
			 "instructions", range(&c->instructions),
			 "memory_commands", range(&c->commands),
			 "routine_calls", range(&c->calls));
}

/* What cannot be read is an error's name in the place of the costs. */
static json_t *costs(int port, struct emulated_counts *counts)
{
	int err = port < 0 ? port : emulated_read(port, counts);

	if (err)
		return json_string(strerrorname_np(-err));
	return json_pack("{s:o,s:o,s:o,s:o}", "pass",
			 cost(&counts->cost[EMULATED_PASS]), "drop",
			 cost(&counts->cost[EMULATED_DROP]), "tx",
			 cost(&counts->cost[EMULATED_TX]), "aborted",
			 cost(&counts->cost[EMULATED_ABORTED]));
}

int main(int argc, char **argv)
{
	struct emulated_counts counts = {};
	const struct profile_card *card;
	struct board board = {};
	struct device dev;
	json_t *all;
	int port, err;

	err = argc < 2 ? -EINVAL : device_read(argv[1], &dev);
	if (err) {
		fprintf(stderr, "emulated: %s\n", strerror(-err));
		return 1;
	}
	port = emulated_port(&dev);
	err = board_read(&dev, &board);
	all = json_pack("{s:i,s:i,s:i,s:s,s:s,s:o}", "is", emulated_is(&dev),
			"port", port, "board_error", err, "board", board.id,
			"serial", board.serial, "verdicts",
			costs(port, &counts));
	json_dumpf(all, stdout, JSON_COMPACT);
	json_decref(all);
	putchar('\n');
	card = profile_card_find(board.id);
	if (argc > 2 && card && counts.cost[EMULATED_TX].frames) {
		bound_print(stdout, "\t", card,
			    counts.cost[EMULATED_TX].instructions.mean,
			    atoi(argv[2]));
		bound_print_context(stdout, "\t");
	}
	return 0;
}
