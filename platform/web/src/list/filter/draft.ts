import { type Condition, type FilterItem, isComplete, isGroup, isRaw, type Match } from './conditions';

/** A line of the builder; without a condition while no field is chosen. */
export interface DraftLine {
  id: number;
  condition: Condition | undefined;
  /** What the line was before it was changed. */
  source?: FilterItem;
}

export interface DraftGroup {
  id: number;
  match: Match;
  items: readonly DraftItem[];
}

export interface DraftRaw {
  id: number;
  raw: string;
}

export type DraftItem = DraftLine | DraftGroup | DraftRaw;

export function isDraftGroup(item: DraftItem): item is DraftGroup {
  return 'match' in item;
}

export function isDraftRaw(item: DraftItem): item is DraftRaw {
  return 'raw' in item;
}

let lastId = 0;

export function newLine(condition?: Condition, source?: FilterItem): DraftLine {
  lastId += 1;
  return { id: lastId, condition, ...(source && { source }) };
}

export function newGroup(match: Match, items: readonly DraftItem[]): DraftGroup {
  lastId += 1;
  return { id: lastId, match, items };
}

function toDraft(item: FilterItem): DraftItem {
  if (isRaw(item)) {
    lastId += 1;
    return { id: lastId, raw: item.raw };
  }
  return isGroup(item) ? newGroup(item.match, item.items.map(toDraft)) : newLine(item, item);
}

/** The chips as the builder shows them; a group that is everything stands at the top. */
export function draftOf(items: readonly FilterItem[]): DraftGroup {
  const [only] = items;
  return only !== undefined && items.length === 1 && isGroup(only)
    ? newGroup(only.match, only.items.map(toDraft))
    : newGroup('all', items.map(toDraft));
}

function finishedItem(item: DraftItem): FilterItem[] {
  if (isDraftRaw(item)) {
    return [{ raw: item.raw }];
  }
  if (!isDraftGroup(item)) {
    return item.condition !== undefined && isComplete(item.condition) ? [item.condition] : [];
  }
  const items = item.items.flatMap(finishedItem);
  return items.length > 1 ? [{ match: item.match, items }] : items;
}

/** What the draft asks for; lines that are not finished ask for nothing. */
export function finished(root: DraftGroup): readonly FilterItem[] {
  const items = finishedItem(root);
  const [only] = items;
  return only !== undefined && isGroup(only) && only.match === 'all' ? only.items : items;
}

/** The draft with one item put in the place of another, or taken away. */
export function replaced(group: DraftGroup, id: number, next: DraftItem | undefined): DraftGroup {
  const items = group.items.flatMap((item) => {
    if (item.id === id) {
      return next === undefined ? [] : [next];
    }
    return isDraftGroup(item) ? [replaced(item, id, next)] : [item];
  });
  return { ...group, items };
}
