const en = {
  console: "Operator console",
  tenants: "Tenants",
  skip: "Skip to content",
  signOut: "Sign out",
  language: "Language",
  loading: "Loading…",
  countsOnly: "Counts only. Operators cannot read tenants’ records.",
  all: "All",
  active: "Active",
  suspended: "Suspended",
  removed: "Removed",
  search: "Search by name or short name",
  newTenant: "Tenant",
  newTenantTitle: "New tenant",
  tenant: "Tenant",
  status: "Status",
  users: "Users",
  records: "Records",
  created: "Created",
  actions: "Actions",
  suspend: "Suspend",
  resume: "Resume",
  more: "Show more",
  emptyTitle: "No tenants yet",
  emptyText: "A tenant is a customer with its own people and records. Create the first one.",
  noMatchTitle: "No tenant matches",
  noMatchText: "Nothing fits the search and the tab chosen.",
  clearSearch: "Show all tenants",
  failedTitle: "This could not be loaded",
  failedNetwork: "The server could not be reached. Check the connection and try again.",
  retry: "Try again",
  request: "Request {0}",
  notFoundTitle: "There is no such tenant",
  toTenants: "To the list of tenants",
  name: "Name",
  slug: "Short name",
  slugHelp: "Lower-case letters, digits and hyphens. Left empty, one is made up.",
  locale: "Language",
  timeZone: "Time zone",
  currency: "Currency",
  plugins: "Plugins",
  sales: "Sales",
  administrator: "First administrator",
  username: "User name",
  email: "E-mail",
  firstName: "First name",
  lastName: "Last name",
  password: "Password",
  passwordHelp: "Left empty, a temporary one is made up and shown once.",
  role: "Role",
  roleAdministrator: "Administrator",
  roleUser: "User",
  create: "Create",
  creating: "Creating…",
  cancel: "Cancel",
  done: "Done",
  signInData: "Sign-in data",
  signInDataText: "Hand these on now: they are shown only this once.",
  temporaryText: "The temporary password is changed at the first sign-in.",
  givenPasswordText: "{0} signs in with the password you have set.",
  address: "Address",
  copy: "Copy",
  copied: "Copied",
  suspendTitle: "Suspend {0}?",
  suspendText:
    "Its people are turned away within seconds and told that the tenant is suspended. Nothing is deleted.",
  reason: "Reason",
  reasonHelp: "Its people may see it. Optional.",
  suspendedNow: "{0} is suspended",
  resumedNow: "{0} is active again",
  createdNow: "{0} is ready",
  suspendedBecause: "Suspended: {0}",
  suspendedNoReason: "Suspended. No reason was given.",
  since: "since {0}",
  members: "Members",
  addUser: "User",
  addUserTitle: "New user",
  addServiceAccount: "Service account",
  addServiceAccountTitle: "New service account",
  serviceName: "Name",
  serviceNameHelp: "What it is for, such as website or bi-extract.",
  serviceText: "A service account lets a program use the API as this tenant.",
  clientId: "Client id",
  clientSecret: "Client secret",
  tokenUrl: "Token address",
  kindService: "Service account",
  kind: "Kind",
  remove: "Remove",
  removeTitle: "Remove {0}?",
  removeText: "Access ends within seconds. What they did stays in the history under their name.",
  removeServiceText: "Its credentials stop working at once and cannot be brought back.",
  removedNow: "{0} is removed",
  addedNow: "{0} is added",
  trail: "Latest operator actions",
  overview: "Overview",
  noMembers: "Nobody belongs to this tenant.",
  "action.tenant.create": "created the tenant",
  "action.tenant.suspend": "suspended the tenant",
  "action.tenant.resume": "resumed the tenant",
  "action.member.add": "added a user",
  "action.member.restore": "brought a user back",
  "action.member.remove": "removed a member",
  "action.service-account.create": "created a service account",
  "refused.not-operator.title": "This console is for operators",
  "refused.not-operator.text":
    "Your account is signed in, but it does not have the operator role. Ask the person who runs this installation, or sign in with another account.",
  "refused.failed.title": "Signing in did not work",
  "refused.failed.text":
    "The sign-in took too long, was cancelled, or was begun in another window. Try again.",
  "refused.unavailable.title": "Signing in is not possible right now",
  "refused.unavailable.text": "The sign-in service does not answer. Try again in a moment.",
  "refused.retry": "Sign in",
  "refused.switch": "Sign in with another account",
} as const;

export type Key = keyof typeof en;

const zh: Readonly<Record<Key, string>> = {
  console: "运营控制台",
  tenants: "租户",
  skip: "跳到正文",
  signOut: "退出登录",
  language: "语言",
  loading: "正在加载…",
  countsOnly: "仅显示数量。运营人员无法查看租户的记录。",
  all: "全部",
  active: "使用中",
  suspended: "已停用",
  removed: "已移除",
  search: "按名称或短名搜索",
  newTenant: "租户",
  newTenantTitle: "新建租户",
  tenant: "租户",
  status: "状态",
  users: "用户",
  records: "记录",
  created: "创建时间",
  actions: "操作",
  suspend: "停用",
  resume: "恢复",
  more: "显示更多",
  emptyTitle: "还没有租户",
  emptyText: "租户是拥有自己的人员和记录的客户。请创建第一个。",
  noMatchTitle: "没有符合的租户",
  noMatchText: "没有租户符合当前的搜索和标签。",
  clearSearch: "显示全部租户",
  failedTitle: "无法加载",
  failedNetwork: "无法连接服务器。请检查网络后重试。",
  retry: "重试",
  request: "请求编号 {0}",
  notFoundTitle: "没有此租户",
  toTenants: "返回租户列表",
  name: "名称",
  slug: "短名",
  slugHelp: "小写字母、数字和连字符。留空则自动生成。",
  locale: "语言",
  timeZone: "时区",
  currency: "货币",
  plugins: "插件",
  sales: "销售",
  administrator: "首位管理员",
  username: "用户名",
  email: "电子邮件",
  firstName: "名",
  lastName: "姓",
  password: "密码",
  passwordHelp: "留空则生成临时密码，只显示一次。",
  role: "角色",
  roleAdministrator: "管理员",
  roleUser: "用户",
  create: "创建",
  creating: "正在创建…",
  cancel: "取消",
  done: "完成",
  signInData: "登录信息",
  signInDataText: "请立即转交：这些信息只显示这一次。",
  temporaryText: "首次登录时须更改临时密码。",
  givenPasswordText: "{0} 使用您设置的密码登录。",
  address: "地址",
  copy: "复制",
  copied: "已复制",
  suspendTitle: "停用 {0}？",
  suspendText: "其人员将在数秒内无法使用，并会看到租户已停用的说明。不会删除任何内容。",
  reason: "原因",
  reasonHelp: "其人员可能会看到。可不填。",
  suspendedNow: "{0} 已停用",
  resumedNow: "{0} 已恢复使用",
  createdNow: "{0} 已就绪",
  suspendedBecause: "已停用：{0}",
  suspendedNoReason: "已停用。未填写原因。",
  since: "自 {0}",
  members: "成员",
  addUser: "用户",
  addUserTitle: "新建用户",
  addServiceAccount: "服务账号",
  addServiceAccountTitle: "新建服务账号",
  serviceName: "名称",
  serviceNameHelp: "用途，例如 website 或 bi-extract。",
  serviceText: "程序可通过服务账号以此租户的身份使用 API。",
  clientId: "客户端 ID",
  clientSecret: "客户端密钥",
  tokenUrl: "令牌地址",
  kindService: "服务账号",
  kind: "类型",
  remove: "移除",
  removeTitle: "移除 {0}？",
  removeText: "数秒内失去访问权限。其操作仍以其姓名保留在历史中。",
  removeServiceText: "其凭据立即失效，且无法恢复。",
  removedNow: "{0} 已移除",
  addedNow: "{0} 已添加",
  trail: "最近的运营操作",
  overview: "概览",
  noMembers: "此租户没有成员。",
  "action.tenant.create": "创建了租户",
  "action.tenant.suspend": "停用了租户",
  "action.tenant.resume": "恢复了租户",
  "action.member.add": "添加了用户",
  "action.member.restore": "恢复了用户",
  "action.member.remove": "移除了成员",
  "action.service-account.create": "创建了服务账号",
  "refused.not-operator.title": "此控制台仅供运营人员使用",
  "refused.not-operator.text":
    "您的账号已登录，但没有运营人员角色。请联系本系统的管理者，或换用其他账号登录。",
  "refused.failed.title": "登录未成功",
  "refused.failed.text": "登录用时过长、已取消，或是在另一个窗口中开始的。请重试。",
  "refused.unavailable.title": "暂时无法登录",
  "refused.unavailable.text": "登录服务没有响应。请稍后重试。",
  "refused.retry": "登录",
  "refused.switch": "换用其他账号登录",
};

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "relata-operator-language";

function firstLanguage(): Language {
  const wanted = localStorage.getItem(STORED) ?? navigator.language;
  return wanted.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

let current: Language = firstLanguage();

export function language(): Language {
  return current;
}

export function speak(wanted: Language): void {
  current = wanted;
  localStorage.setItem(STORED, wanted);
  document.documentElement.lang = wanted;
}

export function t(key: Key, ...values: readonly string[]): string {
  const text: string = (current === "zh-CN" ? zh : en)[key];
  return values.reduce((filled, value, index) => filled.replace(`{${index}}`, () => value), text);
}

export function isKey(key: string): key is Key {
  return key in en;
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(current).format(value);
}

export function formatDay(instant: string): string {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium" }).format(new Date(instant));
}

export function formatTime(instant: string): string {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(instant),
  );
}
