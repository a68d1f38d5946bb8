import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  placeKey
} from "./chunk-OD3JG4E4.js";

// src/history/stalls.ts
var patience = 1.5;
var givenUpAfterDays = 30;
var daySeconds = 24 * 60 * 60;
function findStalls(places, { now, periodSeconds = daySeconds }) {
  const groups = Map.groupBy(places, placeKey);
  return [...groups.values()].flatMap((group) => {
    const last = group.reduce((latest, place) => place.time > latest.time ? place : latest);
    const ageSeconds = (now.getTime() - Date.parse(last.time)) / 1e3;
    if (ageSeconds <= patience * periodSeconds || ageSeconds > givenUpAfterDays * daySeconds) return [];
    const { host, comparison, time } = last;
    const sentence = `No night of ${comparison} on ${host} since ${time.slice(0, 16).replace("T", " ")} UTC, ${formatAge(ageSeconds)} ago; one was expected every ${formatAge(periodSeconds)}.`;
    return [{ host, comparison, lastTime: time, sentence }];
  });
}
function formatAge(seconds) {
  const hours = Math.round(seconds / 3600);
  return hours < 48 ? `${hours} ${hours === 1 ? "hour" : "hours"}` : `${Math.round(hours / 24)} days`;
}

export {
  findStalls
};
