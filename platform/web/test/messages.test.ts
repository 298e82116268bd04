import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { speak, translate } from '../src/i18n';
import { en } from '../src/i18n/en';
import { moreEn } from '../src/i18n/more.en';
import { moreZh } from '../src/i18n/more.zh';
import { zh } from '../src/i18n/zh';

const english: Record<string, string> = { ...en, ...moreEn };
const chinese: Record<string, string> = { ...zh, ...moreZh };
const chineseKeys = Object.keys(english).filter((key) => !key.endsWith('_one'));

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

/** Keys put together from one of these and a word of the data are used though they stand nowhere whole. */
const COMPOSED =
  /^(user\.theme|user\.density|activity\.kind|activity\.prompt|activity\.post|address|design\.(type|color|style|functions|onDelete|rollUp|kind|way|use)|report\.kind|report\.how|report\.of|report\.by|report\.part|access\.tab|access\.privilege|access\.level|access\.field|explain|explain\.(role|share|rule)|settings\.(tab|limit|limitHint|job|count|action|audit|auditOf|way)|settings\.webhook\.(because|reason|state)|automation\.(because|tab|on|side|do|source|who|unit|state|outcome|says|sign)|privacy\.(kind|mode)|consent|consent\.(state|way)|filter\.op|filter\.period|history|history\.origin|import\.state|import)\.[\w-]+$|^design\.(entities|history|advice|files|fields|rules|layout|views|requiredWhen|readOnlyWhen|visibleWhen|defaultExpression)$|^settings\.webhook\.(created|updated|deleted|restored)$/;

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/i18n.(more\.)?(en|zh)\.ts$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

describe('message catalogs', () => {
  it('hold nothing that no screen says', () => {
    const code = sources(join(import.meta.dirname, '../src'));
    const bases = Object.keys(english).map((key) => key.replace(/_(one|other)$/, ''));
    expect(bases.filter((key) => !COMPOSED.test(key) && !code.includes(`'${key}'`))).toEqual([]);
  });

  it('have the same keys in every language', () => {
    expect(Object.keys(chinese).sort()).toEqual(chineseKeys.sort());
  });

  it('have a plural beside every singular', () => {
    const singulars = Object.keys(english).filter((key) => key.endsWith('_one'));
    expect(singulars.filter((key) => !(key.replace(/_one$/, '_other') in english))).toEqual([]);
  });

  it.each(chineseKeys)('says %s in Chinese', (key) => {
    const text = chinese[key] ?? '';
    expect(text).toMatch(/\p{Script=Han}|^\{\{/u);
    expect(text).not.toBe(english[key]);
    expect(placeholders(text)).toEqual(placeholders(english[key] ?? ''));
  });

  it('leave no English sentence in Chinese', () => {
    const wordsLeft = Object.entries(chinese).filter(([, text]) => {
      const bare = text.replace(/\{\{\w+\}\}/g, '').replace(/name@example\.com|https?:\/\/|NULL, n\/a/g, '');
      return /[A-Za-z]{2,} [A-Za-z]{2,}/.test(bare);
    });
    expect(wordsLeft).toEqual([]);
  });
});

describe('translation', () => {
  beforeAll(async () => {
    Object.assign(globalThis, { document: { documentElement: {} } });
    await speak('zh-CN');
    await speak('en');
  });

  it('chooses the plural and groups the number', () => {
    expect(translate('en', 'list.records', { count: 1 })).toBe('1 record');
    expect(translate('en', 'list.records', { count: 8800 })).toBe('8,800 records');
    expect(translate('zh-CN', 'list.records', { count: 1 })).toBe('共 1 条');
  });

  it('does not mangle what people wrote', () => {
    expect(translate('en', 'form.created', { name: '<b>&' })).toBe('<b>& created');
    expect(translate('en', 'form.created', { name: '$t(action.new) {{count}}' })).not.toContain('New');
  });
});
