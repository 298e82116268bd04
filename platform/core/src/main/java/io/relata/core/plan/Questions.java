package io.relata.core.plan;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.RecordCondition;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.FieldConstant;
import io.relata.core.view.ReportInput;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.util.List;

/// Judges whether what was kept to be asked can be asked of a state of the metadata.
///
/// @param losses of these, options that go are missed
record Questions(ODataService odata, CallContext context, MetadataSnapshot snapshot, Instant now, List<Loss> losses)
        implements ReportInput.Asks {

    /// @throws ProblemException when the filter cannot be understood, or names an option that goes
    void filter(EntityDefinition entity, String filter) {
        FieldConstant.of(odata.selection(context, snapshot, entity, filter, now))
                .forEach(constant -> option(constant.entity(), constant.field(), constant.text()));
    }

    @Override
    public void check(String set, String filter) {
        EntityDefinition entity = snapshot.entityBySetName(set).orElseThrow(ProblemException::notFound);
        if (!filter.isBlank()) {
            filter(entity, filter);
        }
    }

    /// Returns whether records can be told by the condition.
    boolean holds(EntityDefinition entity, String condition) {
        try {
            options(entity, RecordCondition.read(condition, entity));
            return true;
        } catch (RecordCondition.UnreadableException | ProblemException missing) {
            return false;
        }
    }

    private void options(EntityDefinition entity, RecordCondition condition) {
        switch (condition) {
            case RecordCondition.And and -> and.parts().forEach(part -> options(entity, part));
            case RecordCondition.Or or -> or.parts().forEach(part -> options(entity, part));
            case RecordCondition.Not not -> options(entity, not.part());
            case RecordCondition.Is is -> option(entity.key(), is.field().name(), String.valueOf(is.value()));
        }
    }

    private void option(String entity, String field, String value) {
        for (Loss loss : losses) {
            boolean same = loss.component().entity().equals(entity)
                    && loss.component().name().equals(field);
            if (same && loss.options().contains(value)) {
                throw ProblemException.of(ProblemCode.VALIDATION, "option-used", value);
            }
        }
    }
}
