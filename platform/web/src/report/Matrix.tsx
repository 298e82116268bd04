import { Link } from 'react-router';
import { useT } from '../i18n';
import { drill, type GroupValue, type Line } from './ask';
import type { Report } from './definition';
import type { Shown } from './Result';
import classes from './report.module.css';
import { useWords } from './words';

const keyOf = (groups: readonly GroupValue[]) => groups.map((group) => group.key).join('\u0000');

/** How strongly a cell is tinted: by its share of the largest, in four steps; the figure stands in it. */
function step(line: Line | undefined, most: number): number {
  const size = Number(line?.figures[0] ?? 0);
  return size <= 0 ? 0 : Math.min(4, Math.max(1, Math.ceil((size / most) * 4)));
}

function Cell({ report, line }: { report: Report; line: Line | undefined }) {
  const words = useWords();
  return line === undefined ? (
    <span className={classes.blank}>·</span>
  ) : (
    <Link className={classes.cellLink} to={drill(report, line.groups)}>
      {report.measures.map((one, index) => (
        <span key={one.text}>{words.figure(one, line.figures[index] ?? null)}</span>
      ))}
    </Link>
  );
}

/** Rows against columns, with the totals that the server has reckoned for each and for all. */
export function Matrix({ report, answer }: Shown) {
  const t = useT();
  const words = useWords();
  const { rows, columns, measures } = report;
  const cells = new Map(answer.lines.map((line) => [keyOf(line.groups), line]));
  const most = Math.max(1e-9, ...answer.lines.map((line) => Number(line.figures[0] ?? 0)));
  const across = columns.length === 0 ? [] : answer.byColumn;
  const name = (line: Line, by: Report['rows']) =>
    line.groups.map((group, index) => {
      const named = by[index];
      return named === undefined ? '' : words.value(named, group);
    });
  return (
    <table className={classes.table} data-matrix>
      <thead>
        <tr>
          <th scope="col">{rows.map(words.group).join(' · ')}</th>
          {across.map((line) => (
            <th key={keyOf(line.groups)} scope="col" data-end>
              {name(line, columns).join(' · ')}
            </th>
          ))}
          <th scope="col" data-end>
            {t('report.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.byRow.map((row) => (
          <tr key={keyOf(row.groups)}>
            <th scope="row" dir="auto">
              {name(row, rows).join(' · ')}
            </th>
            {across.map((column) => {
              const line = cells.get(keyOf([...row.groups, ...column.groups]));
              return (
                <td key={keyOf(column.groups)} data-end data-step={step(line, most)}>
                  <Cell report={report} line={line} />
                </td>
              );
            })}
            <td data-end data-total>
              <Cell report={report} line={row} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('report.total')}</th>
          {across.map((column) => (
            <td key={keyOf(column.groups)} data-end>
              <Cell report={report} line={column} />
            </td>
          ))}
          <td data-end data-total>
            <Cell report={report} line={answer.total} />
          </td>
        </tr>
      </tfoot>
      <caption className={classes.caption}>{measures.map(words.measure).join(' · ')}</caption>
    </table>
  );
}
