import * as z from 'zod';

/** `docker network inspect`, as much as probes use. */
export const dockerNetworksSchema = z.array(
  z.looseObject({
    Name: z.string(),
    Id: z.string(),
    IPAM: z.looseObject({
      Config: z.array(z.looseObject({ Subnet: z.string().optional(), IPRange: z.string().optional() })).nullish(),
    }),
    Options: z.record(z.string(), z.string()).nullish(),
  }),
);
