import { describe, expect, it } from 'vitest';
import { parseLibraries } from '../../src/images/guest-tree.ts';

describe('reading ldd', () => {
  it('takes every library and the loader, not the virtual one and no complaint', () => {
    const output = `/usr/bin/netserver:
	linux-vdso.so.1 (0x00007ffd8b5c2000)
	libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f1e0c0d0000)
	libmissing.so.1 => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f1e0c1f8000)
/bin/busybox:
	not a dynamic executable
`;
    expect(parseLibraries(output)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });
});
