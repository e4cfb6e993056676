/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Would the card take this program? Decides as the kernel's verifier and the
 * card's driver would, without either: reads an object, explores every path
 * with the types, offsets and ranges of its registers, and holds each
 * instruction to the rules of rule.h. Touches no device and needs no rights.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "rule.h"

struct profile;

/* Kernels whose answers differ. Later ones are taken for the last. */
enum check_kernel {
	CHECK_KERNEL_6_1,
	CHECK_KERNEL_6_12,
};

/**
 * check_kernel_find() - the kernel that answers for a version
 * @version: "6.12", and whatever a distribution writes behind it
 * @out:     the newest known that is not newer
 *
 * Return: 0; 1: another than was asked for; -EINVAL: not a version; -ENOENT:
 * older than all that are known.
 */
int check_kernel_find(const char *version, enum check_kernel *out);

/* "6.1" */
const char *check_kernel_name(enum check_kernel kernel);

#define CHECK_MTU 1500 /* Ethernet's */

struct check_options {
	const struct profile *profile; /* NULL: profile_published */
	enum check_kernel kernel;
	unsigned int mtu; /* of the interface, bytes; 0: CHECK_MTU */
	/* Visits of instructions before it is left undecided; 0: a kernel's own
	 * limit, which takes up to some seconds.
	 */
	unsigned long explore;
};

enum check_verdict {
	CHECK_ACCEPTED,
	CHECK_REFUSED,
	CHECK_UNDECIDED,
};

/* What one rule has against a program; strings belong to the report. */
struct check_finding {
	const struct rule *rule;
	bool undecided;	    /* it depends on what cannot be known here */
	int insn;	    /* index into the program, -1: none */
	int err;	    /* errno as the kernel's, positive */
	const char *map;    /* name of the map it is about, or NULL */
	const char *file;   /* source, or NULL where the object has none */
	unsigned int line;  /* of the source; 0: none */
	const char *source; /* text of that line, or NULL */
	/* As driver or kernel say it, or what an undecided one depends on; or
	 * "".
	 */
	char words[256];
};

/* One BPF instruction in the listing of costs. */
struct check_insn {
	char text[64];	    /* disassembled */
	bool reached;	    /* some path leads here */
	unsigned int words; /* NFP instructions that it becomes */
	const char *file;
	unsigned int line;
	const char *source;
};

struct check_report {
	char name[64];	  /* of the program */
	char section[64]; /* that it lies in */
	enum check_verdict verdict;
	struct check_finding *findings; /* in the order of the pipeline: the */
	size_t finding_count;		/* first is what a user gets to see */
	struct check_insn *insns;
	size_t insn_count;	  /* 0: too many to say anything of them (L4) */
	bool costed;		  /* the next two are known */
	unsigned int fixed_words; /* NFP instructions of no source line */
	unsigned int words;	  /* NFP instructions in all */
	bool followed;		  /* to the end of all paths: */
	unsigned int stack;	  /* bytes */
	unsigned int window;	  /* bytes of a frame that it may touch */
	unsigned int maps;
	unsigned long entries; /* of all maps for the card */
	/* Instructions, each visit counted; 0: no path was begun. */
	unsigned long explored;
};

/**
 * check_file() - check every XDP program of an object, or one
 * @path:    ELF file
 * @name:    of a function or a section, or NULL: all of its XDP programs
 * @options: what it is checked for
 * @out:     array of reports, freed with check_free(); written on success only
 * @count:   how many
 * @why:     one sentence on failure
 * @room:    bytes of @why
 *
 * Return: 0; -errno of the file; -ENOEXEC: no BPF object; -ENOENT: no such
 * program, or none at all; -EFBIG: more than this reads.
 */
int check_file(const char *path, const char *name,
	       const struct check_options *options, struct check_report **out,
	       size_t *count, char *why, size_t room);

/* The same for an object in memory, which is not needed afterwards. */
int check_memory(const void *elf, size_t size, const char *name,
		 const struct check_options *options, struct check_report **out,
		 size_t *count, char *why, size_t room);

void check_free(struct check_report *reports, size_t count);

#endif
