import { mkdirSync, writeFileSync } from 'node:fs';
import { renderParametersDocument } from '../reports/parameters-document.ts';

const folder = new URL('../docs/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('parameters.md', folder), renderParametersDocument());
