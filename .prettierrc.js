// Prettier's settings. AssemblyScript puts decorators on plain functions (`@inline function`),
// which Prettier's own parser refuses; the plugin hides them from it and puts them back.
import assemblyscript from "assemblyscript-prettier";

const printer = assemblyscript.printers["as-estree"];

/** The plugin without the empty line that it adds before an undocumented decorator. */
const withoutExtraLine = {
  ...assemblyscript,
  printers: {
    "as-estree": {
      ...printer,
      printComment(path, options) {
        const printed = printer.printComment(path, options);
        const last = Array.isArray(printed) ? printed.at(-1) : undefined;
        return typeof last === "string" && last.startsWith("@") ? last : printed;
      },
    },
  },
};

export default {
  printWidth: 100,
  trailingComma: "all",
  singleQuote: false,
  overrides: [
    // no comma behind the last argument: scripts of ES5 engines
    { files: ["host/espruino/**/*.{js,md}"], options: { trailingComma: "es5" } },
    {
      files: ["assembly/**/*.ts", "test/assembly/**/*.ts"],
      options: { plugins: [withoutExtraLine] },
    },
  ],
};
