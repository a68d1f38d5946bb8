import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';
import type { HostBootSettings } from '../../src/profiles/host-part.ts';
import type { Parameter } from '../../src/profiles/parameter.ts';
import type { ParameterValue } from '../../src/profiles/profile.schema.ts';
import { alwaysRefused, impossibleCpus, oftenRefused } from './hostile-values.ts';

/** A profile reaches a parameter through its schema; null: refused. */
function accept(parameter: Parameter, value: ParameterValue): ParameterValue | null {
  const outcome = parameter.schema.safeParse(value);
  return outcome.success ? outcome.data : null;
}

const parameters = [...catalogue.values()].map((parameter) => [parameter.name, parameter] as const);

/** A word, a list of numbers, an address, a size; or a whole path without a part that leads upwards. */
const plainText = /^(?!.*\.\.)(?![-.])[A-Za-z0-9_/][A-Za-z0-9_ ,.:/+~@-]{0,1023}$/;

/** One word of the kernel's command line: no space, no quote, nothing that begins another one. */
const plainWord = /^[a-z][A-Za-z0-9_.]*(=[A-Za-z0-9_.,:-]+)?$/;

/** With these a command line starts another program, another root or another console. */
const forbiddenWords = /^(init|rdinit|root|rootflags|initrd|console|panic|module|efi|systemd|tunegate)\b/;

function isPlain(value: ParameterValue): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= 2 ** 53;
  return typeof value === 'string' ? plainText.test(value) : value.length <= 64 && value.every(isPlain);
}

function listBootWords({ host, qemu }: Parameter, value: ParameterValue): readonly string[] {
  const boot: HostBootSettings = host?.boot?.(value) ?? {};
  return [...(boot.words ?? []), ...(qemu?.settings?.(value).kernelArguments ?? [])];
}

describe.each(parameters)('%s', (_, parameter) => {
  it('refuses every value that could be more than a value', () => {
    const accepted = alwaysRefused.filter(({ value }) => accept(parameter, value) !== null);
    expect(accepted.map(({ what }) => what)).toEqual([]);
  });

  it('makes plain data of every value that it accepts', () => {
    const accepted = oftenRefused.flatMap(({ what, value }) => {
      const data = accept(parameter, value);
      return data === null ? [] : [{ what, data }];
    });
    expect(accepted.filter(({ data }) => !isPlain(data))).toEqual([]);
    const words = accepted.flatMap(({ data }) => listBootWords(parameter, data));
    expect(words.filter((word) => !plainWord.test(word) || forbiddenWords.test(word))).toEqual([]);
  });
});

describe('CPU numbers above 8191', () => {
  const lists = parameters.filter(([, parameter]) => accept(parameter, '0-3,5') !== null);

  it('concern every parameter that takes a list of CPUs', () => {
    expect(lists.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'guest.docker.cpuset',
        'guest.qemu.vcpu.pin',
        'host-boot.isolcpus',
        'host-boot.nohz_full',
      ]),
    );
  });

  it.each(lists)('%s refuses them without a look at a machine', (_, parameter) => {
    const accepted = impossibleCpus.filter(({ value }) => accept(parameter, value) !== null);
    expect(accepted.map(({ what }) => what)).toEqual([]);
    expect(accept(parameter, '8191')).not.toBeNull();
  });
});
