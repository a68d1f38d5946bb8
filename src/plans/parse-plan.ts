import { parseYamlDocument, requireName } from '../yaml-document.ts';
import { type Plan, planSchema } from './plan.schema.ts';

/** The plan in a YAML text; `name` is that of its file, without folder and ending. */
export function parsePlan(text: string, fileName: string, name: string): Plan {
  const document = parseYamlDocument(text, fileName, planSchema);
  requireName(document, name);
  return document.value;
}
