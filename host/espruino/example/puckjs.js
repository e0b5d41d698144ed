// A Puck.js with the cell's divider on D29 and an FM24V02 (FRAM) on D1 and D2. Puck.js can only be
// reached by Bluetooth, and this node keeps the radio off: hold the button while it starts, and it
// stays reachable.

var tfmb = require("tfmb");

// The second load class of boards/loads/climate-logger.json.
var ADVERT = 1;

exports.battery = undefined;

if (!BTN.read()) {
  var bus = new I2C();
  bus.setup({ sda: D1, scl: D2, bitrate: 400000 });
  exports.battery = tfmb.connect(
    { voltage: D29 },
    {
      divider: 2,
      journal: tfmb.fram(bus, 0x50),
      radio: { kind: ADVERT, count: 2, interval_ms: 1000 },
    }
  );
}
