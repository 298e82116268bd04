import { Link } from 'react-router';
import { useFormat, useLabel } from '../api/session';
import { useRecentlyViewed } from '../api/shortcuts';
import { useT } from '../i18n';
import { EntityIcon } from '../ui/icons';
import classes from './home.module.css';

const SHOWN = 10;

/** What one opened last: the way back to what one was at. */
export function Visited() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const visited = useRecentlyViewed();
  return visited.length === 0 ? null : (
    <section className={classes.card} aria-label={t('home.visited')}>
      <h2 className={classes.cardTitle}>{t('home.visited')}</h2>
      <ul className={classes.recent}>
        {visited.slice(0, SHOWN).map((one) => (
          <li key={one.path}>
            <Link to={one.path} className={classes.row}>
              <EntityIcon name={one.entity.meta.icon} size={16} />
              <span className={classes.rowName} dir="auto">
                {one.name}
              </span>
              <span className={classes.rowKind}>{label(one.entity.meta.label, one.entity.name)}</span>
              <span className={classes.rowWhen}>{format.relative(one.visitedAt ?? '')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
