package io.relata.core.odata;

import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Figures;
import io.relata.core.query.Keyset;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.query.RecordReader;
import io.relata.core.query.Rows;
import io.relata.core.query.Watched;
import io.relata.core.record.DeepCreation;
import io.relata.core.record.RecordData;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.serializer.SerializerException;
import org.jspecify.annotations.Nullable;

/// A tenant's records as an OData v4 service, without the web: queries come as the raw query part of an address,
/// answers as JSON to be written.
///
/// Every method throws a [ProblemException] for an unknown set, a missing record, or a query that cannot be understood
/// or takes too long.
public final class ODataService {

    private final Function<UUID, MetadataSnapshot> metadata;
    private final Function<UUID, QueryLimits> limits;
    private final RecordReader reader;
    private final Clock clock;
    private final ODataJson json;
    private final URI root;
    private final TenantModels models = new TenantModels();

    /// @param metadata gives a tenant's metadata as it is now
    /// @param root     the address under which clients reach the service, with a slash at the end
    public ODataService(Function<UUID, MetadataSnapshot> metadata, RecordReader reader, Clock clock, URI root) {
        this(metadata, tenant -> QueryLimits.DEFAULT, reader, clock, root);
    }

    /// @param metadata gives a tenant's metadata as it is now
    /// @param limits   gives the limits of a tenant's queries
    /// @param root     the address under which clients reach the service, with a slash at the end
    public ODataService(
            Function<UUID, MetadataSnapshot> metadata,
            Function<UUID, QueryLimits> limits,
            RecordReader reader,
            Clock clock,
            URI root) {
        this.metadata = metadata;
        this.limits = limits;
        this.reader = reader;
        this.clock = clock;
        this.root = root;
        this.json = new ODataJson(root);
    }

    /// Returns a page of records, or figures when the query aggregates.
    ///
    /// @param accepted the form to write, unless the query asks for another
    /// @param pageSize how many records the client would like on a page, 1 or more; `null` when it did not say
    public Answer list(
            CallContext context,
            String setName,
            @Nullable String rawQuery,
            ODataFormat accepted,
            @Nullable Integer pageSize) {
        MetadataSnapshot snapshot = seen(context);
        EntityDefinition entity = entity(snapshot, setName);
        QueryParser parser =
                new QueryParser(context, entity, queryContext(context, snapshot, clock.instant()), pageSize);
        Request request = parser.list(rawQuery);
        Style style = style(context, parser.format().orElse(accepted));
        ODataBody body = switch (request) {
            case Request.Records records -> records(context, records, style);
            case Request.Figures figures -> figures(context, entity, figures, style);
        };
        return new Answer(body, style.format());
    }

    /// Returns a page of records, or figures when the query aggregates, in the usual form.
    public ODataBody list(CallContext context, String setName, @Nullable String rawQuery) {
        return list(context, setName, rawQuery, ODataFormat.USUAL, null).body();
    }

    /// What is answered, and in which form.
    public record Answer(ODataBody body, ODataFormat format) {}

    /// One record as it is answered, with the tag that names its version.
    public record Found(RecordData record, String etag, ODataBody body, ODataFormat format) {}

    /// Returns a record.
    ///
    /// @param accepted the form to write, unless the query asks for another
    public Found get(CallContext context, String setName, UUID id, @Nullable String rawQuery, ODataFormat accepted) {
        MetadataSnapshot snapshot = seen(context);
        EntityDefinition entity = entity(snapshot, setName);
        QueryParser parser = parser(context, snapshot, entity, clock.instant());
        Shape shape = parser.one(rawQuery);
        RecordPage page = reader.get(context, entity, id, shape.fields(), shape.toExpand());
        RecordData record = page.records().stream().findFirst().orElseThrow(ProblemException::notFound);
        Style style = style(context, parser.format().orElse(accepted));
        return new Found(record, etag(record), json.record(shape, page, style), style.format());
    }

    /// Returns a record in the usual form.
    public Found get(CallContext context, String setName, UUID id, @Nullable String rawQuery) {
        return get(context, setName, id, rawQuery, ODataFormat.USUAL);
    }

    private Style style(CallContext context, ODataFormat format) {
        return new Style(format, new NextLinks(root, context));
    }

    /// Returns how many records match.
    public long count(CallContext context, String setName, @Nullable String rawQuery) {
        MetadataSnapshot snapshot = seen(context);
        EntityDefinition entity = entity(snapshot, setName);
        return reader.count(
                context, parser(context, snapshot, entity, clock.instant()).counted(rawQuery));
    }

    /// Reads a filter apart from any request, against what the caller sees of the definitions.
    ///
    /// @param now what the filter's `now()` means
    public Query.Selection selection(
            CallContext context, MetadataSnapshot snapshot, EntityDefinition entity, String filter, Instant now) {
        MetadataSnapshot seen = seen(context, snapshot);
        return parser(context, seen, seen.entity(entity.name()).orElse(entity), now)
                .selected(filter);
    }

    /// Reads a filter on the set as it is understood now.
    public Query.Selection selection(CallContext context, String setName, String filter) {
        MetadataSnapshot snapshot = seen(context);
        return selection(context, snapshot, entity(snapshot, setName), filter, clock.instant());
    }

    /// Reads a query whose answer is wanted as a whole, in the form of a table, against what the caller sees of the
    /// definitions.
    ///
    /// @param now what the query's `now()` means
    public TableQuery table(
            CallContext context,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            @Nullable String rawQuery,
            Instant now) {
        MetadataSnapshot seen = seen(context, snapshot);
        return parser(context, seen, seen.entity(entity.name()).orElse(entity), now)
                .table(rawQuery);
    }

    /// The same with what people read beside what the columns hold.
    public TableQuery tableForPeople(
            CallContext context,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            @Nullable String rawQuery,
            Instant now) {
        return table(context, snapshot, entity, rawQuery, now).forPeople(seen(context, snapshot));
    }

    /// Returns the answer for a record that was changed: it shows more than was sent.
    public Found found(WriteTransaction tx, RecordData record, ODataFormat format) {
        RecordPage page = new RecordPage(List.of(record), Map.of(), null, null);
        EntityDefinition entity = entityOf(tx, record);
        Watched.records(tx.sql(), tx.context(), entity, entity.fields(), List.of(record), Way.RECORD);
        return new Found(
                record, etag(record), json.record(Shape.whole(entity), page, style(tx.context(), format)), format);
    }

    /// Returns the answer for a record that was created together with records that point to it: all of them are shown.
    public Found found(WriteTransaction tx, DeepCreation.Created created, ODataFormat format) {
        RecordData record = created.record();
        return new Found(
                record,
                etag(record),
                json.record(
                        CreatedShape.of(entityOf(tx, record), created.members()),
                        CreatedShape.page(created),
                        style(tx.context(), format)),
                format);
    }

    /// Returns a record's properties by name, for a refusal that carries them inside: numbers, booleans and texts. It
    /// is
    /// without what is sensitive, since what would be written down of it ends with the refused transaction.
    public Map<String, @Nullable Object> properties(WriteTransaction tx, RecordData record) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("@odata.etag", etag(record));
        EntityDefinition seen = entityOf(tx, record);
        EntityDefinition shown = seen.with(without -> without.fields(
                seen.fields().stream().filter(field -> !field.watched()).toList()));
        for (Property property : TenantEdmProvider.properties(shown)) {
            Object value = ODataJson.valueOf(property, record);
            properties.put(
                    property.name(),
                    switch (value) {
                        case null -> null;
                        case Number number -> number;
                        case Boolean truth -> truth;
                        default -> value.toString();
                    });
        }
        return properties;
    }

    /// Returns the address of a record.
    public URI address(WriteTransaction tx, RecordData record) {
        return root.resolve(entityOf(tx, record).setName() + "(" + record.id() + ")");
    }

    /// Returns the definition of the set's entity.
    public EntityDefinition entity(CallContext context, String setName) {
        return entity(seen(context), setName);
    }

    /// Returns the tenant's model as XML.
    public byte[] metadataXml(CallContext context) {
        var model = models.of(seen(context));
        try (InputStream xml = models.odata()
                .createSerializer(ContentType.APPLICATION_XML)
                .metadataDocument(model)
                .getContent()) {
            return xml.readAllBytes();
        } catch (SerializerException | IOException exception) {
            throw new IllegalStateException("The model could not be written as XML", exception);
        }
    }

    /// Returns the list of the tenant's sets.
    public ODataBody serviceDocument(CallContext context) {
        return json.serviceDocument(seen(context));
    }

    /// Returns the tag that names the record's version.
    public static String etag(RecordData record) {
        return "W/\"" + record.version() + "\"";
    }

    private ODataBody records(CallContext context, Request.Records records, Style style) {
        RecordPage page = reader.page(context, records.query());
        Keyset place = page.next();
        boolean more = !Integer.valueOf(0).equals(records.rest());
        String next = place != null && more ? style.links().toRecords(records, place) : null;
        return json.page(records.shape(), page, style, next);
    }

    private ODataBody figures(CallContext context, EntityDefinition entity, Request.Figures asked, Style style) {
        List<Figures> parts = new ArrayList<>();
        for (Rows rows : asked.parts()) {
            Figures figures = reader.figures(context, rows, QueryParser.MAX_GROUPS);
            if (!figures.complete() && !asked.bounded()) {
                throw Refusal.of("query-too-many-groups", QueryParser.MAX_GROUPS);
            }
            parts.add(figures);
        }
        Long count = asked.count() ? counted(context, asked.parts().getFirst()) : null;
        return json.figures(entity, parts, count, style);
    }

    private long counted(CallContext context, Rows rows) {
        return reader.countRows(context, rows instanceof Rows.Slice slice ? slice.rows() : rows);
    }

    private QueryParser parser(CallContext context, MetadataSnapshot snapshot, EntityDefinition entity, Instant now) {
        return new QueryParser(context, entity, queryContext(context, snapshot, now));
    }

    private QueryContext queryContext(CallContext context, MetadataSnapshot snapshot, Instant now) {
        DayOfWeek weekStart = WeekFields.of(context.locale()).getFirstDayOfWeek();
        return new QueryContext(snapshot, now, context.zone(), weekStart, limits.apply(context.tenant()), Map.of());
    }

    /// A record that was written has all its values; the caller is shown those that the caller sees.
    private static EntityDefinition entityOf(WriteTransaction tx, RecordData record) {
        return tx.seen().entity(record.entity()).orElseThrow(ProblemException::notFound);
    }

    private MetadataSnapshot seen(CallContext context) {
        return seen(context, metadata.apply(context.tenant()));
    }

    /// Returns the definitions as the caller sees them.
    public MetadataSnapshot seen(CallContext context, MetadataSnapshot snapshot) {
        return reader.access(context).seen(snapshot);
    }

    private static EntityDefinition entity(MetadataSnapshot snapshot, String setName) {
        return snapshot.entityBySetName(setName)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", setName));
    }
}
