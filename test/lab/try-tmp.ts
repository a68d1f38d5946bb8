import { loadInventory, openMachine } from '/work/main/cli/load-inventory.ts';
import { applyTreatment } from '/work/main/src/hosts/treatment/apply-treatment.ts';
import { restoreTreatment } from '/work/main/src/hosts/treatment/restore-treatment.ts';
import { verifyTreatment } from '/work/main/src/hosts/treatment/verify-treatment.ts';
import { findHostPlace } from '/work/main/src/hosts/treatment/find-host-place.ts';
import { hostValues } from '/work/main/test/lab/host-values.ts';
const names = process.argv.slice(3);
const signal = new AbortController().signal;
const inventory = await loadInventory('/var/lib/tunegate-lab/inventory.yaml', signal);
const machine = openMachine(inventory, process.argv[2]!);
const place = await findHostPlace(machine, { name: 'enp1s0', namespace: null });
console.log(place);
const all = Object.fromEntries(Object.entries(hostValues).filter(([n]) => names.length === 0 || names.some((x) => n.includes(x))).map(([n, [v]]) => [n, v]));
const time = performance.now();
const before = await verifyTreatment(machine, all, ['host'], place);
console.log('verify s', (performance.now() - time) / 1000);
const folder = '/var/lib/tunegate';
await machine.run({program: 'mkdir', args: ['-p', folder]}, {timeoutSeconds: 10});
const profile = { name: 'try', sha256: 'a'.repeat(64), parameters: all };
try {
  const t = performance.now();
  const checks = await applyTreatment(machine, folder, { profile, layers: ['host'], place, now: new Date() });
  console.log('apply s', (performance.now() - t) / 1000);
  for (const c of checks) if (c.result !== 'verified') console.log(c.result, c.parameter, c.requested, '|', c.found);
  console.log('verified', checks.filter((c) => c.result === 'verified').length);
} catch (e) { console.log('APPLY', String(e)); }
try {
const r = await restoreTreatment(machine, folder);
console.log('left', r.left, r.restored.length);
} catch (e) { console.log('RESTORE', String(e)); }
const after = await verifyTreatment(machine, all, ['host'], place);
before.forEach((b, i) => { const a = after[i]!; if (a.found !== b.found) console.log('DIFFERS', b.parameter, '|', b.found, '|', a.found); });
await machine.close();
