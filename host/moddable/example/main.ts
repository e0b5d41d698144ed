// A node on Moddable Four: a NEH7100 charges the cell and meters its current, a TMP117 tells the
// temperature, the voltage comes through a divider, the journal is in FRAM (the SDK has no raw
// flash on nRF52). Below half charge long sleeps are deep. What is done with the events is the
// application's: here one of each class is only counted.

import Analog from "embedded:io/analog";
import I2C from "embedded:io/i2c";
import TMP117 from "embedded:sensor/Temperature/TMP117";
import config from "mc/config";
import Resource from "Resource";
import Sleep from "sleep";
import Timer from "timer";
import { tfmb_core } from "tfmb/core";
import { BatteryNode } from "tfmb/moddable";
import { FRAM_ADDRESS, Fram, NEH7100_ADDRESS, Neh7100 } from "tfmb/parts";

const bus = { data: config.data, clock: config.clock };
const pmic = new I2C({ ...bus, hz: 100_000, address: NEH7100_ADDRESS });
const fram = new I2C({ ...bus, hz: 400_000, address: FRAM_ADDRESS });
const thermometer = new TMP117({ sensor: { ...bus, io: I2C } });

const node = new BatteryNode({
  core: tfmb_core,
  profile: new Resource("profile.bin").slice(0),
  sensor: { io: Analog, pin: config.voltage_pin, full_scale_mV: config.full_scale_mV },
  now: () => Date.now(),
  clock_kept: true,
  temperature: () => thermometer.sample().temperature,
  journal: new Fram(fram, { bytes: 32768 }),
  charger: new Neh7100(pmic, { lvd_mV: 3000 }),
  sleep: Sleep,
  wait: (callback, duration_ms) => void Timer.set(callback, duration_ms),
  deep: ({ soc, sleep_ms }) => soc < 0.5 && sleep_ms >= 600_000,
  work: (allowed) => allowed.map((count) => Math.min(count, 1)),
  report: (sample) => trace(`${JSON.stringify(sample)}\n`),
  onError: (message) => trace(`${message}\n`),
});

node.start();
