/** One update that was tried. Plain data: it can be kept as JSON. */
export interface UpdateRecord {
  readonly plugin: string;
  /** Origin of the request: a user, a service, `"watch"`. */
  readonly by: string;
  /** Start time, in ms since 1970. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly result: 'done' | 'refused' | 'failed' | 'rolled-back';
  readonly durationMs: number;
  /** Reason of a refusal, failure or rollback. */
  readonly reason?: string;
}

/** Records of updates, newest last. */
export interface UpdateHistory {
  /** Adds a record; the oldest of the plugin goes if there are too many. */
  add(record: UpdateRecord): void;
  /** Returns the records of one plugin, or of all. */
  records(plugin?: string): readonly UpdateRecord[];
}

/**
 * Makes a history, from stored records if there are any.
 * @param perPlugin number of records kept of each plugin
 */
export function createUpdateHistory(
  kept: Iterable<UpdateRecord> = [],
  { perPlugin = 100 } = {},
): UpdateHistory {
  const records: UpdateRecord[] = [];
  const add = (record: UpdateRecord): void => {
    records.push(Object.freeze({ ...record }));
    const own = records.filter(({ plugin }) => plugin === record.plugin);
    if (own.length > perPlugin) records.splice(records.indexOf(own[0] as UpdateRecord), 1);
  };
  for (const record of kept) add(record);
  return {
    add,
    records: (plugin) => records.filter((record) => plugin === undefined || record.plugin === plugin),
  };
}
