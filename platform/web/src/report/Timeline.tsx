import { Link } from 'react-router';
import { useFormat } from '../api/session';
import { drill, type Line } from './ask';
import type { Shown } from './Result';
import classes from './report.module.css';
import { useWords } from './words';

/** The latest stretches of time; earlier ones would leave no room for any. */
const MOST = { page: 36, tile: 12 };

/** Columns along a line of time; each has its figure above and leads to its records. */
export function Timeline({ report, answer, small }: Shown) {
  const format = useFormat();
  const words = useWords();
  const [measure] = report.measures;
  const [by] = report.rows;
  const dated = answer.lines.filter((line) => line.groups[0]?.value !== null);
  const lines = dated.slice(-(small ? MOST.tile : MOST.page));
  const size = (line: Line) => Math.max(0, Number(line.figures[0] ?? 0));
  const most = Math.max(1e-9, ...lines.map(size));
  const money = measure?.place?.field.type === 'money';
  const short = (line: Line) =>
    measure === undefined
      ? ''
      : money
        ? format.moneyCompact(size(line))
        : words.figure(measure, line.figures[0] ?? null);
  return (
    <ol className={classes.timeline} data-small={small}>
      {lines.map((line) => {
        const group = line.groups[0];
        const name = by === undefined || group === undefined ? '' : words.value(by, group);
        const figure = measure === undefined ? '' : words.figure(measure, line.figures[0] ?? null);
        return (
          <li key={line.groups.map((one) => one.key).join(' ')}>
            <Link className={classes.column} to={drill(report, line.groups)} title={`${name}: ${figure}`}>
              <span className={classes.columnSpace}>
                <span className={classes.columnFigure}>{short(line)}</span>
                <span
                  className={classes.columnBar}
                  style={{ height: `calc((100% - 18px) * ${size(line) / most} + 1px)` }}
                />
              </span>
              <span className={classes.columnName}>{name}</span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
