import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that descend from it, the oldest first, as /proc tells it at this moment. */
export function listTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? readParent(pid) : null;
    if (parent !== null) parents.set(pid, parent);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...[...parents].flatMap(([child, parent]) => (parent === pid ? [child] : [])));
  return tree;
}

/** null: gone meanwhile. */
function readParent(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[1]);
  } catch {
    return null;
  }
}

/** As a host that loses power does, or a service manager that kills what is left: without a chance to say a word. */
export function killTree(root: number): void {
  // The parents first, so that nobody starts another one meanwhile.
  for (const pid of listTree(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone meanwhile.
    }
  }
}
