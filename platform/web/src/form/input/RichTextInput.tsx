import { ActionIcon, Input } from '@mantine/core';
import { IconBold, IconItalic, IconLink, IconList, IconListNumbers, IconUnderline } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useT } from '../../i18n';
import type { MessageKey } from '../../i18n/catalog';
import { harmless } from '../../ui/html';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

const COMMANDS: [string, MessageKey, typeof IconBold][] = [
  ['bold', 'form.rich.bold', IconBold],
  ['italic', 'form.rich.italic', IconItalic],
  ['underline', 'form.rich.underline', IconUnderline],
  ['insertUnorderedList', 'form.rich.bullets', IconList],
  ['insertOrderedList', 'form.rich.numbers', IconListNumbers],
];

/** Formatted text. The browser edits; what is stored is cleaned by the server, what is shown by us. */
export function RichTextInput(props: InputProps) {
  const t = useT();
  const { label, description, error, withAsterisk, id, ...common } = useCommon(props);
  const editor = useRef<HTMLDivElement>(null);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (editor.current !== null && shown.current !== props.value) {
      shown.current = props.value;
      editor.current.replaceChildren(...harmless(props.value));
    }
  }, [props.value]);
  const told = () => {
    const box = editor.current;
    if (box !== null) {
      const html = box.textContent?.trim() === '' ? '' : box.innerHTML;
      shown.current = html;
      props.onChange(html);
    }
  };
  const run = (command: string, value?: string) => {
    editor.current?.focus();
    document.execCommand(command, false, value);
    told();
  };
  const link = () => {
    const address = window.prompt(t('form.rich.address'), 'https://');
    if (address !== null && /^(https?:|mailto:)/i.test(address)) {
      run('createLink', address);
    }
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      withAsterisk={withAsterisk}
      labelProps={{ onClick: () => editor.current?.focus() }}
    >
      <div className={classes.rich}>
        <div className={classes.richBar} role="toolbar" aria-label={t('form.rich.format')}>
          {COMMANDS.map(([command, key, Drawn]) => (
            <ActionIcon
              key={command}
              variant="subtle"
              aria-label={t(key)}
              title={t(key)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(command)}
            >
              <Drawn size={16} aria-hidden="true" />
            </ActionIcon>
          ))}
          <ActionIcon
            variant="subtle"
            aria-label={t('form.rich.link')}
            title={t('form.rich.link')}
            onMouseDown={(event) => event.preventDefault()}
            onClick={link}
          >
            <IconLink size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
        <div
          ref={editor}
          id={id}
          className={classes.richText}
          contentEditable
          suppressContentEditableWarning
          role="textbox"
          tabIndex={0}
          aria-multiline="true"
          aria-label={common['aria-label'] ?? String(label ?? '')}
          aria-required={common['aria-required']}
          aria-invalid={error !== undefined}
          data-autofocus={common['data-autofocus']}
          dir="auto"
          onInput={told}
        />
      </div>
    </Input.Wrapper>
  );
}
