/** Settings that people look for and that no parameter can give, with the reason. */
export const leftOut: readonly { readonly name: string; readonly reason: string }[] = [
  {
    name: 'net.core.busy_poll, net.core.busy_read of a container',
    reason:
      'host.sysctl gives them: settings of the whole machine: a network namespace other than the first has no such files (seen on Linux 6.18), and docker run --sysctl fails. On a veth they would have no effect anyway.',
  },
  {
    name: 'net.core.rmem_max, net.core.wmem_max of a container',
    reason:
      'host.sysctl gives them: settings of the whole machine: other network namespaces have no such files, or files that can only be read (seen on Linux 6.18).',
  },
  {
    name: 'net.core.default_qdisc, net.core.netdev_max_backlog, net.core.dev_weight, net.ipv4.tcp_mem, net.ipv4.udp_mem of a container',
    reason:
      'host.sysctl gives the first three: settings of the whole machine: other network namespaces have no such files (seen on Linux 6.18).',
  },
  {
    name: 'halt_poll_ns and nx_huge_pages of one guest',
    reason: 'settings of the whole machine: host.kvm.halt-poll-ns and host.kvm.nx-huge-pages.',
  },
  {
    name: 'net.ipv4 settings of the host, such as tcp_slow_start_after_idle, tcp_timestamps or tcp_fastopen',
    reason:
      'every network namespace has its own and starts with those of the kernel: what the host has set in its own reaches no guest. Those that new namespaces take over are host.sysctl.net.ipv4.tcp_congestion_control, tcp_rmem and tcp_wmem.',
  },
  {
    name: 'vm.dirty_ratio, vm.dirty_background_ratio',
    reason:
      'setting one empties its twin in bytes (vm.dirty_bytes), which could not be brought back; the servers that are measured write no files.',
  },
  {
    name: 'kernel.watchdog of the host',
    reason:
      'switches both watchdogs, and on again also one that was off before: host.sysctl.kernel.soft_watchdog and host.sysctl.kernel.nmi_watchdog are set one by one.',
  },
  {
    name: '/dev/cpu_dma_latency',
    reason:
      'lasts as long as a process keeps the file open, so that no state survives a crash; host.cpu.idle-state keeps the same states out.',
  },
  {
    name: 'priorities of kernel threads (ksoftirqd, ktimers, rcuc)',
    reason:
      'no file holds them, threads come and go with CPUs, and an order that is wrong stops a host; PREEMPT_RT kernels start theirs with priorities that fit.',
  },
  {
    name: 'MTU of the interface under test',
    reason: 'must be the same along the whole path, client included: a fact of the laboratory that both sides share.',
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
