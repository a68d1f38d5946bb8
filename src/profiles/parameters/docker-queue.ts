import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';

export const dockerQueueLength = defineParameter<number>({
  name: 'guest.docker.txqueuelen',
  layer: 'guest',
  summary: "Length of the transmit queue of the container's interface, packets.",
  schema: z.int().min(0).max(1_000_000),
  accepted: 'a whole number of packets from 0 to 1000000, such as 1000',
  versions:
    'every Linux; ip link set txqueuelen, formerly ifconfig. Docker gives its interfaces 0, other links start with 1000',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk:
    'Inert on the veth of a container as long as its queueing discipline is noqueue; pfifo_fast and others take it as ' +
    'their limit when they are attached. A long queue hides loss and costs latency, a short one drops bursts.',
  source: 'ip-link(8), txqueuelen; tc-pfifo_fast(8)',
  changesFacts: [],
  misfit: () => null,
  probe: "ip -j -d address in the container's network namespace, txqlen",
  docker: {
    commands: (value, { device }) => [
      { program: 'ip', args: ['link', 'set', 'dev', device, 'txqueuelen', String(value)] },
    ],
    read: (value, { link, queueLength }) => ({
      found: `${link.name} txqlen ${queueLength}`,
      inForce: queueLength === value,
    }),
  },
});
