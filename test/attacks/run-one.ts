import { listAttacks } from './list-attacks.js';

// Runs one attack in this process and prints its result: `node run-one.js NAME`.
const name = process.argv[2];
const attack = (await listAttacks()).find((one) => one.name === name);
if (attack === undefined) throw new Error(`there is no attack "${name}"`);
const run = await attack.prepare();
const before = process.resourceUsage().maxRSS;
const start = performance.now();
await run();
const ms = performance.now() - start;
const bytes = (process.resourceUsage().maxRSS - before) * 1024;
process.stdout.write(`${JSON.stringify({ ms, bytes })}\n`, () => process.exit(0));
