package io.relata.core.plugin;

import java.io.IOException;
import java.nio.file.Path;

/// A small solution with every field type: companies and deals.
public final class TestSolution {

    private TestSolution() {}

    public static final String COMPANY = """
            {"name": "company", "setName": "companies", "nameField": "name",
             "label": {"en": "Company", "zh-CN": "公司"}, "pluralLabel": {"en": "Companies", "zh-CN": "公司"},
             "fields": [
               {"name": "name", "type": "text", "slot": "t01", "required": true, "searchable": true, "maxLength": 100,
                "label": {"en": "Name", "zh-CN": "名称"}},
               {"name": "number", "type": "text", "slot": "t02", "unique": true, "maxLength": 40,
                "label": {"en": "Number", "zh-CN": "编号"}},
               {"name": "website", "type": "url", "label": {"en": "Website", "zh-CN": "网站"}},
               {"name": "email", "type": "email", "slot": "t03", "label": {"en": "E-mail", "zh-CN": "邮箱"}},
               {"name": "phone", "type": "phone", "slot": "t04", "label": {"en": "Phone", "zh-CN": "电话"}},
               {"name": "employees", "type": "integer", "slot": "n01", "min": 0, "max": 10000000,
                "label": {"en": "Employees", "zh-CN": "员工数"}},
               {"name": "parent", "type": "lookup", "target": "company", "slot": "u01",
                "label": {"en": "Parent", "zh-CN": "上级"}}]}
            """;

    public static final String DEAL = """
            {"name": "deal", "setName": "deals", "family": "deal", "nameField": "name",
             "indexes": [{"fields": ["stage", "amount"]}],
             "label": {"en": "Deal", "zh-CN": "交易"}, "pluralLabel": {"en": "Deals", "zh-CN": "交易"},
             "fields": [
               {"name": "name", "type": "text", "slot": "t01", "required": true, "maxLength": 200,
                "label": {"en": "Name", "zh-CN": "名称"}},
               {"name": "stage", "type": "picklist", "slot": "t02", "required": true, "default": "open",
                "label": {"en": "Stage", "zh-CN": "阶段"},
                "options": [{"value": "open", "label": {"en": "Open", "zh-CN": "进行中"}, "color": "blue"},
                            {"value": "won", "label": {"en": "Won", "zh-CN": "赢单"}},
                            {"value": "old", "label": {"en": "Old", "zh-CN": "旧"}, "active": false}]},
               {"name": "company", "type": "lookup", "target": "company", "slot": "u01",
                "label": {"en": "Company", "zh-CN": "公司"}},
               {"name": "amount", "type": "money", "slot": "n01", "min": 0, "label": {"en": "Amount", "zh-CN": "金额"}},
               {"name": "weight", "type": "decimal", "scale": 4, "label": {"en": "Weight", "zh-CN": "重量"}},
               {"name": "hot", "type": "boolean", "slot": "n02", "label": {"en": "Hot", "zh-CN": "热门"}},
               {"name": "closeDate", "type": "date", "slot": "d01", "label": {"en": "Close", "zh-CN": "结束"}},
               {"name": "callAt", "type": "datetime", "slot": "s01", "indexed": false,
                "label": {"en": "Call", "zh-CN": "致电"}},
               {"name": "owner", "type": "user", "slot": "u02", "label": {"en": "Owner", "zh-CN": "负责人"}},
               {"name": "score", "type": "integer", "readOnly": true, "label": {"en": "Score", "zh-CN": "评分"}},
               {"name": "urgent", "type": "boolean", "label": {"en": "Urgent", "zh-CN": "紧急"}},
               {"name": "due", "type": "date", "label": {"en": "Due", "zh-CN": "到期"}},
               {"name": "seenAt", "type": "datetime", "label": {"en": "Seen", "zh-CN": "查看"}},
               {"name": "contact", "type": "lookup", "target": "company", "label": {"en": "Contact", "zh-CN": "联系"}},
               {"name": "notes", "type": "longText", "searchable": true, "label": {"en": "Notes", "zh-CN": "备注"}}]}
            """;

    public static final String MEMBERS = """
            , "families": ["deal"],
              "navigation": [{"label": {"en": "Test", "zh-CN": "测试"}, "entities": ["deal", "company"]}]
            """;

    /// Returns the plugin `test` with the solution and no code.
    public static PluginJar jar() {
        return new PluginJar("test")
                .solution(MEMBERS)
                .entity("company", COMPANY)
                .entity("deal", DEAL);
    }

    public static Path writeTo(Path folder) throws IOException {
        return jar().write(folder);
    }
}
