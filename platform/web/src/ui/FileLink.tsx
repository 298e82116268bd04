import { IconFile } from '@tabler/icons-react';
import { canBeShown, type FileValue, fileUrl, isPicture, thumbnailUrl } from '../api/files';
import { useFormat } from '../api/session';
import classes from './ui.module.css';

interface FileLinkProps {
  file: FileValue;
  place: 'cell' | 'full';
}

/** A file by its name, with a small image of it where there is one. */
export function FileLink({ file, place }: FileLinkProps) {
  const format = useFormat();
  if (place === 'cell') {
    return (
      <span className={classes.person}>
        {isPicture(file) ? (
          <img className={classes.thumb} src={thumbnailUrl(file)} alt="" loading="lazy" />
        ) : (
          <IconFile size={15} aria-hidden="true" />
        )}
        <span className={classes.clip} dir="auto">
          {file.name}
        </span>
      </span>
    );
  }
  const shown = canBeShown(file);
  return (
    <a
      className={`rl-link ${classes.file}`}
      href={fileUrl(file, shown)}
      {...(shown ? { target: '_blank', rel: 'noreferrer noopener' } : { download: file.name })}
    >
      {isPicture(file) && <img className={classes.preview} src={thumbnailUrl(file)} alt="" loading="lazy" />}
      <span dir="auto">{file.name}</span> <span className={classes.muted}>{format.bytes(file.size)}</span>
    </a>
  );
}
