import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanConsole, markConsole, readConsole } from '../../../src/hosts/boot/console-log.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

describe('cleanConsole', () => {
  it('is what a person would read', () => {
    const text =
      '\u001bc\u001b[?7l\u001b[2J\u001b[0mSeaBIOS (version 1.16)\r\n\r\r\n\u001b[1;32m[  OK  ]\u001b[0m Started \u001b]0;x\u0007ssh.\r\n' +
      'Welcome\u0000\u0007 \u001b(Bhere\t!\r\n';
    expect(cleanConsole(text, 10)).toBe('SeaBIOS (version 1.16)\n[  OK  ] Started ssh.\nWelcome here\t!');
  });

  it('keeps the last lines', () => {
    expect(cleanConsole('a\nb\nc\n', 2)).toBe('b\nc');
  });
});

describe('readConsole', () => {
  it('begins where the console ended when it was marked, or anew when the file is a new one', async () => {
    const machine = createLocalMachine();
    const file = join(await mkdtemp(join(tmpdir(), 'console-')), 'console');
    expect(await markConsole(machine, null)).toBeNull();
    const absent = await markConsole(machine, file);
    expect(await readConsole(machine, absent)).toBeNull();
    await writeFile(file, 'old boot\n');
    const place = await markConsole(machine, file);
    expect(await readConsole(machine, place)).toBeNull();
    await appendFile(file, 'new boot\r\n');
    expect(await readConsole(machine, place)).toBe('new boot');
    await writeFile(file, 'x\n');
    expect(await readConsole(machine, place)).toBe('x');
  });
});
