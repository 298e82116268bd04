import { Button } from '@mantine/core';
import { IconPlus, IconReportAnalytics } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { type KeptReport, type ReportDefinition, useKept } from '../api/reports';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { EntityIcon } from '../ui/icons';
import { ErrorState } from '../ui/states';
import { addressOf, COUNT } from './definition';
import classes from './report.module.css';

/** What most people want to know first of records that move along stages. */
function pipeline(entity: Entity): ReportDefinition | undefined {
  const stage = entity.stageField();
  const sum = entity.sumField();
  return stage === undefined
    ? undefined
    : {
        set: entity.setName,
        kind: 'chart',
        rows: [stage.property],
        measures: sum === undefined ? [COUNT] : [`${sum.property}:sum`, COUNT],
      };
}

function Reports({ title, reports }: { title: string; reports: readonly KeptReport[] }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  return reports.length === 0 ? null : (
    <section className={classes.shelf} aria-label={title}>
      <h2 className={classes.partTitle}>{title}</h2>
      <ul className={classes.cards}>
        {reports.map((report) => {
          const entity = model.set(report.definition.set);
          return (
            <li key={report.id}>
              <Link className={classes.card} to={`/reports/${report.id}`}>
                <EntityIcon name={entity?.meta.icon} />
                <span className={classes.cardName}>{report.name}</span>
                <span className={classes.cardNote}>
                  {label(entity?.meta.pluralLabel, report.definition.set)} ·{' '}
                  {t(`report.kind.${report.definition.kind ?? 'table'}`)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The reports that one keeps and that colleagues share, and ways to begin. */
export default function ReportsPage() {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const { data = [], error, refetch } = useKept('reports');
  const starts = model.entities.flatMap((entity) => {
    const definition = pipeline(entity);
    return definition === undefined ? [] : [{ entity, definition }];
  });
  useDocumentTitle(t('report.title'));
  const first = starts[0]?.entity ?? model.entities[0];
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('report.title')}</h1>
        <div className={classes.actions}>
          <Button
            variant="filled"
            component={Link}
            to={addressOf({ set: first?.setName ?? '' })}
            leftSection={<IconPlus size={16} aria-hidden="true" />}
          >
            {t('report.new')}
          </Button>
        </div>
      </header>
      <div className={classes.shelves}>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        <Reports title={t('view.own')} reports={data.filter((report) => !report.shared)} />
        <Reports title={t('view.ofAll')} reports={data.filter((report) => report.shared)} />
        <section className={classes.shelf} aria-label={t('report.starts')}>
          <h2 className={classes.partTitle}>{t('report.starts')}</h2>
          <ul className={classes.cards}>
            {starts.map(({ entity, definition }) => (
              <li key={entity.name}>
                <Link className={classes.card} to={addressOf(definition)}>
                  <IconReportAnalytics size={18} stroke={1.6} aria-hidden="true" />
                  <span className={classes.cardName}>
                    {t('report.byStage', {
                      name: label(entity.meta.pluralLabel),
                      field: label(entity.stageField()?.label),
                    })}
                  </span>
                  <span className={classes.cardNote}>{t('report.kind.chart')}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
