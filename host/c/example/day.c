/* A day of the example node on the mock board, power cut at noon, then a summary of one line. On a
 * 32-bit chip the node reads its profile in place, in flash; a twin that copied the profile takes
 * the same samples and must come to the same bits. Exit code 0 when all is well. */

#include "mock_board.h"

#if defined(__arm__) || defined(__riscv)
#include "semihosting.h"
static void print(const char *text) { semihosting_write(text); }
#else
#include <stdio.h>
#include <stdlib.h>
static void print(const char *text) { fputs(text, stdout); }
void tfmb_trap(int code) {
  printf("trap %d\n", code);
  exit(1);
}
#endif

#define NOON_MS 43200000u
#define DAY_MS 86400000u

/* The node's profile, made by the profile compiler; in flash on a chip. */
extern const uint32_t node_profile[];
extern const uint32_t node_profile_bytes;

static tfmb_t node, twin;
static port_t port;

static char *put(char *to, const char *name, uint32_t value) {
  char digits[10];
  int count = 0;
  while (*name) *to++ = *name++;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) != 0);
  while (count > 0) *to++ = digits[--count];
  *to = 0;
  return to;
}

/* The twin shares the journal: what it would write is what the node just wrote. */
static uint32_t serve_twin(void) {
  uint32_t status = TFMB_STATUS_OK;
  while (tfmb_storage(&twin)->op != 0) {
    const int reads = tfmb_storage(&twin)->op == 1;
    const int failed = reads ? mock_board.store(tfmb_storage(&twin), tfmb_storage_bytes(&twin)) : 0;
    status = tfmb_storage_done(&twin, failed);
  }
  return status;
}

static uint32_t start_twin(void) {
  tfmb_init(&twin);
  uint32_t status = tfmb_load_profile(&twin, node_profile, node_profile_bytes);
  if (status != TFMB_STATUS_OK) return status;
  const uint32_t boot_ms = tfmb_vital(&node)->time_ms;
  status = tfmb_boot(&twin, TFMB_REASON_COLD, TFMB_OFF_UNKNOWN, boot_ms);
  return status == TFMB_STATUS_STORAGE ? serve_twin() : status;
}

static void measure_for_both(tfmb_sample_t *sample) {
  mock_board.measure(sample);
  *tfmb_sample(&twin) = *sample;
}

static int is_same(void) {
  return memcmp(tfmb_gauge(&node), tfmb_gauge(&twin), sizeof(tfmb_gauge_t)) == 0 &&
         memcmp(tfmb_decision(&node), tfmb_decision(&twin), sizeof(tfmb_decision_t)) == 0;
}

static int failed_start(uint32_t status) {
  char line[48];
  put(line, "day: start failed, status ", status);
  print(line);
  print("\n");
  return 1;
}

static int start_both(void) {
  const uint32_t status = node_start(&node, &port, node_profile, node_profile_bytes);
  if (status != TFMB_STATUS_OK) return failed_start(status);
  const uint32_t other = start_twin();
  return other == TFMB_STATUS_OK ? 0 : failed_start(other);
}

int main(void) {
  port = mock_board;
  port.measure = measure_for_both;
  mock_board_start((const tfmb_profile_t *)(const void *)node_profile);
  if (start_both()) return 1;
  uint32_t wakes = 0, different = 0, refused = 0, noon_passed = 0;
  while (mock_board.now_ms() < DAY_MS) {
    if (!noon_passed && mock_board.now_ms() >= NOON_MS) {
      noon_passed = 1;
      if (start_both()) return 1;
    }
    const uint32_t status = node_wake(&node, &port) & 255;
    tfmb_step(&twin);
    serve_twin();
    if (status > TFMB_STATUS_REJECTED) refused++;
    if (!is_same()) different++;
    wakes++;
  }
  const tfmb_gauge_t *gauge = tfmb_gauge(&node);
  char line[200], *to = put(line, "day: wakes=", wakes);
  to = put(put(to, " events=", mock_board_events()), " records=", mock_board_records());
  to = put(to, " soc_permille=", (uint32_t)(gauge->soc * 1000.0f + 0.5f));
  to = put(to, " true_permille=", mock_board_soc_permille());
  to = put(to, " boots=", tfmb_vital(&node)->boots);
  to = put(to, " faults=", tfmb_decision(&node)->faults);
  to = put(put(to, " refused=", refused), " different=", different);
  *to++ = '\n', *to = 0;
  print(line);
  return refused != 0 || different != 0;
}
