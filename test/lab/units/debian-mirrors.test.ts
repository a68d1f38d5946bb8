import { describe, expect, it } from 'vitest';
import { findDebianMirrors, parseMirrors } from '../../../src/lab/debian-mirrors.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';
import type { Machine } from '../../../src/machines/machine.ts';

const never = new AbortController().signal;

/** A machine whose apt says these things, one after the other; what else was run is noted. */
function answering(...answers: readonly string[]) {
  const local = createLocalMachine();
  const left = [...answers];
  const ran: string[] = [];
  const machine: Machine = {
    ...local,
    name: 'rig',
    run: ({ program, args }, options) => {
      ran.push([program, args[0]].join(' '));
      const text = args[0] === 'indextargets' ? (left.shift() ?? '') : '';
      return local.run({ program: 'printf', args: ['%s', text] }, options);
    },
  };
  return { machine, ran };
}

const debian = `Debian|Debian-Security|http://mirror.example/debian-security/
Debian|Debian|http://mirror.example/debian/
Debian|Debian|http://other.example/debian/
`;
const found = { archive: 'http://mirror.example/debian', security: 'http://mirror.example/debian-security' };

describe('the mirrors of the lab', () => {
  it('are those of the machine, the first where there are several', () => {
    expect(parseMirrors(debian)).toEqual(found);
    expect(parseMirrors('Debian|Debian|http://mirror.example/debian/\n')).toEqual({ ...found, security: null });
  });

  it.each([
    ['no list at all', ''],
    ["another distribution's", 'Ubuntu|Ubuntu|http://mirror.example/ubuntu/\n'],
    ["Debian's backports alone", 'Debian Backports|Debian Backports|http://mirror.example/debian/\n'],
    ['security updates alone', 'Debian|Debian-Security|http://mirror.example/debian-security/\n'],
    ['lists that were never fetched', '||http://mirror.example/debian/\n'],
  ])('are not found in %s', (_, text) => {
    expect(parseMirrors(text)).toBeNull();
  });

  it('are asked for once more when apt has fetched its lists', async () => {
    const known = answering(debian);
    expect(await findDebianMirrors(known.machine, never)).toEqual(found);
    expect(known.ran).toEqual(['apt-get indextargets']);
    const fresh = answering('', debian);
    expect(await findDebianMirrors(fresh.machine, never)).toEqual(found);
    expect(fresh.ran).toEqual(['apt-get indextargets', 'apt-get update', 'apt-get indextargets']);
  });

  it('must be there', async () => {
    await expect(findDebianMirrors(answering('', '').machine, never)).rejects.toThrow(
      'the package sources of rig name no archive of Debian',
    );
  });
});
