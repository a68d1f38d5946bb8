import { ConfigurationError } from '../errors.ts';
import { metricsByTest } from '../results/metrics.ts';
import { parseYamlDocument } from '../yaml-document.ts';
import { readPlacement } from './cell-placement.ts';
import { anyMetricPolicySchema, type Policy, policySchema } from './policy.schema.ts';

/**
 * The policy in a YAML text:
 *
 *     margins: { throughput: 0.01, latency_p99: 0.05 }
 *     cellMargins: { docker/bridge/tcp_rr/latency: 0.03 }
 *     gate: { inconclusive: fail }
 *
 * @param names whether ids and metrics must be ones that runs have
 * @throws ConfigurationError naming file, line, key, what was found and what is accepted
 */
export function parsePolicy(text: string, fileName: string, names: 'of runs' | 'any' = 'of runs'): Policy {
  if (names === 'any') return parseYamlDocument(text, fileName, anyMetricPolicySchema).value;
  const document = parseYamlDocument(text, fileName, policySchema);
  const wrong = Object.keys(document.value.cellMargins).find((id) => !isCellId(id));
  if (wrong !== undefined) {
    const place = document.where(['cellMargins', wrong], 'key');
    const accepted = `guest/attachment/test/metric with the words of \`tunegate plan\`, as in docker/bridge/tcp_rr/latency`;
    throw new ConfigurationError(`${place}: a key of cellMargins must be ${accepted}, found "${wrong}"`);
  }
  return document.value;
}

function isCellId(id: string): boolean {
  const placement = readPlacement(id);
  const metric = id.slice(id.lastIndexOf('/') + 1);
  return placement !== null && metricsByTest[placement.test].some(({ name }) => name === metric);
}
