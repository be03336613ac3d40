import { readdir, readFile } from 'node:fs/promises';
import { runOk } from './run-program.ts';

/** A running process. */
export interface RunningProcess {
  readonly pid: number;
  /** Its command line, arguments parted by spaces. */
  readonly line: string;
}

/** The processes whose command line contains a text, such as the folder of a plane. Those that only wait to be reaped do not count. */
export async function processesWith(text: string): Promise<RunningProcess[]> {
  const all = process.platform === 'linux' ? await fromProc() : await fromPs();
  return all.filter(({ line }) => line.includes(text));
}

async function fromProc(): Promise<RunningProcess[]> {
  const found: RunningProcess[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    found.push({ pid: Number(entry), line: await commandLine(entry) });
  }
  return found;
}

/** Empty for a process that has ended, also while we look. */
async function commandLine(pid: string): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}

async function fromPs(): Promise<RunningProcess[]> {
  const { stdout } = await runOk('ps', ['-axo', 'pid=,args=']);
  return stdout.split('\n').map((row) => ({ pid: Number.parseInt(row, 10), line: row.trim().replace(/^\d+\s+/, '') }));
}
