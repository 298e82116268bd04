import type { HistoryEntry, RecordData } from '../api/types';
import { isPlanned, momentOf } from './activities';

/** Something on the timeline: an activity, or an act on the record's fields. */
export type Moment =
  | { kind: 'activity'; at: string; record: RecordData }
  | { kind: 'change'; at: string; entry: HistoryEntry };

export type Shown = 'all' | 'activities' | 'changes';

export interface Timeline {
  planned: readonly RecordData[];
  past: readonly Moment[];
}

function dueOf(record: RecordData): string {
  // Without a day it can wait: after all that cannot.
  return String(record.dueDate ?? record.at ?? '9999');
}

/** What is to be done, the next first; then what was, the last first. */
export function timelineOf(
  activities: readonly RecordData[],
  history: readonly HistoryEntry[],
  shown: Shown,
  now: string,
): Timeline {
  const wanted = shown === 'changes' ? [] : activities;
  const done: Moment[] = wanted
    .filter((record) => !isPlanned(record, now))
    .map((record) => ({ kind: 'activity', at: momentOf(record), record }));
  const changes: Moment[] =
    shown === 'activities' ? [] : history.map((entry) => ({ kind: 'change', at: entry.at, entry }));
  return {
    planned: wanted.filter((record) => isPlanned(record, now)).sort((a, b) => dueOf(a).localeCompare(dueOf(b))),
    past: [...done, ...changes].sort((a, b) => b.at.localeCompare(a.at)),
  };
}
