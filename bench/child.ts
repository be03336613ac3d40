// Runs one variant in a process of its own and prints what it cost.
import { variants } from './variants.ts';

const [name = '', apps = '0', out = '', objects = ''] = process.argv.slice(2);
const variant = variants[name];
if (variant === undefined) throw new Error(`expected a variant (${Object.keys(variants).sort().join(', ')}), got ${JSON.stringify(name)}`);
await variant({ apps: Number(apps), out, objects });
const usage = process.resourceUsage();
process.stdout.write(JSON.stringify({ cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, memory: usage.maxRSS / 1024 }));
