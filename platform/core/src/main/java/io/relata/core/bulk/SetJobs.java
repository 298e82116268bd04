package io.relata.core.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.Query;
import io.relata.core.query.RecordReader;
import io.relata.core.record.FieldValues;
import io.relata.core.record.JsonValues;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes on jobs that change, delete or restore all records that match a filter.
public final class SetJobs {

    private final JobService jobs;
    private final ODataService odata;
    private final RecordReader reader;

    /// @param reader counts the records beforehand
    public SetJobs(JobService jobs, ODataService odata, RecordReader reader) {
        this.jobs = jobs;
        this.odata = odata;
        this.reader = reader;
    }

    /// What is to be done.
    ///
    /// @param filter in the API's language
    /// @param values by the API's property names, as JSON has them; for changes
    public record Wish(Operation operation, String set, String filter, JsonNode values) {}

    /// A job before it is taken on.
    ///
    /// @param total how many records match; `null` when it takes too long to count them
    public record Checked(Wish wish, @Nullable Long total) {}

    /// Checks what can be known before any record is looked at.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY, INVALID_QUERY, VALIDATION with everything that is wrong
    public Checked check(CallContext context, Wish wish) {
        EntityDefinition entity = odata.entity(context, wish.set());
        List<Violation> violations = new ArrayList<>();
        if (wish.filter().isBlank()) {
            violations.add(Violation.of("filter", "job-filter-required"));
        }
        if (wish.operation() == Operation.UPDATE) {
            checkValues(entity, wish.values(), violations);
        } else if (!wish.values().isMissingNode()) {
            violations.add(
                    Violation.of("values", "bulk-not-with-op", wish.operation().code()));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        Query.Selection selection = odata.selection(context, wish.set(), wish.filter());
        return new Checked(wish, wish.operation() == Operation.RESTORE ? null : total(context, selection));
    }

    /// Takes the job on in the caller's transaction.
    public Job submit(WriteTransaction tx, Checked checked) {
        Wish wish = checked.wish();
        UUID id = jobs.newId();
        ObjectNode definition =
                JsonNodeFactory.instance.objectNode().put("set", wish.set()).put("filter", wish.filter());
        if (wish.operation() == Operation.UPDATE) {
            definition.set("values", wish.values());
        }
        EntityDefinition entity = tx.entityOfSet(wish.set());
        return jobs.submit(
                tx.sql(),
                tx.context(),
                new NewJob(id, wish.operation().code(), entity.name(), definition, checked.total()));
    }

    private @Nullable Long total(CallContext context, Query.Selection selection) {
        try {
            return reader.count(context, selection);
        } catch (ProblemException tooSlow) {
            return null;
        }
    }

    /// A value that no record could take would be refused once for each.
    private static void checkValues(EntityDefinition entity, JsonNode values, List<Violation> violations) {
        if (!values.isObject() || values.isEmpty()) {
            violations.add(Violation.of("values", "expects-object"));
            return;
        }
        Map<String, FieldDefinition> fields = entity.byProperty();
        JsonValues.of(values).forEach((property, value) -> {
            FieldDefinition field = fields.get(property);
            if (field != null && field.kind() == ValueKind.SECRET) {
                violations.add(Violation.of("values." + property, "secret-not-in-job"));
                return;
            }
            if (field == null || field.readOnly() || field.unique()) {
                String code = field == null
                        ? FieldDefinition.RESERVED.contains(property) ? "read-only" : "unknown-field"
                        : field.readOnly() ? "read-only" : "not-unique-for-many";
                violations.add(Violation.of("values." + property, code));
                return;
            }
            List<Violation> found = new ArrayList<>();
            Object parsed = FieldValues.parse(field, value, Form.JSON, found);
            FieldValues.check(field, parsed, found);
            if (parsed == null && found.isEmpty() && field.required()) {
                found.add(Violation.of(property, "required"));
            }
            found.forEach(one -> violations.add(new Violation("values." + one.field(), one.code(), one.arguments())));
        });
    }
}
