#ifndef WASM_PLUGIN_STDLIB_H
#define WASM_PLUGIN_STDLIB_H

#include <stddef.h>

/* Each block is a multiple of 16 bytes, and as aligned. 0 where the memory cannot grow. */
void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *block, size_t bytes);
void free(void *block);

/* Ends the instance. */
_Noreturn void abort(void);

#endif
