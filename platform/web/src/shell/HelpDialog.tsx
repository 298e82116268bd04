import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { lettersOn, setLetters } from './keys';
import classes from './shell.module.css';

const GROUPS: [MessageKey, [string, MessageKey][]][] = [
  [
    'help.general',
    [
      ['Ctrl K', 'help.palette'],
      ['?', 'help.help'],
      ['G H', 'help.goHome'],
      ['C', 'help.new'],
      ['Ctrl Z', 'help.undo'],
      ['Esc', 'help.closeLayer'],
    ],
  ],
  [
    'help.list',
    [
      ['/', 'help.search'],
      ['J K', 'help.rows'],
      ['← →', 'help.cells'],
      ['F2', 'help.editCell'],
      ['Tab', 'help.nextCell'],
      ['Enter', 'help.open'],
      ['Space', 'help.peek'],
      ['X', 'help.select'],
      ['E', 'help.edit'],
    ],
  ],
  [
    'help.board',
    [
      ['Space', 'help.lift'],
      ['← →', 'help.move'],
      ['Enter', 'help.open'],
    ],
  ],
  [
    'help.record',
    [
      ['E', 'help.edit'],
      ['Ctrl Enter', 'help.save'],
      ['[ ]', 'help.prevNext'],
      ['N', 'help.note'],
      ['L', 'help.call'],
      ['M', 'help.mail'],
      ['T', 'help.task'],
    ],
  ],
];

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [letters, setLettersState] = useState(lettersOn);
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.help}>
        {GROUPS.map(([group, keys]) => (
          <section key={group}>
            <h3 className={classes.helpTitle}>{t(group)}</h3>
            <dl className={classes.helpKeys}>
              {keys.map(([key, text]) => (
                <div key={key + text} className={classes.helpRow}>
                  <dt>{t(text)}</dt>
                  <dd>
                    {key.split(' ').map((part) => (
                      <kbd key={part} className={classes.helpKey}>
                        {part}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        checked={letters}
        onChange={(event) => {
          setLetters(event.currentTarget.checked);
          setLettersState(event.currentTarget.checked);
        }}
        label={t('help.letters')}
        description={t('help.lettersHint')}
      />
    </Modal>
  );
}
