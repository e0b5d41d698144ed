/* An XS machine with the C of build/moddable behind functions as XS FFI makes them.
 * Usage: ffi_host SCRIPT
 * In the script print(line) prints and tfmb_ffi is an object of the functions that manifest.json
 * names. The glue, ffi_glue.inc, is made of the manifest by xs_ffi.ts: ours, for Moddable's own
 * generator is part of tools that npm does not have. */

#include <stdint.h>

#include "machine.h"

#include "ffi_glue.inc"

static int run(xsMachine *machine, char *script)
{
    volatile int ended = 0; /* set between setjmp and a possible longjmp */
    xsBeginHost(machine);
    {
        xsVars(1);
        xsTry {
            define(the, "print", host_print, 1);
            xsVar(0) = xsNewObject();
            xsDefine(xsGlobal, xsID("tfmb_ffi"), xsVar(0), xsDontEnum);
            define_ffi(the);
            xsRunProgramFile(script);
            ended = 1;
        }
        xsCatch {
            fprintf(stderr, "%s\n", xsToString(xsException));
        }
    }
    xsEndHost(machine);
    return ended;
}

int main(int argc, char **argv)
{
    xsCreation creation = MACHINE;
    xsMachine *machine;
    int ended;
    if (argc != 2) {
        fprintf(stderr, "usage: ffi_host SCRIPT\n");
        return 2;
    }
    xsInitializeSharedCluster();
    machine = xsCreateMachine(&creation, "tfmb", NULL);
    ended = run(machine, argv[1]);
    if (ended)
        xsRunLoop(machine);
    xsDeleteMachine(machine);
    xsTerminateSharedCluster();
    return ended ? 0 : 1;
}
