// One XS machine, Moddable's engine in xsnap's worker. For a process of its own: @endo/init, which
// xsnap needs, freezes the intrinsics of the process that loads it, and that must not be the test
// runner's.

import "@endo/init";
import { xsnap } from "@agoric/xsnap";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";

/** `answer(message)` is what issueCommand() in the machine gives. */
export const startMachine = (answer) =>
  xsnap({
    os: os.type(),
    spawn,
    fs: { ...fs, ...fs.promises },
    name: "tfmb",
    handleCommand: async (message) => answer(message),
    meteringLimit: 0,
    stderr: "inherit",
  });
