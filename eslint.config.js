// ESLint's settings: the TypeScript around the core with type information, the AssemblyScript core
// without, but with the rules that keep it portable (see the list `core`). Layout is Prettier's
// affair; rules about names, sizes and imports are in tools/tidy.ts.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const CORE = [
  "assembly/**/*.ts",
  "tools/bench/footprint/gauge_core.ts",
  "tools/bench/speed/core_loop.ts",
];
const CORE_TESTS = ["test/assembly/**/*.ts"];
const GENERATED = ["assembly/abi.ts", "host/core/abi.ts"];

/** What the core may not contain: each entry says what to write instead. */
const core = [
  {
    selector: "TSTypeReference > Identifier[name=/^f64x?$/]",
    message: "no double precision in the core: soft floats on every target; use `real`.",
  },
  {
    selector: ":matches(CallExpression, MemberExpression) > Identifier[name='f64']",
    message: "no double precision in the core: soft floats on every target; use `real`.",
  },
  {
    selector: "NewExpression",
    message: "no heap in the core: use the areas of abi.ts, StaticArray literals or memory.data.",
  },
  {
    selector: "SwitchStatement",
    message:
      "no switch in the core: wasm2js makes labelled blocks of it; use if / else or a table.",
  },
  {
    selector: "MemberExpression[object.name=/^(Math|Mathf|NativeMath|NativeMathf|JSMath)$/]",
    message: "no library mathematics in the core: assembly/math has what it needs, bit for bit.",
  },
  {
    selector: ":matches(ThrowStatement, TryStatement)",
    message: "no exceptions in the core: return a status of abi.ts.",
  },
  {
    selector: "ExportAllDeclaration",
    message: "name what is exported: the exports of the core are its ABI.",
  },
];

/** Browser globals that are easily meant to be a local variable. */
const confusing = ["name", "event", "length", "status", "origin", "parent", "self", "top", "stop"];

const unused = { args: "after-used", argsIgnorePattern: "^_", varsIgnorePattern: "^_" };

/** node:test returns promises that its runner awaits itself. */
const testCalls = ["test", "it", "describe", "suite", "before", "after", "beforeEach", "afterEach"];

export default defineConfig(
  { ignores: ["build/", "dist/", "node_modules/", "test/runtimes/node_modules/", ...GENERATED] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    rules: {
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", unused],
    },
  },
  {
    name: "TypeScript around the core",
    files: ["boards/**/*.ts", "host/**/*.ts", "tools/**/*.ts", "test/**/*.ts"],
    ignores: [...CORE, ...CORE_TESTS],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: "error",
      "no-undef": "off",
      "no-restricted-globals": ["error", ...confusing],
      "@typescript-eslint/no-unused-vars": ["error", unused],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: testCalls, package: "node:test" }] },
      ],
      // An async method without await is how a driver fulfils an asynchronous interface.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    name: "tests may look into anything",
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    name: "AssemblyScript",
    files: [...CORE, ...CORE_TESTS],
    // allowInvalidAST: decorators on plain functions (`@inline function`) are AssemblyScript's own.
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { allowInvalidAST: true, projectService: false },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "no-undef": "off",
      "no-unused-vars": "off",
      // f32 constants carry all digits of their source; i64 constants go beyond 2^53.
      "no-loss-of-precision": "off",
      "no-self-compare": "off", // `x != x` is the NaN test that every target compiles alike
      "@typescript-eslint/no-unused-vars": ["error", unused],
    },
  },
  { name: "the core", files: CORE, rules: { "no-restricted-syntax": ["error", ...core] } },
  {
    name: "specs of the core",
    files: CORE_TESTS,
    // A global `let` is how a spec keeps the compiler from folding a value.
    rules: { "prefer-const": "off" },
  },
  {
    name: "JavaScript of the build and of other engines",
    files: ["**/*.{js,mjs,cjs}"],
    // Each engine has globals of its own; what is not defined is found by running it there.
    rules: { "no-undef": "off" },
  },
  {
    name: "scripts of ES5 engines; what they declare outside functions is for the next script",
    files: ["host/espruino/**/*.js", "host/hil/**/*.js", "test/runtimes/**/*.js"],
    languageOptions: { sourceType: "script" },
    rules: {
      "no-var": "off",
      "prefer-const": "off",
      "no-unused-vars": ["error", { ...unused, vars: "local" }],
    },
  },
);
