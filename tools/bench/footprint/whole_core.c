/* The least firmware around the core, for measuring what the core itself takes: one instance whose
 * memory ends with the static plan, because the profile stays in flash. The linker keeps all
 * exports (sections.ts names them). */

#include "core.h"

static w2c_core core;

int main(void) {
  wasm2c_core_instantiate(&core);
  return 0;
}
