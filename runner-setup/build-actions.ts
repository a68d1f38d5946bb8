import { fileURLToPath } from 'node:url';
import { bundleActions } from './bundle-actions.ts';

// `npm run build`: actions/dist from the actions' sources; into another folder when one is named.
const home = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? fileURLToPath(new URL('../actions/dist', import.meta.url));
const names = await bundleActions(home, folder);
process.stdout.write(`Bundled ${names.join(', ') || 'no action'}.\n`);
