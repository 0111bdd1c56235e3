import type { JsonSchema } from './json-schema/index.js';
import { LIMITS, SWITCHES } from './limits.js';

/** The JSON Schema of an object of limits, as manifests and configurations of hosts have it. */
export const LIMITS_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    ...Object.fromEntries(
      Object.entries(LIMITS).map(([name, { unit }]) => [
        name,
        {
          type: ['number', 'string'],
          description: unit === 'count' ? 'A count, or "none".' : `In ${unit}, or text with a unit.`,
        },
      ]),
    ),
    ...Object.fromEntries(Object.keys(SWITCHES).map((name) => [name, { type: 'boolean' }])),
  },
  additionalProperties: false,
};
