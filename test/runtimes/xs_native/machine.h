/* What both hosts have in common: the size of the machine, and print(line). */
#ifndef TFMB_TEST_MACHINE_H
#define TFMB_TEST_MACHINE_H

#include <stdio.h>

#include "xsnap.h"

static const xsCreation MACHINE = {
    .initialChunkSize = 16 * 1024 * 1024,
    .incrementalChunkSize = 4 * 1024 * 1024,
    .initialHeapCount = 128 * 1024,
    .incrementalHeapCount = 64 * 1024,
    .stackCount = 4096,
    .initialKeyCount = 8000,
    .incrementalKeyCount = 2000,
    .nameModulo = 1993,
    .symbolModulo = 127,
    .parserBufferSize = 1024 * 1024,
    .parserTableModulo = 1993,
};

static void host_print(xsMachine *the)
{
    puts(xsToString(xsArg(0)));
}

static void define(xsMachine *the, const char *name, xsCallback function, int arguments)
{
    xsResult = xsNewHostFunction(function, arguments);
    xsDefine(xsGlobal, xsID(name), xsResult, xsDontEnum);
}

#endif
