/* The golden vector as a stream of words, and a line of text out: by stdio on a host, by
 * semihosting in an emulated chip. A small buffer is all that the smallest chip needs for it. */
#ifndef TFMB_VECTOR_FILE_H
#define TFMB_VECTOR_FILE_H

#include <stdint.h>
#include <string.h>

#if defined(__arm__) || defined(__riscv)
#include "semihosting.h"

static int32_t vector_handle;

static int open_vector(const char *name) {
  vector_handle = semihosting_open(name, (uint32_t)strlen(name));
  return vector_handle >= 0;
}
static uint32_t read_vector(void *bytes, uint32_t length) {
  return semihosting_read(vector_handle, bytes, length);
}
static void restart_vector(void) { semihosting_seek(vector_handle, 0); }
static void print(const char *text) { semihosting_write(text); }
static void leave(int failed) { semihosting_exit(failed); }
#else
#include <stdio.h>
#include <stdlib.h>

static FILE *vector_stream;

static int open_vector(const char *name) { return (vector_stream = fopen(name, "rb")) != NULL; }
static uint32_t read_vector(void *bytes, uint32_t length) {
  return (uint32_t)fread(bytes, 1, length, vector_stream);
}
static void restart_vector(void) { rewind(vector_stream); }
static void print(const char *text) { fputs(text, stdout); }
static void leave(int failed) { exit(failed); }
#endif

static uint32_t vector_buffer[128], vector_held, vector_at;
static int vector_ended;

/* The next word of the file; zeros and vector_ended past its last whole word. */
static uint32_t next_word(void) {
  if (vector_at == vector_held) {
    /* bytes after the last whole word count as a word more: the length will not match */
    const uint32_t bytes = vector_ended ? 0 : read_vector(vector_buffer, sizeof vector_buffer);
    vector_held = (bytes + 3) / 4;
    vector_at = 0;
    if (vector_held == 0) {
      vector_ended = 1;
      return 0;
    }
  }
  return vector_buffer[vector_at++];
}

/* Back to the first word. */
static void rewind_words(void) {
  restart_vector();
  vector_held = vector_at = 0;
  vector_ended = 0;
}

#endif
