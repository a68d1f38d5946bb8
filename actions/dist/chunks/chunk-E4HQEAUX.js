import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// src/vocabulary.ts
var sides = ["baseline", "candidate"];
var layers = ["host-boot", "host", "daemon", "guest"];
var guestKinds = ["docker", "qemu", "bare"];
var attachments = ["bridge", "physical", "vf", "user"];
var testNames = ["tcp_stream", "tcp_rr", "udp_stream", "udp_rr", "iperf_tcp", "iperf_udp", "ping"];
var accelerators = ["kvm", "tcg"];
var regimes = ["sample", "deployment", "boot"];
var topologies = ["embedded", "lab", "inventory"];

export {
  sides,
  layers,
  guestKinds,
  attachments,
  testNames,
  accelerators,
  regimes,
  topologies
};
