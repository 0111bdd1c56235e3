import { makeManyCalls } from './many-calls.js';

/** `npm run soak:rpc -- [calls] [kills]`: one million calls, the peer killed 50 times. */
const [calls = 1_000_000, kills = 50] = process.argv.slice(2).map(Number);
const { wrong, ...tally } = await makeManyCalls({ calls, kills });
console.log(JSON.stringify({ calls, kills, ...tally, wrong: wrong.length }));
for (const line of wrong.slice(0, 20)) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
