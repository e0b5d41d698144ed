// as-pect's settings: which specs of the core it compiles and runs, each in an instance of its own.
// Run by: npx asp --config test/as-pect.config.js --as-config test/as-pect.asconfig.json

export default {
  entries: ["test/assembly/**/*.spec.ts"],
  // Nothing is compiled into every spec; as-pect would otherwise look for its default folder.
  include: ["test/assembly/**/*.include.ts"],
  disclude: [/node_modules/],
  /** The core has no imports: only as-pect's own are given. */
  instantiate(memory, createImports, instantiate, binary) {
    return instantiate(binary, createImports({ env: { memory } }));
  },
  outputBinary: false,
};
