import { Problem, type Tenant } from "./api.js";
import { h, icon } from "./dom.js";
import { t } from "./messages.js";

/** A square with the first letters of a name; Chinese names need only the first character. */
export function avatar(name: string): HTMLElement {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const first = [...(words[0] ?? "")][0] ?? "";
  const second = [...(words[1] ?? "")][0] ?? "";
  const both = /^\p{Script=Latin}{2}$/u.test(first + second) ? first + second : first;
  return h("span", { class: "avatar", "aria-hidden": "true" }, both.toUpperCase());
}

/** Somebody or some tenant: the square, the name and a line of detail. */
export function identity(name: string, shown: Element, detail: string): HTMLElement {
  return h("div", { class: "who" }, avatar(name), h("div", {}, shown, h("div", { class: "meta" }, detail)));
}

/** State is a word and a shape as well as a colour. */
export function statusTag(status: Tenant["status"]): HTMLElement {
  return status === "active"
    ? h("span", { class: "tag good" }, icon("check"), t("active"))
    : h("span", { class: "tag warn" }, icon("pause"), t("suspended"));
}

/** What stands in place of content that could not be loaded. */
export function failure(reason: unknown, retry: () => void): HTMLElement {
  const problem = reason instanceof Problem ? reason : null;
  return h(
    "div",
    { class: "state", role: "alert" },
    h("h2", {}, problem?.message ?? t("failedTitle")),
    h("p", {}, problem?.detail ?? t("failedNetwork")),
    problem?.request ? h("p", { class: "meta" }, t("request", problem.request)) : null,
    h("button", { type: "button", class: "button", click: retry }, t("retry")),
  );
}

/** Grey bars where rows will be; shown only when the answer takes its time. */
export function skeleton(): HTMLElement {
  return h(
    "div",
    { class: "skeleton", "aria-busy": "true" },
    h("span", { class: "visually-hidden" }, t("loading")),
    ...Array.from({ length: 6 }, () => h("div", { class: "bar" })),
  );
}
