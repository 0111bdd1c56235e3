/*
 * Memory of a plugin in C: a list of free blocks in the order of their addresses. The first that is large enough is
 * taken; neighbours become one when they are freed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define UNIT 16u
#define PAGE 65536u

/* In front of each block. */
typedef struct block {
  /* With this header, a multiple of UNIT. */
  size_t bytes;
  /* The next free one. */
  struct block *next;
  size_t padding[2];
} block;

_Static_assert(sizeof(block) == UNIT, "a header is one unit");

extern unsigned char __heap_base;

static block *free_blocks;
static uintptr_t end;

/* Adds a block where its address belongs, and joins it with its neighbours. */
static void give_back(block *given) {
  block **link = &free_blocks;
  block *before = NULL;
  while (*link != NULL && *link < given) {
    before = *link;
    link = &before->next;
  }
  given->next = *link;
  *link = given;
  if (given->next != NULL && (uintptr_t)given + given->bytes == (uintptr_t)given->next) {
    given->bytes += given->next->bytes;
    given->next = given->next->next;
  }
  if (before != NULL && (uintptr_t)before + before->bytes == (uintptr_t)given) {
    before->bytes += given->bytes;
    before->next = given->next;
  }
}

/* Returns whether the memory has grown by a block of these bytes. */
static int grow(size_t bytes) {
  if (end == 0) {
    uintptr_t start = ((uintptr_t)&__heap_base + UNIT - 1) & ~(uintptr_t)(UNIT - 1);
    end = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
    if (end > start) {
      block *first = (block *)start;
      first->bytes = end - start;
      give_back(first);
      return 1;
    }
    end = start;
  }
  size_t pages = (bytes + PAGE - 1) / PAGE;
  size_t before = __builtin_wasm_memory_grow(0, pages);
  if (before == (size_t)-1) return 0;
  block *more = (block *)(before * PAGE);
  more->bytes = pages * PAGE;
  end = (uintptr_t)more + more->bytes;
  give_back(more);
  return 1;
}

void *malloc(size_t bytes) {
  if (bytes > SIZE_MAX - 2 * UNIT - PAGE) return NULL;
  size_t wanted = ((bytes + UNIT - 1) & ~(size_t)(UNIT - 1)) + UNIT;
  do {
    for (block **link = &free_blocks; *link != NULL; link = &(*link)->next) {
      block *found = *link;
      if (found->bytes < wanted) continue;
      if (found->bytes > wanted) {
        block *rest = (block *)((uintptr_t)found + wanted);
        rest->bytes = found->bytes - wanted;
        rest->next = found->next;
        *link = rest;
        found->bytes = wanted;
      } else {
        *link = found->next;
      }
      return found + 1;
    }
  } while (grow(wanted));
  return NULL;
}

void free(void *given) {
  if (given != NULL) give_back((block *)given - 1);
}

void *realloc(void *given, size_t bytes) {
  if (given == NULL) return malloc(bytes);
  size_t had = ((block *)given - 1)->bytes - UNIT;
  if (bytes <= had) return given;
  void *made = malloc(bytes);
  if (made == NULL) return NULL;
  memcpy(made, given, had);
  free(given);
  return made;
}

void *calloc(size_t count, size_t bytes) {
  size_t all;
  if (__builtin_mul_overflow(count, bytes, &all)) return NULL;
  void *made = malloc(all);
  if (made != NULL) memset(made, 0, all);
  return made;
}

void abort(void) { __builtin_trap(); }

/* Each is one instruction, as the compiler is told to use those for bulk memory. */
void *memcpy(void *restrict to, const void *restrict from, size_t bytes) { return __builtin_memcpy(to, from, bytes); }
void *memmove(void *to, const void *from, size_t bytes) { return __builtin_memmove(to, from, bytes); }
void *memset(void *to, int byte, size_t bytes) { return __builtin_memset(to, byte, bytes); }

int memcmp(const void *one, const void *other, size_t bytes) {
  const unsigned char *a = one, *b = other;
  for (; bytes > 0; a++, b++, bytes--)
    if (*a != *b) return *a < *b ? -1 : 1;
  return 0;
}

size_t strlen(const char *text) {
  const char *at = text;
  while (*at != 0) at++;
  return (size_t)(at - text);
}
