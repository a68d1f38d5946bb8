import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { applyTreatment } from '../../src/hosts/treatment/apply-treatment.ts';
import { collectHostReadings } from '../../src/hosts/treatment/collect-readings.ts';
import { findHostPlace } from '../../src/hosts/treatment/find-host-place.ts';
import { restoreTreatment } from '../../src/hosts/treatment/restore-treatment.ts';
import { runActions } from '../../src/hosts/treatment/run-actions.ts';
import { verifyTreatment } from '../../src/hosts/treatment/verify-treatment.ts';
import { labFolders, testNic } from '../../src/lab/lab.ts';
import { inventoryFile } from '../../src/lab/lab-up.ts';
import type { SshMachine } from '../../src/machines/ssh.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import type { HostAction, HostPlace } from '../../src/profiles/host-part.ts';
import type { Parameters } from '../../src/profiles/list-settings.ts';
import type { Check } from '../../src/results/journal.schema.ts';
import { describeWith } from '../requirements.ts';
import { hostValues } from './host-values.ts';

/** What an emulated host cannot be made to do, beside what its probes say themselves. */
const beyondTheLab: Readonly<Record<string, string>> = {
  'host.memory.hugepages.1GiB': 'a host of 3 GiB has no piece of 1 GiB left to make a page of',
};

/** A second value that the host refuses, or that there is none of. */
const withoutOther: Readonly<Record<string, string>> = {
  'host.memory.swap': 'there is no swap to switch on',
  'host.irqbalance': 'irqbalance is not installed',
  'host.nic.offload.large-receive': 'the card has none, and says so',
  'host.sysctl.kernel.nmi_watchdog': 'an emulated processor has no counter for it',
};

/** What else may be another then, and rightly so. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  // The driver may make its interrupts anew.
  'host.nic.channels': ['host.nic.irq-affinity'],
  // The card and its partner agree on both directions.
  'host.nic.pause.autonegotiate': ['host.nic.pause.rx', 'host.nic.pause.tx'],
};

const asked: Parameters = Object.fromEntries(
  Object.entries(hostValues).flatMap(([name, [value]]) => (beyondTheLab[name] === undefined ? [[name, value]] : [])),
);

describe('values for the lab', () => {
  it('there are for every parameter of a running host', () => {
    const names = [...catalogue.values()].filter(({ layer }) => layer === 'host').map(({ name }) => name);
    expect(Object.keys(hostValues)).toEqual(names);
  });
});

describeWith(['lab'], 'probes of a running host', () => {
  let machine: SshMachine;
  let place: HostPlace;
  let before: readonly Check[];
  let applied: readonly Check[];

  beforeAll(async () => {
    const inventory = await loadInventory(inventoryFile(labFolders.state), new AbortController().signal);
    machine = openMachine(inventory, 'stock');
    await machine.run({ program: 'mkdir', args: ['-p', machineFolders.state] }, { timeoutSeconds: 10 });
    await restoreTreatment(machine, machineFolders.state);
    place = await findHostPlace(machine, { name: testNic, namespace: null });
    before = await verify();
    const profile = { name: 'mutation', sha256: '0'.repeat(64), parameters: asked };
    applied = await applyTreatment(machine, machineFolders.state, {
      profile,
      layers: ['host'],
      place,
      now: new Date(),
    });
  });

  afterAll(async () => {
    await restoreTreatment(machine, machineFolders.state);
    await machine.close();
  });

  const verify = () => verifyTreatment(machine, asked, ['host'], place);
  const listMismatches = async () =>
    (await verify()).filter(({ result }) => result === 'mismatch').map(({ parameter }) => parameter);

  /** What leads from here to another value, and back. */
  async function planOther(name: string) {
    const { host, schema } = catalogue.get(name) ?? {};
    const [, other] = hostValues[name] ?? [];
    if (host?.change === undefined || schema === undefined || other === undefined) throw new Error(`no way to ${name}`);
    const value = schema.parse(other);
    return host.change(value, await collectHostReadings(machine, [host.reads(value, place)]), place);
  }

  const act = (actions: readonly HostAction[]) => runActions(machine, machineFolders.state, actions);

  it('find everything in force that was applied, and say why the rest is not there', () => {
    const others = applied.filter(({ result }) => result !== 'verified');
    const uncovered = [
      ...others.map(({ parameter, found }) => `${parameter}: ${found}`),
      ...Object.entries({ ...beyondTheLab, ...withoutOther }).map(([name, reason]) => `${name}: ${reason}`),
    ];
    process.stderr.write(`not covered by the lab:\n${uncovered.sort().join('\n')}\n`);
    expect(others.filter(({ result }) => result !== 'not-applicable')).toEqual([]);
    expect(others.map(({ parameter }) => parameter)).toEqual([
      'host.cpu.energy-bias',
      'host.cpu.energy-preference',
      'host.cpu.frequency.max',
      'host.cpu.frequency.min',
      'host.cpu.governor',
      'host.cpu.idle-state',
      'host.cpu.smt',
      'host.cpu.turbo',
      'host.nic.coalesce.adaptive-rx',
      'host.nic.coalesce.adaptive-tx',
      'host.nic.coalesce.rx-frames',
      'host.nic.coalesce.tx-frames',
    ]);
  });

  it('name the parameter that somebody changes behind our back, and no other', async () => {
    const names = applied
      .filter(({ parameter, result }) => result === 'verified' && withoutOther[parameter] === undefined)
      .map(({ parameter }) => parameter);
    expect(names.length).toBeGreaterThan(50);
    const named: Record<string, readonly string[]> = {};
    for (const name of names) {
      const { apply, restore } = await planOther(name);
      await act(apply);
      const taken = consequences[name] ?? [];
      named[name] = (await listMismatches()).filter((other) => !taken.includes(other));
      await act(restore);
      await setAgain(taken);
    }
    expect(named).toEqual(Object.fromEntries(names.map((name) => [name, [name]])));
    expect(await listMismatches()).toEqual([]);
  }, 1_800_000);

  /** Sets again what a change has taken along. */
  async function setAgain(names: readonly string[]) {
    for (const name of names) {
      const { host } = catalogue.get(name) ?? {};
      const value = asked[name];
      if (host?.change === undefined || value === undefined) throw new Error(`no way to ${name}`);
      await act(host.change(value, await collectHostReadings(machine, [host.reads(value, place)]), place).apply);
    }
  }

  it('find what was there before once it is restored', async () => {
    const { left } = await restoreTreatment(machine, machineFolders.state);
    expect(left).toEqual([]);
    const found = (checks: readonly Check[]) =>
      Object.fromEntries(
        checks
          // A card that was up has interrupts, one that never was has none yet.
          .filter(({ parameter }) => parameter !== 'host.nic.irq-affinity')
          .map((check) => [check.parameter, check.found]),
      );
    expect(found(await verify())).toEqual(found(before));
  });
});
