import type { Answer } from './ask';
import type { Report } from './definition';
import type { Words } from './words';

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The lines as a spreadsheet reads them: figures without signs and groups of digits. */
export function csvOf(report: Report, answer: Answer, words: Words): string {
  const groups = [...report.rows, ...report.columns];
  const head = [...groups.map(words.group), ...report.measures.map(words.measure)];
  const body = answer.lines.map((line) => [
    ...line.groups.map((found, index) => {
      const by = groups[index];
      return by === undefined ? '' : words.value(by, found);
    }),
    ...line.figures.map((figure) => (figure === null ? '' : String(figure))),
  ]);
  return [head, ...body].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** Saves a text as a file; the mark at its start tells spreadsheets that it is UTF-8. */
export function save(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replace(/[\\/:*?"<>|]/g, ' ').trim() || 'report'}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
