import { messageOf } from '../../errors.ts';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import type { Reading } from '../reading.ts';

/** A line such as `Cpus_allowed_list:	0-1` of `/proc/PID/status`: what the kernel obeys, whoever set it. */
export function readAllowedList(
  line: 'Cpus_allowed_list' | 'Mems_allowed_list',
  requested: string,
  processStatus: string,
): Reading {
  const list = new RegExp(`^${line}:[ \\t]*(\\S*)$`, 'm').exec(processStatus)?.[1];
  if (list === undefined) return { found: `no line ${line}`, inForce: false };
  try {
    return { found: `${line} ${list}`, inForce: formatCpuList(parseCpuList(list)) === requested };
  } catch (error) {
    return { found: `${line} ${list}: ${messageOf(error)}`, inForce: false };
  }
}
