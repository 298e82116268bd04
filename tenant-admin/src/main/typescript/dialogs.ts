import { Problem } from "./api.js";
import { type Child, h, icon, replace } from "./dom.js";
import { t } from "./messages.js";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly kind?: "text" | "email" | "password" | "select" | "area" | "checks";
  readonly value?: string;
  readonly required?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly suggestions?: readonly string[];
  readonly half?: boolean;
}

export interface Section {
  readonly title?: string;
  readonly fields: readonly Field[];
}

export type Values = ReadonlyMap<string, string>;

interface FormOptions<T> {
  readonly title: string;
  readonly text?: string;
  readonly sections?: readonly Section[];
  readonly submit: string;
  readonly dangerous?: boolean;
  readonly send: (values: Values) => Promise<T>;
}

/** Asks for what is missing and sends it; resolves with the answer, or with nothing when cancelled. */
export function ask<T>(options: FormOptions<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const summary = h("div", { class: "form-problem", role: "alert", tabindex: "-1", hidden: true });
    const submit = h(
      "button",
      { type: "submit", class: options.dangerous ? "button danger" : "button primary" },
      options.submit,
    );
    const form = h(
      "form",
      { novalidate: true },
      options.text ? h("p", { class: "lead" }, options.text) : null,
      summary,
      ...(options.sections ?? []).map(section),
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { type: "button", class: "button", click: () => dialog.close() }, t("cancel")),
        submit,
      ),
    );
    const dialog = open(options.title, form);
    let answer: T | undefined;
    dialog.addEventListener("close", () => resolve(answer));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (submit.disabled) return;
      submit.disabled = true;
      clearProblems(form, summary);
      try {
        answer = await options.send(read(form));
        dialog.close();
      } catch (failure) {
        showProblems(form, summary, failure);
      } finally {
        submit.disabled = false;
      }
    });
    form.querySelector<HTMLElement>("input, textarea, select")?.focus();
  });
}

export interface Secret {
  readonly label: string;
  readonly value: string;
}

/** Shows what is shown once, each with a button that copies it. */
export function showOnce(title: string, text: string, secrets: readonly Secret[], after?: string): void {
  const rows = secrets.map(({ label, value }) => {
    const copy = h("button", { type: "button", class: "button small" }, t("copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value);
      copy.textContent = t("copied");
    });
    copy.setAttribute("aria-label", `${t("copy")}: ${label}`);
    return h("div", { class: "secret" }, h("dt", {}, label), h("dd", {}, h("code", {}, value), copy));
  });
  const done = h(
    "button",
    { type: "button", class: "button primary", click: () => dialog.close() },
    t("done"),
  );
  const dialog = open(
    title,
    h(
      "div",
      {},
      h("p", { class: "lead" }, text),
      h("dl", { class: "secrets" }, ...rows),
      after ? h("p", { class: "lead" }, after) : null,
      h("div", { class: "dialog-buttons" }, done),
    ),
  );
  done.focus();
}

/** One line at the bottom, read out politely. */
export function toast(text: string): void {
  const region = document.getElementById("toast");
  if (region === null) return;
  const line = h("div", { class: "toast" }, text);
  replace(region, line);
  setTimeout(() => line.remove(), 6000);
}

function open(title: string, content: Child): HTMLDialogElement {
  const heading = h("h2", { id: "dialog-title" }, title);
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, heading, content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function section({ title, fields }: Section): HTMLElement {
  const inputs = fields.map(field);
  return title
    ? h("fieldset", {}, h("legend", {}, title), h("div", { class: "fields" }, ...inputs))
    : h("div", { class: "fields" }, ...inputs);
}

function field(definition: Field): HTMLElement {
  const id = `field-${definition.name}`;
  const describedBy = definition.help ? `${id}-help ${id}-error` : `${id}-error`;
  const label = definition.required
    ? [definition.label, h("span", { class: "required", "aria-hidden": "true" }, " *")]
    : [definition.label];
  return h(
    "div",
    { class: definition.half ? "field half" : "field", "data-field": definition.name },
    definition.kind === "checks"
      ? h("span", { class: "label", id: `${id}-label` }, ...label)
      : h("label", { for: id }, ...label),
    input(definition, id, describedBy),
    definition.help ? h("p", { class: "help", id: `${id}-help` }, definition.help) : null,
    h("p", { class: "error", id: `${id}-error` }),
  );
}

function input(definition: Field, id: string, describedBy: string): HTMLElement {
  const common = {
    id,
    name: definition.name,
    "aria-describedby": describedBy,
    "aria-required": definition.required ? "true" : null,
  };
  switch (definition.kind) {
    case "area":
      return h("textarea", { ...common, rows: 3 }, definition.value ?? "");
    case "select":
      return h(
        "select",
        common,
        ...(definition.options ?? []).map(({ value, label }) =>
          h("option", { value, selected: value === definition.value }, label),
        ),
      );
    case "checks":
      return h(
        "div",
        { class: "checks", role: "group", "aria-labelledby": `${id}-label` },
        ...(definition.options ?? []).map(({ value, label }) =>
          h(
            "label",
            { class: "check" },
            h("input", { type: "checkbox", name: definition.name, value, checked: true }),
            label,
          ),
        ),
      );
    default:
      return textInput(definition, common);
  }
}

function textInput(definition: Field, common: { readonly id: string }): HTMLElement {
  const list = definition.suggestions ? `${common.id}-list` : null;
  const text = h("input", {
    ...common,
    type: definition.kind ?? "text",
    value: definition.value,
    list,
    autocomplete: definition.kind === "password" ? "new-password" : "off",
    spellcheck: "false",
    autocapitalize: "off",
  });
  return list === null
    ? text
    : h(
        "div",
        {},
        text,
        h("datalist", { id: list }, ...(definition.suggestions ?? []).map((value) => h("option", { value }))),
      );
}

/** Several checkboxes of one name become one value, separated by commas. */
function read(form: HTMLFormElement): Values {
  const values = new Map<string, string>();
  for (const [name, value] of new FormData(form)) {
    const before = values.get(name);
    values.set(name, before === undefined ? String(value) : `${before},${value}`);
  }
  return values;
}

function clearProblems(form: HTMLFormElement, summary: HTMLElement): void {
  summary.hidden = true;
  for (const error of form.querySelectorAll(".error")) error.textContent = "";
  for (const invalid of form.querySelectorAll("[aria-invalid]")) invalid.removeAttribute("aria-invalid");
}

function showProblems(form: HTMLFormElement, summary: HTMLElement, failure: unknown): void {
  const problem = failure instanceof Problem ? failure : null;
  const elsewhere: string[] = [];
  for (const violation of problem?.violations ?? []) {
    const place = form.querySelector(`[data-field="${CSS.escape(violation.field.replace(/\[.*/, ""))}"]`);
    const error = place?.querySelector(".error");
    if (!place || !error) {
      elsewhere.push(violation.message);
      continue;
    }
    error.textContent = violation.message;
    place.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  }
  replace(
    summary,
    icon("alert"),
    h(
      "div",
      {},
      h("strong", {}, problem?.message ?? t("failedTitle")),
      h("div", {}, [problem?.detail ?? t("failedNetwork"), ...elsewhere].join(" ")),
    ),
  );
  summary.hidden = false;
  const invalid = form.querySelector<HTMLElement>("[aria-invalid]");
  (invalid ?? summary).focus();
}
