// A climate logger on an MDBT42Q module: the cell's 10 Mohm divider on D28, the divider's switch on
// D29, the charger's enable on D30 and its "power good" on D25, the panel on D31. The files tfmb,
// tfmb.bin and tfmb.pro are in Storage (host/espruino/tfmb.md says how they come there).

var tfmb = require("tfmb");

// Load classes in the order of boards/loads/climate-logger.json.
var UPLOAD = 0;
var ADVERT = 1;

var readings = [];

function work(battery) {
  readings.push(E.getTemperature());
  if (battery.report.events[UPLOAD] > 0 && readings.length >= 6) {
    print(readings);
    readings = [];
    battery.did(UPLOAD, 1);
  }
}

exports.battery = tfmb.connect(
  { voltage: D28, gate: D29, charge: D30, good: D25, comparator: D31 },
  {
    divider: 2,
    // two pages in a file of Storage: a record survives a power cut
    journal: tfmb.flash(tfmb.pages(8192)),
    // three advertisements, a second apart, whenever the plan allows them
    radio: { kind: ADVERT, count: 3, interval_ms: 1000 },
    // wake when the panel crosses half of the supply
    level: 8 / 16,
    onwake: work,
  }
);
