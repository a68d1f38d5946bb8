import { describe, expect, it } from 'vitest';
import { chooseKernelPackage } from '../../src/kernels/debian-kernels.ts';

/** `apt-cache show linux-image-cloud-amd64` on a Debian 12 with backports, shortened. */
const shown = `Package: linux-image-cloud-amd64
Version: 6.12.43-1~bpo12+1
Installed-Size: 13
Depends: linux-image-6.12.43+deb12-cloud-amd64 (= 6.12.43-1~bpo12+1)

Package: linux-image-cloud-amd64
Version: 6.1.192-2
Depends: linux-image-6.1.0-56-cloud-amd64 (= 6.1.192-2)

Package: linux-image-cloud-amd64
Version: 6.1.176-1
Depends: linux-image-6.1.0-50-cloud-amd64 (= 6.1.176-1)
`;

describe('chooseKernelPackage', () => {
  it.each([
    ['6.1', { name: 'linux-image-6.1.0-56-cloud-amd64', version: '6.1.192-2' }],
    ['6.12', { name: 'linux-image-6.12.43+deb12-cloud-amd64', version: '6.12.43-1~bpo12+1' }],
    ['6.18', null],
  ])('takes the first of series %s', (series, expected) => {
    expect(chooseKernelPackage(shown, series)).toEqual(expected);
  });

  it('takes the version of the meta package where the dependency names none', () => {
    const loose = 'Version: 6.1.9-1\nDepends: linux-image-6.1.0-9-rt-amd64, firmware-linux-free\n';
    expect(chooseKernelPackage(loose, '6.1')).toEqual({ name: 'linux-image-6.1.0-9-rt-amd64', version: '6.1.9-1' });
  });

  it('finds nothing where apt knows nothing', () => {
    expect(chooseKernelPackage('', '6.1')).toBeNull();
  });
});
