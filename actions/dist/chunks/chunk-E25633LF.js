import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  attachments,
  guestKinds,
  testNames
} from "./chunk-E4HQEAUX.js";

// reports/cell-name.ts
function readCellName({ id, accelerator }) {
  const [guest, attachment, test, metric, ...rest] = id.split("/");
  if (guest === void 0 || attachment === void 0 || test === void 0 || metric === void 0 || rest.length > 0)
    return { guest: id, attachment: "", test: "" };
  return { guest: describeGuest(guest, accelerator), attachment, test };
}
function describeGuest(guest, accelerator) {
  return accelerator == null ? guest : `${guest} (${accelerator})`;
}
function describeCell(cell) {
  const { guest, attachment, test } = readCellName(cell);
  return [test, guest, attachment].filter(Boolean).join(" ");
}

// src/units.ts
var scales = {
  s: [
    { factor: 1, label: "s" },
    { factor: 1e-3, label: "ms" },
    { factor: 1e-6, label: "\xB5s" },
    { factor: 1e-9, label: "ns" }
  ],
  "bit/s": [
    { factor: 1e9, label: "Gbit/s" },
    { factor: 1e6, label: "Mbit/s" },
    { factor: 1e3, label: "kbit/s" },
    { factor: 1, label: "bit/s" }
  ],
  "1/s": [
    { factor: 1e3, label: "k/s" },
    { factor: 1, label: "/s" }
  ],
  "1": [{ factor: 0.01, label: "%" }],
  count: [{ factor: 1, label: "" }]
};
var foreignScales = {
  s: scales.s,
  sec: scales.s,
  B: [
    { factor: 1e9, label: "GB" },
    { factor: 1e6, label: "MB" },
    { factor: 1e3, label: "kB" },
    { factor: 1, label: "B" }
  ]
};
function chooseScale(value, unit) {
  const known = scales[unit];
  if (known !== void 0) return selectScale(value, known);
  const [, base = "", rest = ""] = /^(sec|s|B)(\/.*)?$/.exec(unit) ?? [];
  const foreign = foreignScales[base];
  if (foreign === void 0) return scaleByPower(value, unit);
  const { factor, label } = selectScale(value, foreign);
  return { factor, label: label + rest };
}
function selectScale(value, known) {
  const magnitude = Math.abs(value);
  return known.find((scale) => magnitude >= scale.factor) ?? known[known.length - 1];
}
var plainRange = { smallest: 1e-4, largest: 1e9 };
function scaleByPower(value, unit) {
  const magnitude = Math.abs(value);
  const isPlain = magnitude >= plainRange.smallest && magnitude < plainRange.largest;
  if (value === 0 || isPlain || !Number.isFinite(value)) return { factor: 1, label: unit };
  const power = 3 * Math.floor(Math.log10(magnitude) / 3);
  const digits = String(power).replace(/./g, (sign) => superscripts[sign] ?? sign);
  return { factor: 10 ** power, label: `\xD7 10${digits} ${unit}`.trimEnd() };
}
var superscripts = Object.fromEntries(
  [..."-0123456789"].map((sign, index) => [sign, [..."\u207B\u2070\xB9\xB2\xB3\u2074\u2075\u2076\u2077\u2078\u2079"][index] ?? sign])
);
function formatNumber(value) {
  if (value === 0) return "0";
  const rounded = Math.abs(Number(value.toPrecision(3)));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(rounded)));
  return value.toFixed(Math.min(digits, 12));
}
function formatQuantity(value, unit, scale = chooseScale(value, unit)) {
  return `${formatNumber(value / scale.factor)} ${scale.label}`.trimEnd();
}
function formatChange(ratio) {
  return `${formatPercent(ratio)} %`;
}
function formatPercent(ratio) {
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent) < 1 ? percent.toFixed(2) : formatNumber(percent);
  if (Number(text) === 0) return "0.00";
  return `${percent > 0 ? "+" : ""}${text.replace("-", "\u2212")}`;
}

// src/comparison/cell-placement.ts
function readPlacement(id) {
  const colon = id.lastIndexOf(":");
  const [kind, way, name, metric, ...more] = id.slice(colon + 1).split("/");
  const guest = guestKinds.find((known) => known === kind);
  const attachment = attachments.find((known) => known === way);
  const test = testNames.find((known) => known === name);
  if (guest === void 0 || attachment === void 0 || test === void 0) return null;
  if (metric === void 0 || more.length > 0) return null;
  return { host: colon < 0 ? null : id.slice(0, colon), guest, attachment, test };
}

export {
  chooseScale,
  formatNumber,
  formatQuantity,
  formatChange,
  formatPercent,
  readCellName,
  describeGuest,
  describeCell,
  readPlacement
};
