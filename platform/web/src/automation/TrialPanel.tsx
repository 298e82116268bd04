import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { useFormat, useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import classes from './automation.module.css';
import { type Definition, type Effect, STEPS, type StepKind, type Trial, type Values } from './automations';
import { stepNumber } from './draft';
import { useNames } from './useNames';
import { useWords } from './useWords';

/** Fields with their values, as on a record's page; those that become others with what they are now. */
function Facts({ entity, values, before }: { entity: Entity | undefined; values: Values; before?: Values }) {
  const label = useLabel();
  return (
    <dl className={classes.facts}>
      {Object.entries(values).map(([property, value]) => {
        const field = entity?.fieldByProperty(property);
        const was = before?.[property];
        return field === undefined ? null : (
          <div key={property} className={classes.fact}>
            <dt>{label(field.label, field.name)}</dt>
            <dd>
              {was !== undefined && was !== null && (
                <>
                  <del>
                    <FieldValue field={field} record={{ id: '', [property]: was }} place="cell" />
                  </del>
                  {' → '}
                </>
              )}
              {value === null ? '—' : <FieldValue field={field} record={{ id: '', [property]: value }} place="cell" />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const isStep = (does: string): does is StepKind => (STEPS as readonly string[]).includes(does);

/** What one step would do: whom the record is given to, what is said, or what is written. */
function Outcome({ effect, on, read }: { effect: Effect; on: Entity | undefined; read: Values }) {
  const t = useT();
  const words = useWords();
  const { does, values } = effect;
  const entity = useModel().entity(effect.entity ?? undefined);
  switch (does) {
    case 'assign':
      return <span className={classes.meta}>{t('automation.given', { name: words.user(String(values?.owner)) })}</span>;
    case 'notify':
      return <span className={classes.meta}>{String(values?.text ?? '')}</span>;
    default:
      return <Facts entity={entity ?? on} values={values ?? {}} {...(does === 'update' && { before: read })} />;
  }
}

function EffectRow(props: { effect: Effect; on: Entity | undefined; read: Values }) {
  const t = useT();
  const label = useLabel();
  const { step, does, entity: name } = props.effect;
  const entity = useModel().entity(name ?? undefined);
  const made = does === 'create' && entity !== undefined ? `: ${label(entity.meta.label, entity.name)}` : '';
  return (
    <li>
      <span>
        {stepNumber(step)} {isStep(does) ? t(`automation.do.${does}`) : does}
        {made}
      </span>
      <div>
        <Outcome {...props} />
      </div>
    </li>
  );
}

/** What would happen with the newest records, record by record. */
export function TrialPanel({ trial, definition }: { trial: Trial; definition: Definition }) {
  const t = useT();
  const format = useFormat();
  const entity = useModel().entity(definition.entity);
  const names = useNames(
    entity,
    trial.samples.map((sample) => sample.id),
  );
  return (
    <div className={classes.trial}>
      <p className={classes.verdict} role="status">
        <strong>{t('automation.wouldRun', { count: trial.matching, tried: format.number(trial.tried) })}</strong>{' '}
        {t('automation.nothingWritten')}
        {!trial.complete && ` ${t('automation.noMoreTime')}`}
        {trial.tooCostly > 0 && ` ${t('design.trial.tooCostly', { count: trial.tooCostly })}`}
      </p>
      <ul className={classes.samples} aria-label={t('automation.samples')}>
        {trial.samples.map((sample) => (
          <li key={sample.id} className={classes.sample}>
            <Link className="rl-link" to={`/${entity?.setName}/${sample.id}`} target="_blank" dir="auto">
              {names.get(sample.id) ?? t('design.trial.record')}
            </Link>
            {Object.keys(sample.read).length > 0 && <Facts entity={entity} values={sample.read} />}
            {sample.effects.length === 0 ? (
              <span className={classes.meta}>{t('automation.noEffect')}</span>
            ) : (
              <ol className={classes.effects} aria-label={t('automation.effects')}>
                {sample.effects.map((effect) => (
                  <EffectRow key={effect.step} effect={effect} on={entity} read={sample.read} />
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
