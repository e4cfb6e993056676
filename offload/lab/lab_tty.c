/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "lab_tty.h"

static struct termios saved;
static bool is_raw;

struct lab_window lab_tty_window(void)
{
	struct winsize size;

	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) || !size.ws_row)
		return (struct lab_window){ 24, 80 };
	return (struct lab_window){ size.ws_row, size.ws_col };
}

void lab_tty_raw(void)
{
	struct termios raw;

	if (is_raw || tcgetattr(STDIN_FILENO, &saved))
		return;
	raw = saved;
	cfmakeraw(&raw);
	is_raw = !tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

void lab_tty_restore(void)
{
	if (is_raw)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
	is_raw = false;
}
