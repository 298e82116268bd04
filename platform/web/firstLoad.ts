import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Chunk {
  type: string;
  code?: string;
  isEntry?: boolean;
  facadeModuleId?: string | null;
  imports?: string[];
}

/** The chunk with all that it needs before it runs. */
function withImports(bundle: Record<string, Chunk>, file: string, seen: Set<string>): Set<string> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const needed of bundle[file]?.imports ?? []) {
      withImports(bundle, needed, seen);
    }
  }
  return seen;
}

/** What a list's first page needs besides the entry: the texts of one language. */
const TEXTS = /\/src\/i18n\/(en|zh)\.ts$/;

/** The build fails when a list's first load is more than so many bytes of compressed JavaScript. */
export function firstLoadAtMost(most: number): Plugin {
  return {
    name: 'relata-first-load',
    apply: 'build',
    generateBundle(_, output) {
      const bundle = output as unknown as Record<string, Chunk>;
      const size = (file: string) => gzipSync(bundle[file]?.code ?? '').length;
      const files = Object.keys(bundle);
      const first = new Set<string>();
      for (const file of files.filter((name) => bundle[name]?.isEntry === true)) {
        withImports(bundle, file, first);
      }
      const texts = files.filter((name) => TEXTS.test(bundle[name]?.facadeModuleId ?? '')).map(size);
      const total = [...first].reduce((sum, file) => sum + size(file), 0) + Math.max(...texts);
      this.info(`The first load of a list is ${(total / 1000).toFixed(1)} kB of compressed JavaScript`);
      if (total > most) {
        this.error(`A list's first load may be ${most / 1000} kB of compressed JavaScript and is ${total / 1000} kB`);
      }
    },
  };
}
