import classes from './Bar.module.css';
import { rampStep, type StagePlace } from './stage';

/** A share as a bar, in the colour of the stage it stands for; said in figures beside it. */
export function Bar({ share, place }: { share: number; place: StagePlace | undefined }) {
  return (
    <span
      className={classes.track}
      data-kind={place?.kind ?? 'open'}
      data-step={place === undefined ? 4 : rampStep(place)}
      aria-hidden="true"
    >
      <span style={{ width: share > 0 ? `max(2px, ${share * 100}%)` : 0 }} />
    </span>
  );
}
