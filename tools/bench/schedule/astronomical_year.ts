// A site's year by its latitude alone, scaled to a year of measurements, and the store that would
// carry its summer into its winter. Daily radiation on a horizontal plane outside the atmosphere:
//
//   H ~ (1 + .033 cos(2 pi d/365.25)) (sin L sin D w + cos L cos D sin w)
//   D = 23.45 deg sin(2 pi (284 + d)/365),   cos w = -tan L tan D        (Cooper 1969)
//
// The planned store is that of LT-ENO (Buchli, Sutton, Beutel, Thiele, SenSys 2014), as the
// simulator of PREACT (Geissdoerfer et al., IPSN 2019) computes it: the mean of a surplus and a
// deficit against the model's own level where the year's mean is crossed, upwards at d0, downwards
// at d1 and upwards again at d2; fence posts as there.

const YEAR = 365;
const OBLIQUITY = (23.45 / 180) * Math.PI;

function outside(day: number, latitude: number): number {
  const declination = OBLIQUITY * Math.sin((2 * Math.PI * (284 + day)) / YEAR);
  const cosine = -Math.tan(latitude) * Math.tan(declination);
  const sunset = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const distance = 1 + 0.033 * Math.cos((2 * Math.PI * day) / 365.25);
  const up = Math.sin(latitude) * Math.sin(declination) * sunset;
  return distance * (up + Math.cos(latitude) * Math.cos(declination) * Math.sin(sunset));
}

/** Of days 0 to 364, the model that is closest to a year of days 1 to 365. */
export function astronomicalYear(year: readonly number[], latitude_deg: number): number[] {
  const latitude = (latitude_deg / 180) * Math.PI;
  const shape = year.map((_, i) => outside(i + 1, latitude));
  const product = shape.reduce((sum, height, i) => sum + height * year[i]!, 0);
  const scale = product / shape.reduce((sum, height) => sum + height * height, 0);
  return Array.from({ length: YEAR }, (_, day) => scale * outside(day, latitude));
}

/** The planned store, in the unit of the days' energy. */
export function plannedStore(model: readonly number[]): number {
  const at = (day: number) => model[day % YEAR]!;
  const mean = model.reduce((sum, energy) => sum + energy, 0) / YEAR;
  const above = (day: number) => at(day) > mean;
  const days = Array.from({ length: YEAR - 1 }, (_, day) => day);
  const up = days.find((day) => !above(day) && above(day + 1)) ?? 0;
  const down = up + (days.find((day) => above(up + day) && !above(up + day + 1)) ?? 0);
  const sum = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => at(from + i)).reduce((all, day) => all + day, 0);
  const surplus = sum(up, down) - at(up) * (down - up + 1);
  const deficit = at(down) * (up + YEAR - down + 1) - sum(down, up + YEAR);
  return (surplus + deficit) / 2;
}
