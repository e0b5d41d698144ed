// What can be told here of the C library in two frameworks: the Arduino folder of `npm run dist`
// compiles as C and from C++, as a sketch is; the Zephyr module's CMake, with Zephyr's functions in
// its place, compiles what it lists. No board and no framework of either is here.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { isInstalled } from "../../../tools/build/images.js";
import { buildPath, projectPath, projectRoot } from "../../../tools/build/paths.js";
import { libraryFiles } from "../../../tools/firmware/c_firmware.js";

let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "tfmb-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

function lacks(t: TestContext, programs: string[]): boolean {
  if (programs.every(isInstalled)) return false;
  const packages = "apt-get install gcc g++ cmake make";
  assert.notEqual(process.env.CI, "true", packages);
  t.skip(packages);
  return true;
}

const SKETCH = `
#include <tfmb.h>

static tfmb_t node;

void tfmb_trap(int code) {
  (void)code;
  for (;;) {
  }
}

void setup() {
  tfmb_init(&node);
  tfmb_boot(&node, TFMB_REASON_COLD, TFMB_OFF_UNKNOWN, 0);
}

void loop() {
  tfmb_sample(&node)->voltage_mV = 3900;
  tfmb_step(&node);
}

int main() {
  setup();
  return tfmb_step(&node) == TFMB_STATUS_NO_PROFILE ? 0 : 1;
}
`;

describe("the Arduino library", () => {
  it("compiles as C and from a C++ sketch, and runs", (t) => {
    if (lacks(t, ["gcc", "g++"])) return;
    const src = join(folder, "src");
    mkdirSync(src);
    for (const [name, text] of Object.entries(libraryFiles())) writeFileSync(join(src, name), text);
    writeFileSync(join(folder, "sketch.cpp"), SKETCH);
    const quiet = ["-Wall", "-Wextra", "-Werror", "-Os", `-I${src}`];
    const objects = readdirSync(src)
      .filter((name) => name.endsWith(".c"))
      .map((name) => {
        execFileSync("gcc", [
          ...quiet,
          "-std=gnu11",
          "-c",
          join(src, name),
          "-o",
          `${src}/${name}.o`,
        ]);
        return `${src}/${name}.o`;
      });
    for (const standard of ["-std=gnu++11", "-std=gnu++17"]) {
      const program = join(folder, "sketch");
      const files = [join(folder, "sketch.cpp"), ...objects, "-lm", "-o", program];
      execFileSync("g++", [...quiet, standard, ...files]);
      assert.equal(spawnSync(program).status, 0);
    }
  });

  it("has the properties that the IDE shows and sorts by, and the package's version", () => {
    const text = readFileSync(projectPath("host/c/arduino/library.properties"), "utf8");
    const properties = Object.fromEntries(
      text
        .trim()
        .split("\n")
        .map((line) => line.split(/=(.*)/).slice(0, 2)),
    ) as Record<string, string>;
    // Arduino, "Library specification"; the project has no page of its own for `url`
    const required = ["name", "version", "author", "maintainer", "sentence", "paragraph"];
    for (const name of [...required, "category", "architectures"]) {
      assert.ok(properties[name], name);
    }
    const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as {
      version: string;
    };
    assert.equal(properties.version, version);
  });
});

/** Zephyr's functions, as far as the module uses them, over plain CMake. */
const ZEPHYR = `
cmake_minimum_required(VERSION 3.20)
project(module C)
set(CONFIG_TFMB y)
set(CONFIG_TFMB_HYPOTHESES 3)
function(zephyr_include_directories)
  include_directories(\${ARGV})
endfunction()
function(zephyr_compile_definitions)
  add_compile_definitions(\${ARGV})
endfunction()
function(zephyr_library)
  add_library(tfmb STATIC)
endfunction()
function(zephyr_library_sources)
  target_sources(tfmb PRIVATE \${ARGV})
endfunction()
function(zephyr_library_compile_options)
  target_compile_options(tfmb PRIVATE \${ARGV})
endfunction()
`;

describe("the Zephyr module", () => {
  it("compiles what it lists, with the options of its Kconfig", (t) => {
    if (lacks(t, ["cmake", "make", "gcc"])) return;
    const own = join(folder, "zephyr");
    mkdirSync(own);
    const module = `include(${projectRoot}host/c/zephyr/CMakeLists.txt)\n`;
    writeFileSync(join(own, "CMakeLists.txt"), ZEPHYR + module);
    const out = join(own, "build");
    const core = `-DTFMB_CORE=${buildPath("c")}`;
    execFileSync("cmake", ["-S", own, "-B", out, core], { stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("cmake", ["--build", out], { stdio: ["ignore", "ignore", "inherit"] });
    const symbols = execFileSync("nm", [join(out, "libtfmb.a")], { encoding: "utf8" });
    assert.match(symbols, / T w2c_core_step$/m);
  });

  it("names files that are there, and options that its CMake uses", () => {
    const read = (name: string) => readFileSync(projectPath(`host/c/zephyr/${name}`), "utf8");
    const [yml, kconfig, cmake] = ["module.yml", "Kconfig", "CMakeLists.txt"].map(read);
    const [, cmakeFolder] = /^ {2}cmake: (\S+)$/m.exec(yml!) ?? [];
    const [, kconfigFile] = /^ {2}kconfig: (\S+)$/m.exec(yml!) ?? [];
    assert.deepEqual([cmakeFolder, kconfigFile], ["zephyr", "zephyr/Kconfig"]);
    const options = [...cmake!.matchAll(/CONFIG_(\w+)/g)].map(([, name]) => name);
    assert.ok(options.length > 0);
    for (const name of options) assert.match(kconfig!, new RegExp(`^config ${name}$`, "m"));
  });
});
