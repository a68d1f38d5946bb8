import type { DoctorCheck } from '../src/hosts/doctor/check.ts';
import { examineLab, type LabReport } from '../src/hosts/doctor/examine-lab.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { renderJson } from '../src/render-json.ts';
import { exitCodes } from './exit-codes.ts';
import { loadInventory, openMachine } from './load-inventory.ts';
import { renderTable } from './render-table.ts';
import type { Surroundings } from './surroundings.ts';

/** `tunegate doctor --inventory FILE`: whether a lab can measure, and what its owner should know. */
export async function examineInventory(file: string, surroundings: Surroundings, json: boolean): Promise<void> {
  const { signal, stdout, stderr } = surroundings;
  const inventory = await loadInventory(file, signal);
  const names = Object.keys(inventory.machines).join(', ');
  if (!json) stderr.write(`Examining ${names}; nothing is changed on them.\n`);
  const open = (name: string) => openMachine(inventory, name);
  const report = await examineLab({ inventory, open, controller: createLocalMachine('this machine'), signal });
  stdout.write(json ? renderJson(report) : renderLabReport(report));
  if (!report.usable) surroundings.setExitCode(exitCodes.failed);
}

/** Columns of the last cell; a sentence that is longer is wrapped, so that the table fits a terminal. */
const sentenceWidth = 100;

/** The checklist as a person reads it: a table for each machine, one for what they say together, and the sum. */
export function renderLabReport({ machines, together, usable }: LabReport): string {
  const tables = [
    ...machines.map(({ name, role, checks }) => renderChecks(`${name} (${role})`, checks)),
    renderChecks('together', together),
  ];
  const all = [...machines.flatMap(({ checks }) => checks), ...together];
  const count = (state: DoctorCheck['state']) => all.filter((check) => check.state === state).length;
  const notes = countOf(count('attention'), 'line asks', 'lines ask');
  const wanting = countOf(count('missing'), 'thing is', 'things are');
  const last = usable
    ? `This lab can measure; ${notes} for attention.\n`
    : `This lab cannot measure: ${wanting} missing, and ${notes} for attention.\n`;
  return [...tables, last].join('\n');
}

function countOf(count: number, one: string, many: string): string {
  return `${count === 0 ? 'no' : count} ${count < 2 ? one : many}`;
}

function renderChecks(title: string, checks: readonly DoctorCheck[]): string {
  const rows = checks.map(({ what, state, found }) => [what, state, wrap(found, sentenceWidth)]);
  return renderTable([title, '', ''], rows);
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
