/* The runtime that wasm2c output (npm wabt 1.0.39) expects, cut down to what the core uses: one
 * fixed memory inside the instance, no heap, no signals, no threads.
 *
 *   TFMB_MEMORY_BYTES  size of linear memory; default: static plan plus room for one profile; where
 *                      the profile lies in flash, TFMB_PLAN_BYTES will do
 *   TFMB_HYPOTHESES    of the gauge, for TFMB_PLAN_BYTES; default 7, what the boards ask for
 *   TFMB_CHECKED       bounds checks on every access (tests); without it none (the shipped build)
 *
 * The firmware supplies tfmb_trap(): record the code, bring the node into a safe state, reset. */
#ifndef WASM_RT_H_
#define WASM_RT_H_

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tfmb_plan.h"

#define WASM_RT_USE_MMAP 0
#define WASM_RT_STACK_DEPTH_COUNT 0
#define WASM_RT_SANITY_CHECKS 0
#define WASM_RT_USE_SEGUE 0
#define WASM_RT_SEGUE_FREE_SEGMENT 0
#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 0
#define WASM_RT_NONCONFORMING_UNCHECKED_STACK_EXHAUSTION 0
#define WABT_BIG_ENDIAN 0
#define WASM_RT_THREAD_LOCAL
#ifdef TFMB_CHECKED
#define WASM_RT_MEMCHECK_GUARD_PAGES 0
#else
#define WASM_RT_MEMCHECK_GUARD_PAGES 1
#endif

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define WASM_RT_NO_RETURN __attribute__((noreturn))
#define WASM_RT_UNREACHABLE __builtin_unreachable()
#define wasm_rt_memcpy(to, from, n) memcpy(to, from, n)
#define wasm_rt_unreachable abort

/* Where an access of n bytes lands. The sum wraps at the pointer's width: on a 32-bit chip a
 * profile outside linear memory, in flash, has an address too (see tfmb_map_profile). All accesses
 * of the core are naturally aligned, 64-bit ones to words, which spares Cortex-M0+ its byte loads;
 * checked builds trap any other. */
#define TFMB_ALIGNMENT(n) ((n) > 4 ? 4 : (n))
#define TFMB_PLACE(mem, addr) ((void *)((uintptr_t)(mem)->data + (uintptr_t)(addr)))
#ifdef TFMB_CHECKED
#define TFMB_ACCESS(mem, addr, n) \
  ((uintptr_t)TFMB_PLACE(mem, addr) % TFMB_ALIGNMENT(n) == 0 \
       ? TFMB_PLACE(mem, addr) \
       : (tfmb_trap(WASM_RT_TRAP_UNALIGNED), (void *)0))
#else
#define TFMB_ACCESS(mem, addr, n) \
  __builtin_assume_aligned(TFMB_PLACE(mem, addr), TFMB_ALIGNMENT(n))
#endif

/* What may lie at a place of linear memory. All accesses go through this one union, so that any of
 * them may be any other one's, and none of them a variable of the instance: the compiler keeps
 * those in registers over a store, which makes the core 3 % smaller and faster. */
typedef union {
  uint8_t as_u8;
  int8_t as_s8;
  uint16_t as_u16;
  int16_t as_s16;
  uint32_t as_u32;
  int32_t as_s32;
  uint64_t as_u64;
  float as_f32;
  double as_f64;
} tfmb_place;
/* A place by the name `place`, aligned as an access of n bytes is. */
#ifdef __GNUC__
#define TFMB_PLACE_OF(n) typedef tfmb_place place __attribute__((aligned(TFMB_ALIGNMENT(n))))
#else
#define TFMB_PLACE_OF(n) typedef tfmb_place place
#endif

/* The root that core.c takes: an instruction where there is one. */
#if defined(__SOFTFP__) || defined(__riscv_float_abi_soft)
#include "tfmb_sqrt.h"
#define TFMB_SQRT(x) tfmb_sqrtf(x)
#else
#define TFMB_SQRT(x) sqrtf(x)
#endif

/* What assembly/math/convert.ts asks for, an FPU of ARM does by itself: it truncates, ends at the
 * ends of the integer, and makes NaN 0. */
#if defined(__arm__) && defined(__ARM_FP) && !defined(__SOFTFP__) && (__ARM_FP & 4)
static inline uint32_t tfmb_i32(float x) {
  float bits;
  __asm__("vcvt.s32.f32 %0, %1" : "=t"(bits) : "t"(x));
  uint32_t integer;
  memcpy(&integer, &bits, sizeof integer);
  return integer;
}
static inline uint32_t tfmb_u32(float x) {
  float bits;
  __asm__("vcvt.u32.f32 %0, %1" : "=t"(bits) : "t"(x));
  uint32_t integer;
  memcpy(&integer, &bits, sizeof integer);
  return integer;
}
#define TFMB_I32(x) tfmb_i32(x)
#define TFMB_U32(x) tfmb_u32(x)
#endif

typedef enum {
  WASM_RT_TRAP_NONE,
  WASM_RT_TRAP_OOB,
  WASM_RT_TRAP_INT_OVERFLOW,
  WASM_RT_TRAP_DIV_BY_ZERO,
  WASM_RT_TRAP_INVALID_CONVERSION,
  WASM_RT_TRAP_UNREACHABLE,
  WASM_RT_TRAP_CALL_INDIRECT,
  WASM_RT_TRAP_UNCAUGHT_EXCEPTION,
  WASM_RT_TRAP_UNALIGNED,
  WASM_RT_TRAP_EXHAUSTION,
} wasm_rt_trap_t;

typedef enum {
  WASM_RT_I32,
  WASM_RT_I64,
  WASM_RT_F32,
  WASM_RT_F64,
  WASM_RT_V128,
  WASM_RT_FUNCREF,
  WASM_RT_EXTERNREF,
  WASM_RT_EXNREF,
} wasm_rt_type_t;

typedef const char *wasm_rt_func_type_t;
typedef void (*wasm_rt_function_ptr_t)(void);
typedef struct wasm_rt_tailcallee_t {
  void (*fn)(void **instance, void *args, struct wasm_rt_tailcallee_t *next);
} wasm_rt_tailcallee_t;
typedef struct {
  wasm_rt_func_type_t func_type;
  wasm_rt_function_ptr_t func;
  wasm_rt_tailcallee_t func_tailcallee;
  void *module_instance;
} wasm_rt_funcref_t;
#define wasm_rt_funcref_null_value ((wasm_rt_funcref_t){NULL, NULL, {NULL}, NULL})
typedef void *wasm_rt_externref_t;
#define wasm_rt_externref_null_value ((wasm_rt_externref_t)NULL)
typedef struct {
  wasm_rt_funcref_t *data;
  uint32_t max_size, size;
} wasm_rt_funcref_table_t;
typedef struct {
  wasm_rt_externref_t *data;
  uint32_t max_size, size;
} wasm_rt_externref_table_t;

typedef struct {
  uint32_t size;
  alignas(8) uint8_t data[TFMB_MEMORY_BYTES];
} wasm_rt_memory_t;
typedef wasm_rt_memory_t wasm_rt_shared_memory_t;

#ifdef __cplusplus
extern "C"
#endif
/* Supplied by the firmware; does not return. */
WASM_RT_NO_RETURN void tfmb_trap(int code);

static inline WASM_RT_NO_RETURN void wasm_rt_trap(wasm_rt_trap_t code) { tfmb_trap((int)code); }

static inline bool wasm_rt_is_initialized(void) { return true; }

static inline void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint64_t pages,
                                           uint64_t max_pages, bool is64, uint32_t page_size) {
  (void)pages, (void)max_pages, (void)is64, (void)page_size;
  memory->size = TFMB_MEMORY_BYTES; /* the bytes are zero: core.c clears the whole instance */
}

static inline void wasm_rt_free_memory(wasm_rt_memory_t *memory) { (void)memory; }

#endif
