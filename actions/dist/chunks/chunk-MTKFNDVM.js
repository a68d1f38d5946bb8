import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// src/github/print-plainly.ts
import { randomUUID } from "node:crypto";
function printPlainly(text, output = process.stdout) {
  const token = randomUUID();
  output.write(`::stop-commands::${token}
${text.replace(/\n?$/, "\n")}::${token}::
`);
}

export {
  printPlainly
};
