import { initials } from '../i18n/format';
import classes from './ui.module.css';

/** Initials beside a name. Drawn by the style sheet: they are no text of their own. */
export function Avatar(props: { name: string; shape?: 'square'; size?: 'large' }) {
  return (
    <span
      className={classes.avatar}
      data-initials={initials(props.name)}
      data-shape={props.shape}
      data-size={props.size}
      aria-hidden="true"
    />
  );
}
