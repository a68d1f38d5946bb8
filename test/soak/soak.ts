import { messageOf } from '../../src/errors.ts';
import { listenForSignals } from '../../src/interruption.ts';
import { canary, canaryKinds } from './canary.ts';
import { churn } from './churn.ts';
import { resume } from './resume.ts';
import { parseSoakOptions, type Soak } from './soak-options.ts';
import { switchHosts } from './switch.ts';

// `npm run soak -- NAME --count N [--seed N] [--kind KIND] [--kills N] [--inventory FILE] [--machine NAME]`: long repetitions. One JSON document on standard output,
// progress on standard error; ends with 0 when everything held, 1 when something did not, 2 when the request was wrong.
const soaks: Readonly<Record<string, Soak>> = { churn, resume, canary, switch: switchHosts };

const interruption = listenForSignals();
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const asked = parseSoakOptions(args, Object.keys(soaks), canaryKinds);
  const soak = soaks[asked.name];
  if (asked.problem !== null || soak === undefined) {
    process.stderr.write(`soak: ${asked.problem}.\n`);
    return 2;
  }
  try {
    const say = (text: string) => void process.stderr.write(`${text}\n`);
    const result = await soak({ ...asked, say, signal: interruption.signal });
    process.stdout.write(`${JSON.stringify({ soak: asked.name, seed: asked.seed, ...result }, null, 2)}\n`);
    return result.failed === 0 ? 0 : 1;
  } catch (thrown) {
    process.stderr.write(`soak: ${messageOf(thrown)}\n`);
    return interruption.signal.aborted ? 130 : 1;
  }
}
