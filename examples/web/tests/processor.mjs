// Time of the processor that threads of the browser take, as Linux counts it.
import fs from 'node:fs';

const read = (path) => {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended
  }
};

const TICKS_A_SECOND = 100; // USER_HZ, the same on every Linux

/** Seconds of the processor by thread of every process whose name begins so: its id, and its name. */
export function threads(process = 'chrom') {
  const all = new Map();
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!read(`/proc/${pid}/comm`).startsWith(process)) continue;
    for (const thread of fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : []) {
      const name = read(`/proc/${pid}/task/${thread}/comm`).trim();
      const stat = read(`/proc/${pid}/task/${thread}/stat`);
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // To the nanosecond where the kernel says so, else in ticks.
      const exact = Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e9;
      const seconds = exact || (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
      all.set(thread, { name, seconds });
    }
  }
  return all;
}

/** What each took since `before`, s, largest first, and all together. */
export function since(before) {
  const spent = [...threads()].map(([thread, { name, seconds }]) => ({ name, seconds: seconds - (before.get(thread)?.seconds ?? 0) }));
  spent.sort((a, b) => b.seconds - a.seconds);
  return { spent, all: spent.reduce((sum, { seconds }) => sum + seconds, 0) };
}
