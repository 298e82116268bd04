import type { ReactNode } from 'react';
import type { FieldMeta } from '../api/types';
import type { Tone } from './stage';
import { stagePlace } from './stage';
import classes from './ui.module.css';

export function Tag(props: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={props.tone ?? 'neutral'}>
      {props.children}
    </span>
  );
}

const STEPS = 12;

/** How far along its path a record is; the word always stands beside it. */
export function StageMeter(props: { field: FieldMeta; value: unknown }) {
  const place = stagePlace(props.field, props.value);
  return (
    <span
      className={classes.meter}
      data-kind={place.kind}
      data-step={Math.round(place.fraction * STEPS)}
      aria-hidden="true"
    />
  );
}

export function Kbd(props: { children: ReactNode }) {
  return (
    <kbd className="rl-kbd" aria-hidden="true">
      {props.children}
    </kbd>
  );
}
