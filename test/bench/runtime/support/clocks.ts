/** Seconds that have passed. */
export const elapsed = (): number => performance.now() / 1000;

/** Seconds this process has computed: the same on a machine that is busy with other things. */
export const busy = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
