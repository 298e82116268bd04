import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { listPage, type Page, recordName } from '../api/records';
import type { ReportDefinition } from '../api/reports';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { alignsEnd } from '../list/columns';
import { Bar } from '../ui/Bar';
import { FieldValue } from '../ui/FieldValue';
import { stagePlace } from '../ui/stage';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { type Answer, answer, drill, type Line } from './ask';
import { type Report, readReport } from './definition';
import { Matrix } from './Matrix';
import classes from './report.module.css';
import { Timeline } from './Timeline';
import { useWords } from './words';

export interface Shown {
  report: Report;
  answer: Answer;
  /** In a tile, without what only the page has room for. */
  small?: boolean | undefined;
  onSort?: ((sort: string | undefined) => void) | undefined;
}

export function useAnswer(definition: ReportDefinition) {
  const model = useModel();
  const report = useMemo(() => readReport(model, definition), [model, definition]);
  const query = useQuery({
    queryKey: ['records', definition.set, 'report', definition],
    queryFn: ({ signal }) => (report === undefined ? undefined : answer(model, report, signal)),
    enabled: report !== undefined && report.kind !== 'list',
    placeholderData: keepPreviousData,
  });
  return { report, ...query };
}

function SortHead({ report, text, name, end, onSort }: SortProps) {
  const now = report.sort === text ? 'ascending' : report.sort === `-${text}` ? 'descending' : 'none';
  const next = now === 'descending' ? text : now === 'ascending' ? undefined : `-${text}`;
  return (
    <th scope="col" data-end={end} aria-sort={now}>
      {onSort === undefined ? (
        name
      ) : (
        <button type="button" className={classes.sort} onClick={() => onSort(next)}>
          {name}
          {now !== 'none' && <span aria-hidden="true">{now === 'ascending' ? ' ↑' : ' ↓'}</span>}
        </button>
      )}
    </th>
  );
}

interface SortProps extends Pick<Shown, 'onSort'> {
  report: Report;
  text: string;
  name: string;
  end: boolean;
}

/** Each line leads to its records. */
function Table({ report, answer: found, onSort }: Shown) {
  const t = useT();
  const words = useWords();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {report.rows.map((by) => (
            <SortHead key={by.text} report={report} text={by.text} name={words.group(by)} end={false} onSort={onSort} />
          ))}
          {report.measures.map((one) => (
            <SortHead key={one.text} report={report} text={one.text} name={words.measure(one)} end onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {found.lines.map((line) => (
          <tr key={line.groups.map((group) => group.key).join(' ')}>
            {line.groups.map((group, index) => {
              const by = report.rows[index];
              const text = by === undefined ? '' : words.value(by, group);
              return index === 0 ? (
                <th key={by?.text} scope="row">
                  <Link className="rl-link" to={drill(report, line.groups)} dir="auto">
                    {text}
                  </Link>
                </th>
              ) : (
                <td key={by?.text} dir="auto">
                  {text}
                </td>
              );
            })}
            <Figures report={report} line={line} groups={line.groups.length} />
          </tr>
        ))}
      </tbody>
      {found.total !== undefined && report.rows.length > 0 && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={report.rows.length}>
              {t('report.total')}
            </th>
            <Figures report={report} line={found.total} groups={1} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Without groups the figures themselves are the way to the records. */
function Figures({ report, line, groups }: { report: Report; line: Line; groups: number }) {
  const words = useWords();
  return report.measures.map((one, index) => {
    const text = words.figure(one, line.figures[index] ?? null);
    return (
      <td key={one.text} data-end>
        {groups === 0 ? (
          <Link className="rl-link" to={drill(report, [])}>
            {text}
          </Link>
        ) : (
          text
        )}
      </td>
    );
  });
}

/** Bars with their figures beside them; days stand along a line of time. */
function Chart(shown: Shown) {
  const { report, answer: found } = shown;
  const words = useWords();
  const by = report.rows[0];
  if (by?.part !== undefined) {
    return <Timeline {...shown} />;
  }
  const [first] = report.measures;
  const lines = found.lines.slice(0, shown.small ? 8 : 60);
  const size = (line: Line) => Math.max(0, Number(line.figures[0] ?? 0));
  const most = Math.max(1e-9, ...lines.map(size));
  const stage = report.entity.stageField();
  return (
    <ul className={classes.bars} data-small={shown.small}>
      {lines.map((line) => {
        const group = line.groups[0];
        const text = line.groups.map((one, index) => {
          const named = report.rows[index];
          return named === undefined ? '' : words.value(named, one);
        });
        return (
          <li key={line.groups.map((one) => one.key).join(' ')}>
            <Link className={classes.bar} to={drill(report, line.groups)}>
              <span className={classes.barName} title={text.join(' · ')} dir="auto">
                {text.join(' · ')}
              </span>
              <Bar
                share={size(line) / most}
                place={
                  by !== undefined && by.field === stage && group !== undefined
                    ? stagePlace(by.field, group.value)
                    : undefined
                }
              />
              <span className={classes.barFigure}>
                {first === undefined ? '' : words.figure(first, line.figures[0] ?? null)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Numbers({ report, answer: found }: Shown) {
  const words = useWords();
  return (
    <div className={classes.numbers}>
      {report.measures.map((one, index) => (
        <Link key={one.text} className={classes.number} to={drill(report, [])}>
          <span className={classes.numberValue}>{words.figure(one, found.total?.figures[index] ?? null)}</span>
          <span className={classes.numberName}>{words.measure(one)}</span>
        </Link>
      ))}
    </div>
  );
}

const LISTED = 10;

/** The first records themselves. */
function Records({ report, small }: { report: Report; small: boolean | undefined }) {
  const model = useModel();
  const label = useLabel();
  const { entity, fields, filter, sort } = report;
  const order = sort === undefined ? undefined : sort.startsWith('-') ? `${sort.slice(1)} desc` : sort;
  const query = { fields, filter: filter || undefined, orderby: order, pageSize: report.top ?? (small ? LISTED : 50) };
  const { data, error, refetch } = useQuery<Page>({
    queryKey: [
      'records',
      entity.setName,
      'report',
      { filter, order, size: query.pageSize, fields: fields.map((f) => f.name) },
    ],
    queryFn: ({ signal }) => listPage(model, entity, query, undefined, signal),
    placeholderData: keepPreviousData,
  });
  const others = fields.filter((field) => field !== entity.nameField);
  return (
    <States data={data} error={error} onRetry={() => void refetch()}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{label(entity.nameField.label, entity.nameField.name)}</th>
            {others.map((field) => (
              <th key={field.name} scope="col" data-end={alignsEnd(field)}>
                {label(field.label, field.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data?.records.map((record) => (
            <tr key={record.id}>
              <th scope="row">
                <Link className="rl-link" to={`/${entity.setName}/${record.id}`} dir="auto">
                  {recordName(entity, record)}
                </Link>
              </th>
              {others.map((field) => (
                <td key={field.name} data-end={alignsEnd(field)}>
                  <FieldValue
                    field={field}
                    record={record}
                    place="cell"
                    stage={field.name === entity.stageField()?.name}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </States>
  );
}

interface StatesProps {
  data: unknown;
  error: Error | null;
  onRetry: () => void;
  children: ReactNode;
}

function States({ data, error, onRetry, children }: StatesProps) {
  if (error !== null) {
    return <ErrorState error={error} onRetry={onRetry} />;
  }
  return data === undefined ? (
    <AfterPatience>
      <Bone width={240} />
    </AfterPatience>
  ) : (
    children
  );
}

const BY_KIND = { table: Table, matrix: Matrix, chart: Chart, number: Numbers };

interface ResultProps {
  definition: ReportDefinition;
  small?: boolean;
  onSort?: (sort: string | undefined) => void;
}

/** What is asked and what was answered, in the form that was chosen; always with the rights of who looks. */
export function Result({ definition, small, onSort }: ResultProps) {
  const t = useT();
  const { report, data, error, refetch } = useAnswer(definition);
  if (report === undefined) {
    return <p className={classes.none}>{t('report.gone')}</p>;
  }
  if (report.kind === 'list') {
    return <Records report={report} small={small} />;
  }
  const Form = BY_KIND[report.kind];
  const empty = data !== undefined && data.lines.length === 0 && report.rows.length + report.columns.length > 0;
  return (
    <States data={data} error={error} onRetry={() => void refetch()}>
      {empty ? (
        <p className={classes.none}>{t('list.noMatch.title')}</p>
      ) : (
        data !== undefined && <Form report={report} answer={data} small={small} onSort={onSort} />
      )}
      {data?.cut === true && (
        <p className={classes.none}>{t('report.cut', { count: report.top ?? data.lines.length })}</p>
      )}
    </States>
  );
}
