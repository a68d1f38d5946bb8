/** Path of a field, or the first part of it, to the reason why it is null. */
export type NullReasons = Readonly<Record<string, string>>;

/**
 * The `missing` of a cell: every null field with its reason. The reason of a path is taken from the path itself or
 * the nearest part before it (`spread` explains `spread.p`).
 *
 * @throws Error when a null has no reason: that would be our own mistake
 */
export function explainNulls(fields: object, reasons: NullReasons, prefix = ''): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const [key, value] of Object.entries(fields)) {
    const path = `${prefix}${key}`;
    if (value === null) missing[path] = findReason(path, reasons);
    else if (typeof value === 'object') Object.assign(missing, explainNulls(value, reasons, `${path}.`));
  }
  return missing;
}

function findReason(path: string, reasons: NullReasons): string {
  const reason = reasons[path];
  if (reason !== undefined) return reason;
  const end = path.lastIndexOf('.');
  if (end < 0) throw new Error(`no reason is known why ${path} is null`);
  return findReason(path.slice(0, end), reasons);
}
