// What require("tfmb") gives on Espruino.

export { connect } from "./battery.js";
export { flash, fram, framSPI, pages } from "./journal.js";
