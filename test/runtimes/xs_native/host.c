/* An XS machine with the C core linked in: the shape that firmware with native bindings has.
 * Usage: host VECTOR SCRIPT...
 * Runs the scripts in order. In them tfmb_vector is the file's ArrayBuffer, and print(line),
 * native_load(address), native_store(address, word) and native_call(fn, argument words) are
 * functions of C, which speak in unsigned 32-bit words. The exit code is 0 if the scripts leave
 * tfmb_identical true. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

#include "core.h"

static w2c_core core;

/* The core's hook for what must not happen, such as an access outside its memory. */
void tfmb_trap(int code)
{
    fprintf(stderr, "the core trapped: code %d\n", code);
    exit(1);
}

static uint32_t bits_of(float x)
{
    uint32_t word;
    memcpy(&word, &x, sizeof word);
    return word;
}

static float float_of(uint32_t word)
{
    float x;
    memcpy(&x, &word, sizeof x);
    return x;
}

/* The cases, one an export, are made from the layout table by xs_native.ts. */
static uint32_t call_core(uint32_t fn, const uint32_t *a)
{
    switch (fn) {
#include "core_calls.inc"
    default:
        fprintf(stderr, "no export has the number %u\n", (unsigned)fn);
        exit(1);
    }
}

static uint8_t *word_at(xsMachine *the, double address)
{
    wasm_rt_memory_t *memory = w2c_core_memory(&core);
    unsigned size = (unsigned)sizeof memory->data;
    if (!(address >= 0 && address + 4 <= size))
        xsRangeError("address %g is outside the core's %u bytes", address, size);
    return &memory->data[(uint32_t)address];
}

static void host_load(xsMachine *the)
{
    uint32_t word;
    memcpy(&word, word_at(the, xsToNumber(xsArg(0))), sizeof word);
    xsResult = xsNumber(word);
}

static void host_store(xsMachine *the)
{
    uint32_t word = (uint32_t)xsToNumber(xsArg(1));
    memcpy(word_at(the, xsToNumber(xsArg(0))), &word, sizeof word);
}

static void host_call(xsMachine *the)
{
    uint32_t words[4] = {0, 0, 0, 0};
    int count = (int)xsToInteger(xsGet(xsArg(1), xsID("length")));
    for (int i = 0; i < count && i < 4; i++)
        words[i] = (uint32_t)xsToNumber(xsGetIndex(xsArg(1), i));
    xsResult = xsNumber(call_core((uint32_t)xsToNumber(xsArg(0)), words));
}

static void give_vector(xsMachine *the, const char *path)
{
    FILE *file = fopen(path, "rb");
    long size;
    char *bytes;
    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0)
        xsUnknownError("cannot read %s", path);
    rewind(file);
    bytes = malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        xsUnknownError("cannot read all of %s", path);
    fclose(file);
    xsResult = xsArrayBuffer(bytes, (xsIntegerValue)size);
    xsDefine(xsGlobal, xsID("tfmb_vector"), xsResult, xsDontEnum);
    free(bytes);
}

static int run_scripts(xsMachine *machine, int argc, char **argv)
{
    volatile int identical = 0; /* set between setjmp and a possible longjmp */
    xsBeginHost(machine);
    {
        xsTry {
            define(the, "print", host_print, 1);
            define(the, "native_load", host_load, 1);
            define(the, "native_store", host_store, 2);
            define(the, "native_call", host_call, 2);
            give_vector(the, argv[1]);
            for (int i = 2; i < argc; i++)
                xsRunProgramFile(argv[i]);
            identical = xsTest(xsGet(xsGlobal, xsID("tfmb_identical")));
        }
        xsCatch {
            fprintf(stderr, "%s\n", xsToString(xsException));
        }
    }
    xsEndHost(machine);
    return identical;
}

int main(int argc, char **argv)
{
    xsCreation creation = MACHINE;
    xsMachine *machine;
    int identical;
    if (argc < 3) {
        fprintf(stderr, "usage: host VECTOR SCRIPT...\n");
        return 2;
    }
    wasm2c_core_instantiate(&core);
    xsInitializeSharedCluster();
    machine = xsCreateMachine(&creation, "tfmb", NULL);
    identical = run_scripts(machine, argc, argv);
    xsDeleteMachine(machine);
    xsTerminateSharedCluster();
    return identical ? 0 : 1;
}
