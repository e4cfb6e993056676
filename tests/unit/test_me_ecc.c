/* SPDX-License-Identifier: GPL-2.0-only */
/* The check of an image when it is loaded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "array.h"
#include "card/me.h"
#include "me_asm.h"

static void every_wrong_bit_is_seen(void **state)
{
	const uint64_t words[] = {
		0,
		nop(),
		alu(A(1), B(2), ADD, A(3)),
		br(BR, 3072, 2),
		0x1fffffffffff,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		uint64_t word = me_with_ecc(words[i]);

		assert_true(me_ecc_ok(word));
		assert_int_equal(word & 0x1fffffffffff, words[i]);
		for (int bit = 0; bit < 52; bit++)
			assert_false(me_ecc_ok(word ^ 1ull << bit));
	}
}

/* From programs that the driver has loaded: every bit that it ever sets. */
static void ecc_is_that_of_the_driver(void **state)
{
	static const uint64_t known[] = {
		0x120f40ff057ff, 0x120aaf00f7c04, 0x1925c1408800c,
		0x8864700080700, 0x000f0000c0300, 0x000ac01502006,
		0x000dbaa808120, 0x0105c1208b806, 0x002c10c020a04,
		0x3828180200a00, 0x1e0f980205404,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		assert_true(me_ecc_ok(known[i]));
}

static void an_image_is_refused_at_its_first_bad_word(void **state)
{
	uint64_t image[4];
	uint32_t bad = 99;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(image); i++)
		image[i] = me_with_ecc(nop());
	assert_null(me_check_image(image, ARRAY_SIZE(image), &bad));
	assert_null(me_check_image(NULL, 0, &bad));
	assert_int_equal(bad, 99);
	image[2] ^= 1ull << 50;
	image[3] ^= 1;
	assert_string_equal(me_check_image(image, ARRAY_SIZE(image), &bad),
			    "the ECC is wrong");
	assert_int_equal(bad, 2);
	image[1] |= 1ull << 52;
	assert_string_equal(me_check_image(image, ARRAY_SIZE(image), &bad),
			    "bits above the ECC are set");
	assert_int_equal(bad, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wrong_bit_is_seen),
		cmocka_unit_test(ecc_is_that_of_the_driver),
		cmocka_unit_test(an_image_is_refused_at_its_first_bad_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
