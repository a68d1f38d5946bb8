/** Settings of a guest that people look for and that no parameter can give, with the reason. */
export const leftOut: readonly { readonly name: string; readonly reason: string }[] = [
  {
    name: 'net.core.busy_poll, net.core.busy_read',
    reason:
      'settings of the whole machine: a network namespace other than the first has no such files (seen on Linux 6.18), and docker run --sysctl fails. On a veth they would have no effect anyway.',
  },
  {
    name: 'net.core.rmem_max, net.core.wmem_max',
    reason:
      'settings of the whole machine: other network namespaces have no such files, or files that can only be read (seen on Linux 6.18).',
  },
  {
    name: 'net.core.default_qdisc, net.core.netdev_max_backlog, net.core.dev_weight, net.ipv4.tcp_mem, net.ipv4.udp_mem',
    reason: 'settings of the whole machine: other network namespaces have no such files (seen on Linux 6.18).',
  },
  {
    name: 'halt_poll_ns, ple_gap, kvmclock_periodic_sync, nx_huge_pages, lapic_timer_advance',
    reason: 'parameters of the modules kvm and kvm_intel: settings of the whole machine, not of one guest.',
  },
  {
    name: 'QEMU -overcommit cpu-pm=on',
    reason:
      'nothing but the command line tells whether it is in force, and only KVM has it; it makes the host show a CPU that is always busy.',
  },
  {
    name: 'QEMU tx_queue_size',
    reason: 'a tap takes 256 entries and nothing else; QEMU ends with an error at 1024.',
  },
  {
    name: 'QEMU -realtime mlock=on, -no-hpet, -no-kvm-pit-reinjection, -mem-prealloc, -mem-path',
    reason:
      'older forms of guest.qemu.memory.lock, guest.qemu.machine.hpet, guest.qemu.pit.lost-tick-policy, guest.qemu.memory.prealloc and guest.qemu.memory.path.',
  },
  {
    name: 'docker run --interactive',
    reason:
      'nothing is typed into a server: guest.docker.tty gives the pseudo-terminal, and with --interactive as well docker run ends with 1 where no terminal starts it.',
  },
];
