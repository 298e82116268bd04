import * as api from "./api.js";
import { ask, showOnce, toast } from "./dialogs.js";
import { h, icon, replace } from "./dom.js";
import { formatDay, formatNumber, formatTime, isKey, t } from "./messages.js";
import { avatar, failure, identity, skeleton, statusTag } from "./parts.js";
import { changeStatusButton, person, personFields, showMember } from "./tenants.js";

/** One tenant: its state, its members, and what operators did to it. */
export class TenantPage {
  readonly element = h("div", { class: "page" });
  private readonly id: string;
  private readonly go: (path: string) => void;
  private readonly platformUrl: string;

  constructor(id: string, go: (path: string) => void, platformUrl: string) {
    this.id = id;
    this.go = go;
    this.platformUrl = platformUrl;
    void this.load();
  }

  private async load(): Promise<void> {
    const slow = setTimeout(() => {
      if (this.element.childElementCount === 0) replace(this.element, this.crumbs(), skeleton());
    }, 200);
    try {
      const [tenant, members, trail] = await Promise.all([
        api.getTenant(this.id),
        api.members(this.id),
        api.trail(this.id),
      ]);
      document.title = `${tenant.name} · Relata`;
      replace(
        this.element,
        this.crumbs(),
        this.header(tenant),
        suspension(tenant),
        h(
          "div",
          { class: "panels" },
          this.members(tenant, members),
          h("div", { class: "side" }, overview(tenant), actions(trail)),
        ),
      );
    } catch (reason) {
      this.fail(reason);
    } finally {
      clearTimeout(slow);
    }
  }

  private fail(reason: unknown): void {
    if (reason instanceof api.Problem && reason.status === 404) {
      replace(
        this.element,
        this.crumbs(),
        h("div", { class: "state" }, h("h2", {}, t("notFoundTitle")), h("p", {}, reason.detail)),
      );
    } else {
      replace(
        this.element,
        this.crumbs(),
        failure(reason, () => void this.load()),
      );
    }
  }

  private crumbs(): HTMLElement {
    const link = h("a", { href: "/" }, icon("back"), t("tenants"));
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.go("/");
    });
    return h("nav", { class: "crumbs", "aria-label": t("toTenants") }, link);
  }

  private header(tenant: api.Tenant): HTMLElement {
    const facts = [tenant.slug, tenant.locale, tenant.timeZone, tenant.currency];
    return h(
      "header",
      { class: "head" },
      avatar(tenant.name),
      h(
        "div",
        { class: "head-text" },
        h("h1", { lang: tenant.locale }, tenant.name, " ", statusTag(tenant.status)),
        h("p", { class: "meta" }, [...facts, t("since", formatDay(tenant.createdAt))].join(" · ")),
      ),
      changeStatusButton(tenant, () => void this.load()),
    );
  }

  private members(tenant: api.Tenant, members: readonly api.Member[]): HTMLElement {
    const buttons = h(
      "div",
      { class: "buttons" },
      h(
        "button",
        { type: "button", class: "button", click: () => this.addServiceAccount() },
        icon("key"),
        t("addServiceAccount"),
      ),
      h(
        "button",
        { type: "button", class: "button primary", click: () => this.addUser() },
        icon("plus"),
        t("addUser"),
      ),
    );
    return h(
      "section",
      { class: "panel", "aria-labelledby": "members-title" },
      h("div", { class: "panel-head" }, h("h2", { id: "members-title" }, t("members")), buttons),
      members.length === 0
        ? h("p", { class: "state" }, t("noMembers"))
        : h(
            "table",
            { class: "grid" },
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                h("th", { scope: "col" }, t("name")),
                h("th", { scope: "col" }, t("role")),
                h("th", { scope: "col" }, t("created")),
                h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, t("actions"))),
              ),
            ),
            h("tbody", {}, ...members.map((member) => this.memberRow(tenant, member))),
          ),
    );
  }

  private memberRow(tenant: api.Tenant, member: api.Member): HTMLElement {
    const removed = member.status === "removed";
    const contact = [member.username, member.email].filter((part) => part !== undefined).join(" · ");
    return h(
      "tr",
      { class: removed ? "gone" : "" },
      h("td", {}, identity(member.displayName, h("span", { class: "name" }, member.displayName), contact)),
      h("td", { "data-label": t("role") }, removed ? t("removed") : roleOf(member)),
      h("td", { "data-label": t("created") }, formatDay(member.createdAt)),
      h("td", { class: "act" }, removed ? null : this.removeButton(tenant, member)),
    );
  }

  private removeButton(tenant: api.Tenant, member: api.Member): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "button danger-text",
        "aria-label": `${t("remove")}: ${member.displayName}`,
        click: async () => {
          const sent = await ask({
            title: t("removeTitle", member.displayName),
            text: t(member.kind === "service" ? "removeServiceText" : "removeText"),
            submit: t("remove"),
            dangerous: true,
            send: async () => {
              await api.removeMember(tenant.id, member.id);
              return true;
            },
          });
          if (sent === undefined) return;
          toast(t("removedNow", member.displayName));
          void this.load();
        },
      },
      t("remove"),
    );
  }

  private async addUser(): Promise<void> {
    const role = {
      name: "role",
      label: t("role"),
      kind: "select" as const,
      value: "user",
      options: [
        { value: "user", label: t("roleUser") },
        { value: "administrator", label: t("roleAdministrator") },
      ],
    };
    const member = await ask({
      title: t("addUserTitle"),
      sections: [{ fields: [...personFields(""), role] }],
      submit: t("create"),
      send: (values) => api.addMember(this.id, { ...person(values, ""), role: values.get("role") ?? "" }),
    });
    if (member === undefined) return;
    toast(t("addedNow", member.username));
    showMember(member, this.platformUrl);
    void this.load();
  }

  private async addServiceAccount(): Promise<void> {
    const account = await ask({
      title: t("addServiceAccountTitle"),
      text: t("serviceText"),
      sections: [
        { fields: [{ name: "name", label: t("serviceName"), help: t("serviceNameHelp"), required: true }] },
      ],
      submit: t("create"),
      send: (values) => api.addServiceAccount(this.id, values.get("name") ?? ""),
    });
    if (account === undefined) return;
    toast(t("addedNow", account.clientId));
    showOnce(t("addServiceAccountTitle"), t("signInDataText"), [
      { label: t("clientId"), value: account.clientId },
      { label: t("clientSecret"), value: account.clientSecret },
      { label: t("tokenUrl"), value: account.tokenUrl },
    ]);
    void this.load();
  }
}

function roleOf(member: api.Member): string {
  if (member.kind === "service") return t("kindService");
  return t(member.role === "administrator" ? "roleAdministrator" : "roleUser");
}

function suspension(tenant: api.Tenant): HTMLElement | null {
  if (tenant.status === "active") return null;
  const text = tenant.suspendedReason
    ? t("suspendedBecause", tenant.suspendedReason)
    : t("suspendedNoReason");
  return h("p", { class: "banner" }, icon("pause"), text);
}

function overview(tenant: api.Tenant): HTMLElement {
  const plugins = (tenant.plugins ?? []).map((plugin) => (isKey(plugin) ? t(plugin) : plugin)).join(", ");
  return h(
    "section",
    { class: "panel", "aria-labelledby": "overview-title" },
    h("div", { class: "panel-head" }, h("h2", { id: "overview-title" }, t("overview"))),
    h(
      "dl",
      { class: "facts" },
      fact(t("users"), formatNumber(tenant.users)),
      fact(t("records"), formatNumber(tenant.records)),
      fact(t("plugins"), plugins === "" ? "–" : plugins),
    ),
    h("p", { class: "note" }, t("countsOnly")),
  );
}

function fact(label: string, value: string): HTMLElement {
  return h("div", {}, h("dt", {}, label), h("dd", {}, value));
}

function actions(trail: readonly api.OperatorAction[]): HTMLElement {
  return h(
    "section",
    { class: "panel", "aria-labelledby": "trail-title" },
    h("div", { class: "panel-head" }, h("h2", { id: "trail-title" }, t("trail"))),
    h(
      "ol",
      { class: "trail" },
      ...trail.map((entry) => {
        const key = `action.${entry.action}`;
        return h(
          "li",
          {},
          h("div", {}, h("strong", {}, entry.operator), " ", isKey(key) ? t(key) : entry.action),
          entry.detail ? h("div", { class: "detail" }, entry.detail) : null,
          h("time", { class: "meta", datetime: entry.at }, formatTime(entry.at)),
        );
      }),
    ),
  );
}
