import { CommandError } from '../../src/errors.ts';
import { labTools, tools } from '../../src/hosts/tools.ts';
import type { Command, Machine, Outcome, RunOptions } from '../../src/machines/machine.ts';

export const debianSources = `Types: deb
URIs: http://mirror.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

export const sourcesPath = '/etc/apt/sources.list.d/debian.sources';
export const policyPath = '/usr/sbin/policy-rc.d';

/** A Debian 12 made of air: files, packages, and an apt-get that does as a test says. */
export class FakeDebian implements Machine {
  readonly name = 'local';
  readonly files = new Map<string, string>([
    ['/etc/os-release', 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian 12"\n'],
    [sourcesPath, debianSources],
    ['/proc/7/stat', `7 (node) S ${'0 '.repeat(18)}123 0\n`],
  ]);
  readonly packages = new Set(['bash', 'iproute2', 'util-linux', 'iputils-ping', 'ethtool', 'iptables', 'procps']);
  userId = '0';
  /** The steps worth telling, in order. */
  readonly happened: string[] = [];
  /** Runs before apt-get answers; an exit code other than 0 is a failure. */
  onApt: (subcommand: string) => number = () => 0;

  async run({ program, args }: Command, options: RunOptions): Promise<Outcome> {
    options.signal?.throwIfAborted();
    const [exitCode, stdout = ''] = this.#answer(program, args);
    options.signal?.throwIfAborted();
    const stderr = exitCode === 0 ? '' : `E: ${program} does not want to\n`;
    const outcome: Outcome = { exitCode, signal: null, timedOut: false, stdout, stderr, seconds: 0 };
    if (exitCode !== 0 && options.allowFailure !== true) {
      throw new CommandError({ program, args, machine: this.name, ...outcome });
    }
    return outcome;
  }

  start(): never {
    throw new Error('set-up starts nothing in the background');
  }

  async readFile(path: string): Promise<string | null> {
    return this.files.get(path) ?? null;
  }

  async connect(): Promise<never> {
    throw new Error('nothing is connected to here');
  }

  async writeFile(path: string, text: string): Promise<void> {
    this.files.set(path, text);
  }

  #answer(program: string, args: readonly string[]): readonly [number, string?] {
    const last = args.at(-1) ?? '';
    switch (program) {
      case 'id':
        return [0, `${this.userId}\n`];
      case 'sh':
        // Either the lock is given back, or programs are looked up.
        if (args[1]?.includes('rm -f "$0"')) {
          this.files.delete(args[2] ?? '');
          return [0];
        }
        return [
          0,
          args
            .slice(3)
            .map((wanted) => this.#find(wanted))
            .join('\n'),
        ];
      case 'test': {
        const isThere = this.files.has(last);
        // `test FILE -ef FILE`: two names of one file have one text.
        return [isThere && (args[1] !== '-ef' || this.files.get(args[0] ?? '') === this.files.get(last)) ? 0 : 1];
      }
      case 'readlink':
        return [0, `${last}\n`];
      case 'mv':
      case 'ln':
        return this.#rename(args, program === 'mv');
      case 'rm':
        this.files.delete(last);
        return [0];
      case 'find':
        return [0, args.includes('/etc/systemd/system') ? this.#links() : [...this.files.keys()].join('\n')];
      case 'env':
        return this.#install(args);
      case 'apt-cache':
        return [
          0,
          args
            .slice(1)
            .map((name) => `${name}:\n  Installed: (none)\n  Candidate: 1\n`)
            .join(''),
        ];
      case 'dpkg-query':
        return [0, [...this.packages].map((name) => `installed ${name}\n`).join('')];
      case 'dpkg':
        return [0, `/usr/bin/${last}\n/lib/systemd/system/${last}.service\n/etc/init.d/${last}\n`];
      case 'systemctl':
      case 'update-rc.d':
        if (args[0] !== '--version') this.happened.push(`${program} ${args.join(' ')}`);
        return [0];
      default:
        return [0];
    }
  }

  #find(program: string): string {
    const tool = [...tools, ...labTools].find((entry) => entry.program === program);
    return tool !== undefined && this.#has(tool.packages) ? `/usr/bin/${tool.name}` : '';
  }

  #has(alternatives: readonly string[]): boolean {
    return alternatives.some((name) => this.packages.has(name));
  }

  #rename(args: readonly string[], removesOld: boolean): readonly [number] {
    const [from = '', to = ''] = args.slice(-2);
    const text = this.files.get(from);
    if (text === undefined || (!removesOld && this.files.has(to))) return [1];
    this.files.set(to, text);
    if (removesOld) this.files.delete(from);
    return [0];
  }

  /** docker.io is started by a unit and a script, netperf by a script alone. */
  #links(): string {
    return ['multi-user.target.wants/docker.io.service', 'rc2.d/S01docker.io', 'rc2.d/S01netperf', 'rc2.d/S01bash']
      .map((path) => `/etc/${path}`)
      .join('\n');
  }

  #install(args: readonly string[]): readonly [number] {
    const words = args.filter((arg, index) => !arg.startsWith('-') && !/=/.test(arg) && args[index - 1] !== '-o');
    const subcommand = args.includes('--download-only') ? 'download' : (words[1] ?? 'dpkg');
    const forbidden = this.files.get(policyPath)?.includes('exit 101') === true;
    this.happened.push(`${words[0]} ${subcommand}${forbidden ? ' without services' : ''}`);
    const exitCode = this.onApt(subcommand);
    if (subcommand === 'install' && exitCode === 0) {
      for (const name of words.slice(2)) this.packages.add(name);
    }
    return [exitCode];
  }
}
