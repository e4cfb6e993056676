/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One thread of a microengine, running one program on one packet: the subset of
 * the machine that the kernel's nfp driver generates code for, and nothing
 * else. It stops, with the reason, at whatever real hardware would leave
 * undefined and at whatever is not modelled. Plain C11: knows neither QEMU nor
 * the card.
 *
 * Sources. Field layouts, operand encodings and the code's ECC: nfp driver,
 * nfp_asm.h and nfp_asm.c. What an instruction does: how the driver's bpf/jit.c
 * uses it, and its comments. Where neither tells, an instruction's outcome is
 * unknown here, and a program that depends on it is stopped.
 *
 * Unknown values. Registers and local memory know for each byte whether it
 * was ever written. A move carries unknown bytes along, since the driver's code
 * saves registers that nobody wrote, and changes stack words of which only a
 * part was written. Memory may send unknown bytes, too: the driver's code loads
 * more than it has checked for, and drops the rest. Every other use of an
 * unknown byte stops: arithmetic, branches, addresses, stores to memory, and
 * shifts that do not shift all of it out. Flags and the multiplier's state are
 * known or unknown in the same way.
 *
 * Assumed, as no public source tells:
 *  - logic sets N and Z; it leaves C and V unknown, ld_field and mul_step leave
 *    all four unknown, immed leaves all as they are (the driver's additions of
 *    64 bits depend on this last one)
 *  - what the previous instruction leaves to a shift's amount or sign, or to a
 *    command's length and data, is lost one instruction later
 *  - a branch not taken costs one cycle; a taken one two or three more, less
 *    its defer slots
 *  - a 40-bit address is one register shifted left by 8 plus the other
 *  - read32_swap at an odd address swaps the data that it returns
 *  - a 64-bit addend's low word is in the first transfer register
 *  - a double shift by an indirect 0 moves nothing (jit.c shr_reg64_lt32_low()
 *    depends on it); by 32, of which five bits count, it stops
 *  - conditions 3, 6 and 7 (bpl, bvs, bvc), which the driver does not use
 */
#ifndef CARD_ME_H
#define CARD_ME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ME_LMEM_BYTES	 4096
#define ME_LMEM_WORDS	 (ME_LMEM_BYTES / 4)
#define ME_REGISTERS	 32 /* per bank, with four threads on an engine */
#define ME_LMEM_POINTERS 4

struct me;

enum me_space {
	ME_CTM, /* 32-bit addresses: the packet */
	ME_MU,	/* 40-bit addresses: the memory of maps */
};

enum me_stop {
	ME_DONE = 0,
	ME_UNDEFINED, /* the hardware does not define what comes of it */
	ME_UNKNOWN,   /* not modelled: the driver does not generate it */
	ME_FAULT,     /* memory, or a firmware routine, said no */
	ME_LOST,      /* went where there is no code */
	ME_ENDLESS,   /* step limit */
};

/* What is outside of the engine. Each returns NULL, or a static sentence that
 * says why not, which stops the program with ME_FAULT.
 */
struct me_ops {
	/* @data in the order of memory; @len at most 128 bytes. *@defined is
	 * @len, to be lowered if only the first bytes hold something: the
	 * others stay unknown, and what @data has there does not matter.
	 */
	const char *(*read)(void *priv, enum me_space space, uint64_t addr,
			    void *data, uint32_t len, uint32_t *defined);
	const char *(*write)(void *priv, enum me_space space, uint64_t addr,
			     const void *data, uint32_t len);

	/* Atomically add to a counter in ME_MU of @width 4 or 8 bytes. Each
	 * 32-bit word of a counter is big-endian, the low word comes first
	 * (nfp driver, offload.c: the host swaps the words one by one).
	 */
	const char *(*add)(void *priv, uint64_t addr, uint32_t width,
			   uint64_t addend);

	/* The program jumped to @pc, outside of its image. If no routine of
	 * the firmware begins there, set @known to false: ME_LOST. Else do the
	 * routine's work, and end with me_return().
	 */
	const char *(*call)(void *priv, struct me *me, uint32_t pc,
			    bool *known);

	/* The value of the pseudo random number CSR. */
	uint32_t (*random)(void *priv);
};

/* A loaded program. The code is kept, not copied; bits above the 45 of an
 * instruction are ignored here, me_check_image() judges them.
 */
struct me_image {
	const uint64_t *code; /* code[i] is at the address start + i */
	uint32_t start;	      /* where it is entered */
	uint32_t len;
	uint32_t done; /* jumping there ends the program */
	uint8_t *seen; /* NULL, or len bytes: [i] is set once code[i] runs */
};

/* Bit i of @known: byte i (bits 8i..8i+7) was written. */
struct me_value {
	uint32_t v;
	uint32_t known;
};

/* What an instruction leaves to the very next one. */
struct me_trail {
	struct me_value result;
	struct me_value left; /* the left source of alu */
	bool random;	      /* the next immed takes the random number */
};

/* A parsed memory command. */
struct me_command {
	const struct me_command_row *row;
	enum me_space space;
	uint64_t addr;
	uint32_t len;  /* bytes */
	uint32_t xfer; /* first transfer register */
	uint32_t imm;  /* data of the indirect reference */
	uint32_t at;   /* address of the instruction */
	uint32_t slots;
};

/* me_why() puts it in words. */
struct me_report {
	enum me_stop stop;
	const char *reason;
	uint32_t at;   /* address of the instruction, */
	uint64_t word; /* and itself; 0 when outside of the image */
	unsigned int what;
	uint64_t number;
};

struct me {
	/* Results, valid after me_run() however it ended. */
	uint64_t steps;	   /* the program's own instructions executed */
	uint64_t commands; /* memory commands issued */
	uint64_t calls;	   /* firmware routines called */

	/* Private. */
	struct me_image image;
	const struct me_ops *ops;
	void *priv;
	uint32_t pc;
	uint32_t at; /* the instruction that pc comes from */
	uint64_t cycle;
	struct me_value gpr[2][ME_REGISTERS];
	struct me_value xfer_in[ME_REGISTERS];
	struct me_value xfer_out[ME_REGISTERS];
	struct me_value lmem[ME_LMEM_WORDS];
	struct {
		uint32_t addr;
		bool known;
		uint64_t ready; /* first cycle in which it can be used */
	} lm[ME_LMEM_POINTERS];
	uint32_t flags;
	uint32_t flags_known;
	struct me_trail now, before;
	struct {
		uint32_t type; /* 0: not known */
		uint32_t steps;
		uint32_t a, b;
	} mul;
	struct {
		uint32_t slots; /* instructions until it takes place */
		uint32_t target;
		uint32_t bubbles;
		uint32_t at;
	} jump;
	struct me_command waiting;
	struct me_report report;
};

/**
 * me_check_image() - the check of a load: would the card's code store take it
 * @bad: the index of the offending instruction
 *
 * Bits 45..51 of each word hold the ECC of bits 0..44, those above are 0.
 *
 * Return: NULL, or what is wrong.
 * Source: nfp driver, nfp_asm.c nfp_ustore_calc_ecc_insn().
 */
const char *me_check_image(const uint64_t *code, uint32_t len, uint32_t *bad);

/* The instruction in bits 0..44 of @word together with its ECC. */
uint64_t me_with_ecc(uint64_t word);
bool me_ecc_ok(uint64_t word);

/**
 * me_reset() - an engine that knows nothing: no register, no flag, no memory
 * @image: copied, its code is not
 * @ops: kept, and called with @priv
 */
void me_reset(struct me *me, const struct me_image *image,
	      const struct me_ops *ops, void *priv);

/**
 * me_run() - enter the image at its start and run until it is done
 * @max_steps: instructions and calls after which it is called endless
 *
 * What the firmware hands to a program is to be set before. After ME_DONE the
 * accessors below tell what the program hands back.
 */
enum me_stop me_run(struct me *me, uint64_t max_steps);

/* One sentence about the end: reason, operand, instruction, address. Returns
 * @buf, which is always terminated; 160 bytes suffice.
 */
const char *me_why(const struct me *me, char *buf, size_t len);

/*
 * For the firmware around a program: what it sets is known, at once usable, and
 * checked for nothing. Numbers out of range are ignored by what sets, and
 * unknown to what gets.
 */
void me_set_gpr(struct me *me, unsigned int n, uint32_t v); /* both banks */
void me_set_gpr_a(struct me *me, unsigned int n, uint32_t v);
void me_set_gpr_b(struct me *me, unsigned int n, uint32_t v);

/* False, with @v untouched, unless all four bytes are known. */
bool me_get_gpr_a(const struct me *me, unsigned int n, uint32_t *v);
bool me_get_gpr_b(const struct me *me, unsigned int n, uint32_t *v);

/* A routine has used registers first..last of both banks for itself; the
 * transfer registers of both directions.
 */
void me_forget_gprs(struct me *me, unsigned int first, unsigned int last);
void me_forget_xfers(struct me *me);

/* Local memory in the stack's order: byte i of a word is in its bits
 * 8i..8i+7. Reading is false, with @data untouched, when it is out of range
 * or if a byte of it is unknown; writing is false when out of range.
 */
bool me_lmem_write(struct me *me, uint32_t addr, const void *data,
		   uint32_t len);
bool me_lmem_read(const struct me *me, uint32_t addr, void *data, uint32_t len);

/* The same for a word at an address of which the low two bits are ignored. */
bool me_lmem_set_word(struct me *me, uint32_t addr, uint32_t v);
bool me_lmem_get_word(const struct me *me, uint32_t addr, uint32_t *v);

/* Local memory pointers, in bytes. @settled is false of one that was never set
 * and of one whose CSR was written less than three cycles ago: a routine that
 * uses it then reads elsewhere on real hardware.
 */
void me_set_lm_addr(struct me *me, unsigned int which, uint32_t addr);
uint32_t me_lm_addr(const struct me *me, unsigned int which, bool *settled);

/* End a call: the program goes on at @pc. Flags, the multiplier and what the
 * last instruction left are unknown, and pointers have settled.
 */
void me_return(struct me *me, uint32_t pc);

#endif
