package io.relata.core.record;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Level;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a caller may do with records that are locked: what the caller may not read is not found, what may be read but
/// not be touched is refused. Asks the database once at most for each privilege, however many records there are.
final class WriteAccess {

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final CallerAccess access;

    private WriteAccess(WriteTransaction tx, EntityDefinition entity) {
        this.tx = tx;
        this.entity = entity;
        this.access = CallerAccess.of(tx.sql(), tx.context());
    }

    static WriteAccess of(WriteTransaction tx, EntityDefinition entity) {
        return new WriteAccess(tx, entity);
    }

    /// Refuses the drafts that the caller must not save.
    void refuse(List<RecordDraft> drafts) {
        boolean creates = access.level(entity, Privilege.CREATE) != Level.NONE;
        List<UUID> stored = drafts.stream()
                .filter(draft -> draft.before() != null)
                .map(RecordDraft::id)
                .toList();
        Map<UUID, ProblemException> denied = denied(Privilege.UPDATE, stored);
        for (RecordDraft draft : drafts) {
            ProblemException why = denied.get(draft.id());
            if (draft.before() != null && why != null) {
                draft.refuse(why);
            } else if (draft.isNew() && draft.hasValues() && !creates) {
                draft.refuse(CallerAccess.forbidden());
            }
        }
    }

    /// Refuses the drafts that would take a record out of what the caller may read: a rule shows it to the caller, and
    /// would not do so any more.
    void refuseLosing(List<RecordDraft> drafts) {
        Map<UUID, Map<String, @Nullable Object>> after = new HashMap<>();
        drafts.stream()
                .filter(draft -> draft.before() != null && draft.sound())
                .forEach(draft -> after.put(draft.id(), draft.values()));
        Set<UUID> lost = Reach.of(access, entity, Privilege.READ).lost(tx.sql(), after);
        drafts.stream()
                .filter(draft -> lost.contains(draft.id()))
                .forEach(draft -> draft.refuse(ProblemException.of(ProblemCode.FORBIDDEN, "access-lost")));
    }

    /// Returns why not, for those of the records with which the caller may not do it.
    Map<UUID, ProblemException> denied(Privilege privilege, Collection<UUID> ids) {
        Set<UUID> read = reached(Privilege.READ, ids);
        Set<UUID> allowed = reached(privilege, ids);
        Map<UUID, ProblemException> denied = new HashMap<>();
        for (UUID id : ids) {
            if (!read.contains(id)) {
                denied.put(id, ProblemException.notFound());
            } else if (!allowed.contains(id)) {
                denied.put(id, CallerAccess.forbidden());
            }
        }
        return denied;
    }

    private Set<UUID> reached(Privilege privilege, Collection<UUID> ids) {
        return Reach.of(access, entity, privilege).of(tx.sql(), ids);
    }
}
