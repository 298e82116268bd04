package io.relata.core.expression;

import io.relata.core.expression.Type.Choice;
import io.relata.core.expression.Type.Numeric;
import io.relata.core.expression.Type.Plain;
import io.relata.core.expression.Type.Reference;
import io.relata.core.expression.Type.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Names as a tenant could have them.
record TestScope(Map<String, Member> members) implements Scope {

    static final TestScope DEAL = deal();

    private static TestScope deal() {
        Map<String, Member> account = new LinkedHashMap<>();
        account.put("name", Member.of(new Text(100)));
        account.put("industry", Member.of(new Text(100)));
        account.put("revenue", Member.of(new Numeric(17, 2)));
        Map<String, Member> deal = new TreeMap<>();
        deal.put("name", Member.of(new Text(100)));
        deal.put("note", Member.of(new Text(1_000)));
        deal.put("notes", Member.of(new Text(100_000)));
        deal.put("amount", Member.of(new Numeric(17, 2)));
        deal.put("rate", Member.of(new Numeric(13, 6)));
        deal.put("seats", Member.of(new Numeric(19, 0)));
        deal.put("hot", Member.of(Plain.TRUTH));
        deal.put("closeDate", Member.of(Plain.DATE));
        deal.put("startDate", Member.of(Plain.DATE));
        deal.put("calledAt", Member.of(Plain.MOMENT));
        deal.put("createdAt", Member.of(Plain.MOMENT));
        deal.put(
                "stage",
                Member.of(new Text(
                        100,
                        List.of(
                                new Choice("open", Map.of("en", "Open", "zh-CN", "进行中")),
                                new Choice("won", Map.of("en", "Won", "zh-CN", "赢单")),
                                new Choice("lost", Map.of("en", "Lost"))))));
        deal.put(
                "tags",
                Member.of(new Type.Texts(
                        List.of(new Choice("a", Map.of("en", "A")), new Choice("b", Map.of("en", "B"))))));
        deal.put("account", new Member(new Reference("account"), new TestScope(account), 1, true));
        return new TestScope(deal);
    }

    @Override
    public Optional<Member> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    @Override
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    static Expression read(String text) {
        Expression.Reading reading = Expression.read(text, DEAL, null);
        if (reading.expression() == null) {
            throw new AssertionError(text + ": " + reading.mistakes());
        }
        return reading.expression();
    }
}
