import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { Kbd } from '../ui/Tag';
import classes from './board.module.css';

const KEYS: [string[], MessageKey][] = [
  [['Space'], 'board.help.lift'],
  [['←', '→'], 'board.help.column'],
  [['Space'], 'board.help.drop'],
  [['Esc'], 'board.help.cancel'],
  [['Enter'], 'board.help.open'],
];

export function BoardHelp() {
  const t = useT();
  return (
    <footer className={classes.help}>
      {KEYS.map(([keys, text]) => (
        <span key={text} className={classes.helpItem}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}{' '}
          {t(text)}
        </span>
      ))}
    </footer>
  );
}
