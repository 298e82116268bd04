import { call } from '../api/client';
import type { Model } from '../api/model';
import { all, literal, setUrl } from '../api/odata';
import type { Value } from '../api/types';
import { addMonths } from '../calendar/month';
import type { GroupBy, Measure, Report } from './definition';

/** What the records of a line have in common. */
export interface GroupValue {
  key: string;
  value: Value;
  /** The name of the record that a lookup points to. */
  name: string | undefined;
  /** What asks for just these records. */
  condition: string;
}

export type Figure = number | string | null;

export interface Line {
  groups: readonly GroupValue[];
  figures: readonly Figure[];
}

/** More lines are not read by anybody; the note below says that there are more. */
export const MOST_LINES = 1000;

function pathOf(group: GroupBy): string {
  return group.text.split(':')[0] ?? '';
}

const year = (index: number) => `g${index}y`;
const month = (index: number) => `g${index}m`;

function computations(groups: readonly GroupBy[]): string[] {
  return groups.flatMap((group, index) => {
    const path = pathOf(group);
    const years = group.part === undefined ? [] : [`year(${path}) as ${year(index)}`];
    return group.part === 'month' ? [...years, `month(${path}) as ${month(index)}`] : years;
  });
}

/** Where the name of the record is that a lookup points to. */
function namePath(model: Model, group: GroupBy): string | undefined {
  const { field, via } = group;
  const target = field.type === 'lookup' ? model.target(field) : undefined;
  return target === undefined
    ? undefined
    : [...via.map((lookup) => lookup.navigation), field.navigation, target.nameField.property].join('/');
}

function groupNames(model: Model, groups: readonly GroupBy[]): string[] {
  return groups.flatMap((group, index) => {
    if (group.part !== undefined) {
      return group.part === 'month' ? [year(index), month(index)] : [year(index)];
    }
    const name = namePath(model, group);
    return name === undefined ? [pathOf(group)] : [pathOf(group), name];
  });
}

function aggregates(measures: readonly Measure[]): string {
  return measures
    .map(({ place, reckoning }, index) =>
      place === undefined ? `$count as m${index}` : `${place.text} with ${reckoning} as m${index}`,
    )
    .join(',');
}

/** The measure or group that the lines are sorted by. */
function order(report: Report, groups: readonly GroupBy[]): string | undefined {
  const desc = report.sort?.startsWith('-') === true;
  const text = desc ? report.sort?.slice(1) : report.sort;
  const measure = report.measures.findIndex((one) => one.text === text);
  const group = groups.findIndex((one) => one.text === text);
  const way = desc ? ' desc' : '';
  if (measure >= 0) {
    return `m${measure}${way}`;
  }
  const by = group >= 0 ? group : groups[0]?.part !== undefined ? 0 : -1;
  const found = groups[by];
  if (found === undefined) {
    return groups.length === 0 ? undefined : 'm0 desc';
  }
  return found.part === undefined
    ? `${pathOf(found)}${way}`
    : [year(by), ...(found.part === 'month' ? [month(by)] : [])].map((name) => name + way).join(',');
}

/** The request for the figures by the groups, all reckoned by the server with the rights of who asks. */
export function reportUrl(model: Model, report: Report, groups: readonly GroupBy[]): string {
  const computed = computations(groups);
  const aggregate = `aggregate(${aggregates(report.measures)})`;
  const steps = [
    ...(report.filter === '' ? [] : [`filter(${report.filter})`]),
    ...(computed.length === 0 ? [] : [`compute(${computed.join(',')})`]),
    groups.length === 0 ? aggregate : `groupby((${groupNames(model, groups).join(',')}),${aggregate})`,
  ];
  return setUrl(report.entity.setName, {
    apply: steps.join('/'),
    orderby: order(report, groups),
    top: report.top ?? MOST_LINES,
  });
}

type Row = Record<string, unknown>;

function at(row: Row, path: string): unknown {
  return path.split('/').reduce<unknown>((inside, step) => (inside as Row | null | undefined)?.[step], row);
}

function dayGroup(group: GroupBy, index: number, row: Row): GroupValue {
  const path = pathOf(group);
  const [y, m] = [row[year(index)], row[month(index)]];
  if (typeof y !== 'number') {
    return { key: '', value: null, name: undefined, condition: `${path} eq null` };
  }
  const four = String(y).padStart(4, '0');
  const from = group.part === 'month' ? `${four}-${String(m).padStart(2, '0')}` : `${four}-01`;
  const to = addMonths(from, group.part === 'month' ? 1 : 12);
  const day = (text: string) => (group.field.type === 'datetime' ? `${text}-01T00:00:00Z` : `${text}-01`);
  const value = group.part === 'month' ? from : four;
  return { key: value, value, name: undefined, condition: `${path} ge ${day(from)} and ${path} lt ${day(to)}` };
}

function valueGroup(model: Model, group: GroupBy, row: Row): GroupValue {
  const path = pathOf(group);
  const value = (at(row, path) ?? null) as Value;
  const named = namePath(model, group);
  const name = named === undefined ? undefined : at(row, named);
  const asked = value === null ? 'null' : literal(group.field.type, String(value));
  return {
    key: String(value ?? ''),
    value,
    name: typeof name === 'string' ? name : undefined,
    condition: `${path} eq ${asked}`,
  };
}

export function linesOf(model: Model, report: Report, groups: readonly GroupBy[], rows: readonly Row[]): Line[] {
  return rows.map((row) => ({
    groups: groups.map((group, index) =>
      group.part === undefined ? valueGroup(model, group, row) : dayGroup(group, index, row),
    ),
    figures: report.measures.map((_, index) => (row[`m${index}`] ?? null) as Figure),
  }));
}

async function lines(model: Model, report: Report, groups: readonly GroupBy[], signal: AbortSignal): Promise<Line[]> {
  const { value } = await call<{ value: Row[] }>(reportUrl(model, report, groups), { signal });
  return linesOf(model, report, groups, value);
}

export interface Answer {
  /** By rows and columns together. */
  lines: readonly Line[];
  /** By rows alone, by columns alone, over all; averages cannot be added up here. */
  byRow: readonly Line[];
  byColumn: readonly Line[];
  total: Line | undefined;
  cut: boolean;
}

/** Options stand in their own order, as on a board; all else as the server has put it. */
function inOrder(report: Report, groups: readonly GroupBy[], found: readonly Line[]): readonly Line[] {
  const options = groups[0]?.field.options;
  if (report.sort !== undefined || options === undefined) {
    return found;
  }
  const place = (line: Line) => {
    const index = options.findIndex((option) => option.value === line.groups[0]?.value);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  return [...found].sort((one, other) => place(one) - place(other));
}

export async function answer(model: Model, report: Report, signal: AbortSignal): Promise<Answer> {
  const { rows, columns } = report;
  const whole = { ...report, top: undefined, sort: undefined };
  const ask = (by: readonly GroupBy[], asked: Report) => lines(model, asked, by, signal);
  const grouped = rows.length + columns.length > 0;
  const [byRow, byColumn, both, total] = await Promise.all([
    rows.length === 0 ? [] : ask(rows, report),
    columns.length === 0 ? [] : ask(columns, whole),
    columns.length === 0 ? [] : ask([...rows, ...columns], whole),
    ask([], whole),
  ]);
  return {
    lines: inOrder(report, rows, columns.length === 0 ? byRow : both),
    byRow: inOrder(report, rows, byRow),
    byColumn: inOrder(whole, columns, byColumn),
    total: total[0],
    cut: grouped && [byRow, both].some((one) => one.length === (report.top ?? MOST_LINES)),
  };
}

/** The list of the records behind a line. */
export function drill(report: Report, groups: readonly GroupValue[]): string {
  const filter = all(report.filter, ...groups.map((group) => group.condition)) ?? '';
  return `/${report.entity.setName}?${new URLSearchParams({ layout: 'list', filter })}`;
}
