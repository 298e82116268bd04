import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { count } from '../api/records';
import { useFormat, useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { EntityIcon } from '../ui/icons';
import classes from './home.module.css';

export function Counts() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const model = useModel();
  const answers = useQueries({
    queries: model.entities.map((entity) => ({
      queryKey: ['records', entity.setName, 'count', ''],
      queryFn: ({ signal }: { signal: AbortSignal }) => count(entity, undefined, signal),
    })),
  });
  return (
    <section className={classes.card} aria-label={t('home.counts')}>
      <h2 className={classes.cardTitle}>{t('home.counts')}</h2>
      <ul className={classes.recent}>
        {model.entities.map((entity, index) => (
          <li key={entity.name}>
            <Link to={`/${entity.setName}`} className={classes.row}>
              <EntityIcon name={entity.meta.icon} size={16} />
              <span className={classes.rowName}>{label(entity.meta.pluralLabel, entity.setName)}</span>
              <strong className={classes.rowCount}>
                {answers[index]?.data === undefined ? '' : format.number(answers[index].data)}
              </strong>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
