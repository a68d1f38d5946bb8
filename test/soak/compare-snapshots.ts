type Snapshot = Readonly<Record<string, readonly string[]>>;

/** What is there now and was not before, and the other way round: `+ links: tgw0 ...`, `- mounts: ...`. */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly string[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return parts.flatMap((part) => {
    const [old, now] = [before[part] ?? [], after[part] ?? []];
    const added = now.filter((line) => !old.includes(line)).map((line) => `+ ${part}: ${line}`);
    const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${part}: ${line}`);
    return [...added, ...gone];
  });
}
