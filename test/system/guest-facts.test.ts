import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDecisiveFact } from '../../src/comparison/environment-difference.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import type { ParameterValue, Profile } from '../../src/profiles/profile.schema.ts';
import type { Facts } from '../../src/results/journal.schema.ts';
import { describeWith } from '../requirements.ts';
import { createQemuRig, type QemuRig } from './qemu-rig.ts';

/** Settings of a virtual machine that change its environment: the other way round than a guest has them by default. */
const settings: readonly (readonly [string, ParameterValue])[] = [
  ...[...catalogue.keys()]
    .filter((name) => /^guest\.qemu\.(tap\.|net\.)?offload\./.test(name))
    .map((name) => [name, false] as const),
  ['guest.qemu.sysctl.net.ipv4.tcp_congestion_control', 'reno'],
];

describeWith(['root', 'qemu'], 'Facts of a virtual machine', () => {
  let rig: QemuRig;
  let ordinary: Facts;

  const collect = async (parameters: Profile['parameters']) => {
    let facts: Facts = {};
    await rig.withGuest(parameters, async (guest) => {
      facts = await guest.collectFacts();
    });
    return facts;
  };

  beforeAll(async () => {
    rig = await createQemuRig();
    ordinary = await collect({});
  });
  afterAll(() => rig?.remove());

  it.each(settings)('change with %s only where the catalogue says so, or not at all', async (name, value) => {
    const facts = await collect({ [name]: value });
    const changed = [...new Set([...Object.keys(ordinary), ...Object.keys(facts)])]
      .filter((key) => isDecisiveFact(key) && facts[key] !== ordinary[key])
      .map((key) => `guest.${key}`);
    const declared = catalogue.get(name)?.changesFacts ?? [];
    expect(changed.filter((key) => !declared.includes(key))).toEqual([]);
  });

  it('are those after the settings inside it, not those of its boot', async () => {
    expect(ordinary['tcp.congestion_control']).toBe('cubic');
    const facts = await collect({
      'guest.qemu.sysctl.net.ipv4.tcp_congestion_control': 'reno',
      'guest.qemu.offload.tcp-segmentation': false,
    });
    expect(facts['tcp.congestion_control']).toBe('reno');
    expect(ordinary['offload.guest.tcp-segmentation-offload']).toBe('on');
    expect(facts['offload.guest.tcp-segmentation-offload']).toBe('off');
  });
});
