import { describe, expect, it } from 'vitest';
import { addComponent, type SourceFormat } from '../../runner-setup/apt-sources.ts';
import { describeArchive, type Release } from '../../runner-setup/release.ts';

const bookworm: Release = { distribution: 'debian', version: 12, codename: 'bookworm', title: 'Debian 12' };
const noble: Release = { distribution: 'ubuntu', version: 24.04, codename: 'noble', title: 'Ubuntu 24.04' };

function add(text: string, format: SourceFormat, release = bookworm, component = 'non-free') {
  return addComponent(text, format, describeArchive(release), component);
}

/** The result must be the text with ` non-free` put in where the marker is, and nothing else. */
function expectAddedAt(marked: string, format: SourceFormat, release = bookworm, component = 'non-free') {
  const before = marked.replace('<HERE>', '');
  expect(before).not.toBe(marked);
  expect(add(before, format, release, component)).toEqual({
    kind: 'added',
    text: marked.replace('<HERE>', ` ${component}`),
  });
}

describe('addComponent, deb822', () => {
  it('Debian 12 as it is installed: the archive, not the security updates', () => {
    expectAddedAt(
      `Types: deb
# http://mirror.debian.org/archive/debian/20250520T000000Z
URIs: http://mirror.debian.org/debian
Suites: bookworm bookworm-updates
Components: main<HERE>
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
# http://mirror.debian.org/archive/debian-security/20250520T000000Z
URIs: http://mirror.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`,
      'deb822',
    );
  });

  it('cloud images, which name a list of mirrors', () => {
    expectAddedAt(
      `Types: deb deb-src
URIs: mirror+file:///etc/apt/mirrors/debian-security.list
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: mirror+file:///etc/apt/mirrors/debian.list
Suites: bookworm bookworm-updates bookworm-backports
Components: main<HERE>`,
      'deb822',
    );
  });

  it('skips entries that are disabled, commented out, for sources only, or of somebody else', () => {
    expectAddedAt(
      `#Types: deb
#URIs: http://mirror.debian.org/debian
#Suites: bookworm
#Components: main

Enabled: no
Types: deb
URIs: http://mirror.debian.org/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://mirror.debian.org/debian
Suites: bookworm
Components: main

Types: deb
URIs: https://packages.example.com/tool/debian
Suites: bookworm
Components: main
Signed-By: /etc/apt/keyrings/example.gpg

types: deb
uris: https://mirror.example.org/debian/
suites: bookworm
components: main contrib<HERE>
`,
      'deb822',
    );
  });

  it('a field that goes over several lines, with a comment inside', () => {
    expectAddedAt(
      `Types: deb
URIs:
 http://mirror.debian.org/debian
Suites: bookworm
Components:
 main
# free enough
 contrib<HERE>  \n# the end\nSigned-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
`,
      'deb822',
    );
  });

  it('changes nothing where the component is there, in any entry of the archive', () => {
    const entry = (components: string) =>
      `Types: deb\nURIs: http://mirror.debian.org/debian\nSuites: bookworm\nComponents: ${components}\n`;
    expect(add(entry('main contrib non-free non-free-firmware'), 'deb822')).toEqual({ kind: 'present' });
    expect(add(`${entry('main')}\n${entry('main non-free')}`, 'deb822')).toEqual({ kind: 'present' });
    // Another component of a similar name is another one.
    expect(add(entry('main non-free-firmware'), 'deb822')).toMatchObject({ kind: 'added' });
  });

  it('Ubuntu 24.04', () => {
    expectAddedAt(
      `Types: deb
URIs: http://mirror.ubuntu.com/ubuntu/
Suites: noble noble-updates noble-backports
Components: main restricted<HERE>
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg

Types: deb
URIs: http://mirror-security.ubuntu.com/ubuntu/
Suites: noble-security
Components: main restricted
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
`,
      'deb822',
      noble,
      'multiverse',
    );
  });
});

describe('addComponent, one line', () => {
  it('the classic file: the archive, not its sources, updates, security or a comment', () => {
    expectAddedAt(
      `# deb cdrom:[Debian GNU/Linux 12.1.0 _Bookworm_ - Official]/ bookworm main non-free-firmware

deb-src http://mirror.debian.org/debian/ bookworm main
#deb http://mirror.debian.org/debian/ bookworm main
deb http://mirror-security.debian.org/debian-security bookworm-security main
deb http://mirror.debian.org/debian/ bookworm-updates main
  deb	http://mirror.de.debian.org/debian/  bookworm   main  contrib<HERE>  # ours
`,
      'one-line',
    );
  });

  it('an entry with options, and a text without a last line end', () => {
    expectAddedAt(
      'deb [ arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg ] http://10.0.0.1:3142/d bookworm main<HERE>',
      'one-line',
    );
  });

  it.each([
    'deb https://download.docker.com/linux/debian bookworm stable',
    'deb [signed-by=/etc/apt/keyrings/x.gpg] https://packages.example.com/debian bookworm main',
    'deb https://packages.example.com/runner/debian/ bookworm main',
    'deb http://mirror.debian.org/debian trixie main',
    'deb https://apt.example.com bookworm main',
    'deb-src http://mirror.debian.org/debian bookworm main',
    '# deb http://mirror.debian.org/debian bookworm main',
    '',
  ])('finds no entry of the archive in %s', (text) => {
    expect(add(text, 'one-line')).toEqual({ kind: 'absent' });
  });
});
