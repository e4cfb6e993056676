/* SPDX-License-Identifier: GPL-2.0-only */
/* The terminal that the user sits at. */
#ifndef LAB_TTY_H
#define LAB_TTY_H

struct lab_window {
	unsigned int rows;
	unsigned int columns;
};

/* Size of the terminal at standard input; 24 x 80 if that is none. */
struct lab_window lab_tty_window(void);

/* Every key goes to the guest, until lab_tty_restore(), which may be called
 * without it, too. Nothing happens if standard input is no terminal.
 */
void lab_tty_raw(void);
void lab_tty_restore(void);

#endif
