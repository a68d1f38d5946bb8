import { parseYamlDocument, requireName } from '../yaml-document.ts';
import { type Plan, planSchema } from './plan.schema.ts';

/** The plan in a YAML text; `name` is that of its file, without folder and ending, null where the file is named otherwise. */
export function parsePlan(text: string, fileName: string, name: string | null): Plan {
  const document = parseYamlDocument(text, fileName, planSchema);
  if (name !== null) requireName(document, name);
  return document.value;
}
