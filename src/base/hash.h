/* A 64-bit checksum of bytes: XXH64 (Y. Collet, "xxHash fast digest algorithm", specification
 * 0.1.1).
 *
 * Fast (some bytes a clock cycle), even, the same on every machine; no protection against someone
 * who wants two things to have the same hash. */
#ifndef STILLAIR_BASE_HASH_H
#define STILLAIR_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* seed: 0, or the hash of what came before. */
uint64_t hash_64(const void *bytes, size_t size, uint64_t seed);

#endif
