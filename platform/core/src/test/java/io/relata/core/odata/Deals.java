package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.QueryWorld;
import io.relata.core.query.TestEntities;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Random deals in the database, and beside them what every path leads to.
///
/// @param byId the values of each live deal by path
/// @param ids  of records of all kinds
record Deals(Map<UUID, Map<String, @Nullable Object>> byId, List<UUID> ids) {

    /// Ways from a deal to deals.
    static final String[] COLLECTIONS = {
        "company/deals",
        "company/deals_partner",
        "partner/deals",
        "company/parent/deals",
        "company/parent/deals_partner"
    };

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "abc",
            "ABC",
            "Acme & Sons",
            "100%",
            "50_50",
            "back\\slash",
            "it's",
            "''",
            "\"quoted\"",
            "É",
            "é",
            "straße",
            "ΑΣ",
            "北京",
            "京",
            "北京星河科技",
            "😀 smile",
            " padded ",
            "\ttab",
            "won",
            "lost",
            "open",
            "'; drop table relata.record_deal; --",
            "null",
            "a,b;c");

    static final List<BigDecimal> NUMBERS = List.of(
            new BigDecimal("0"),
            new BigDecimal("1"),
            new BigDecimal("-1"),
            new BigDecimal("2"),
            new BigDecimal("3"),
            new BigDecimal("10"),
            new BigDecimal("0.1"),
            new BigDecimal("0.10"),
            new BigDecimal("1.5"),
            new BigDecimal("2.005"),
            new BigDecimal("-0.125"),
            new BigDecimal("99.99"),
            new BigDecimal("12345678901234.56"),
            new BigDecimal("9007199254740993"),
            new BigDecimal("92233720368547758079"),
            new BigDecimal("1.00000000000001"));

    /// Returns the deals that a way leads to.
    @SuppressWarnings("unchecked")
    static List<Map<String, @Nullable Object>> members(Map<String, @Nullable Object> deal, String collection) {
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(deal.get(collection));
    }

    static Deals create(QueryWorld world, UUID tenant, int count, Random random) {
        return create(world, TestEntities.snapshot(tenant), count, random);
    }

    static Deals create(QueryWorld world, MetadataSnapshot snapshot, int count, Random random) {
        UUID tenant = snapshot.tenant();
        EntityDefinition region = snapshot.entity("region").orElseThrow();
        EntityDefinition company = snapshot.entity("company").orElseThrow();
        EntityDefinition deal = snapshot.entity("deal").orElseThrow();
        List<UUID> ids = new ArrayList<>();
        Map<UUID, Map<String, @Nullable Object>> regions = new HashMap<>();
        Map<UUID, Map<String, @Nullable Object>> companies = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            insert(world, tenant, region, random, Map.of(), regions, ids);
        }
        for (int i = 0; i < 12; i++) {
            insert(world, tenant, company, random, Map.of("region", regions, "parent", companies), companies, ids);
        }
        Map<UUID, Map<String, @Nullable Object>> deals = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            insert(world, tenant, deal, random, Map.of("company", companies, "partner", companies), deals, ids);
        }
        delete(world, tenant, region, regions, random);
        delete(world, tenant, company, companies, random);
        delete(world, tenant, deal, deals, random);
        world.analyze();
        return new Deals(paths(deals, companies, regions), ids);
    }

    private static void insert(
            QueryWorld world,
            UUID tenant,
            EntityDefinition entity,
            Random random,
            Map<String, Map<UUID, Map<String, @Nullable Object>>> targets,
            Map<UUID, Map<String, @Nullable Object>> into,
            List<UUID> ids) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (FieldDefinition field : entity.fields()) {
            if (random.nextInt(4) > 0) {
                List<UUID> choices =
                        List.copyOf(targets.getOrDefault(field.name(), Map.of()).keySet());
                values.put(field.name(), value(field, choices, random));
            }
        }
        UUID id = world.insert(tenant, entity, values);
        into.put(id, values);
        ids.add(id);
    }

    private static @Nullable Object value(FieldDefinition field, List<UUID> choices, Random random) {
        return switch (field.kind()) {
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case LIST -> List.of(TEXTS.get(random.nextInt(TEXTS.size())));
            case POINT -> new GeoPoint(random.nextInt(GeoPoint.NORTH), random.nextInt(GeoPoint.EAST));
            case OBJECT -> Map.of();
            case SECRET -> "";
            case INTEGER -> (long) random.nextInt(7) - 2;
            case DECIMAL -> new BigDecimal(BigInteger.valueOf(random.nextInt(2500) - 500), field.scale());
            case BOOLEAN -> random.nextBoolean();
            case DATE -> date(random);
            case INSTANT -> instant(random);
            case UUID -> choices.isEmpty() ? null : choices.get(random.nextInt(choices.size()));
        };
    }

    static LocalDate date(Random random) {
        return LocalDate.of(2026, 1, 28).plusDays(random.nextInt(8));
    }

    static Instant instant(Random random) {
        return Instant.parse("2026-01-31T23:59:59.999999Z")
                .plusNanos(random.nextInt(4) * 1000L)
                .plusSeconds(random.nextInt(3) * 40_000L);
    }

    private static void delete(
            QueryWorld world,
            UUID tenant,
            EntityDefinition entity,
            Map<UUID, Map<String, @Nullable Object>> records,
            Random random) {
        for (UUID id : List.copyOf(records.keySet())) {
            if (random.nextInt(8) == 0) {
                world.delete(tenant, entity, id);
                records.remove(id);
            }
        }
    }

    private static Map<UUID, Map<String, @Nullable Object>> paths(
            Map<UUID, Map<String, @Nullable Object>> deals,
            Map<UUID, Map<String, @Nullable Object>> companies,
            Map<UUID, Map<String, @Nullable Object>> regions) {
        Map<UUID, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
        deals.forEach((id, deal) -> {
            Map<String, @Nullable Object> record = new HashMap<>(deal);
            record.put("id", id);
            record.put("createdAt", QueryWorld.NOW);
            record.put("companyId", deal.get("company"));
            record.put("partnerId", deal.get("partner"));
            Map<String, @Nullable Object> company = companies.getOrDefault(deal.get("company"), Map.of());
            record.put("company/name", company.get("name"));
            record.put("company/city", company.get("city"));
            record.put("company/worth", company.get("worth"));
            record.put("company/regionId", company.get("region"));
            record.put(
                    "company/region/name",
                    regions.getOrDefault(company.get("region"), Map.of()).get("name"));
            record.put(
                    "company/parent/name",
                    companies.getOrDefault(company.get("parent"), Map.of()).get("name"));
            record.put(
                    "partner/name",
                    companies.getOrDefault(deal.get("partner"), Map.of()).get("name"));
            byId.put(id, record);
        });
        byId.values().forEach(deal -> {
            UUID company = live(deal.get("company"), companies);
            UUID partner = live(deal.get("partner"), companies);
            UUID parent = company == null
                    ? null
                    : live(Objects.requireNonNull(companies.get(company)).get("parent"), companies);
            deal.put("company/deals", pointing(byId, "company", company));
            deal.put("company/deals_partner", pointing(byId, "partner", company));
            deal.put("partner/deals", pointing(byId, "company", partner));
            deal.put("company/parent/deals", pointing(byId, "company", parent));
            deal.put("company/parent/deals_partner", pointing(byId, "partner", parent));
        });
        return byId;
    }

    private static @Nullable UUID live(@Nullable Object id, Map<UUID, Map<String, @Nullable Object>> records) {
        return id instanceof UUID known && records.containsKey(known) ? known : null;
    }

    private static List<Map<String, @Nullable Object>> pointing(
            Map<UUID, Map<String, @Nullable Object>> deals, String lookup, @Nullable UUID target) {
        return target == null
                ? List.of()
                : deals.values().stream()
                        .filter(deal -> target.equals(deal.get(lookup)))
                        .toList();
    }
}
