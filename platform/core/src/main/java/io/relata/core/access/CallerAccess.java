package io.relata.core.access;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.RecordCondition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/// What a caller may do, put together from all roles that the caller holds alone and by teams. The one answer that
/// every
/// query and every write asks for.
///
/// @param roles added up: the highest level counts
/// @param teams of which the caller is a member today
/// @param unit  to which the caller belongs
/// @param below the caller's unit and all below it
/// @param reports whom the caller leads
/// @param rules by which records are shared with the caller
public record CallerAccess(
        UUID tenant,
        UUID user,
        List<Role> roles,
        List<UUID> teams,
        Optional<UUID> unit,
        List<UUID> below,
        Reports reports,
        List<Rule> rules) {

    public CallerAccess {
        roles = List.copyOf(roles);
        teams = List.copyOf(teams);
        below = List.copyOf(below);
        rules = List.copyOf(rules);
    }

    /// All records that meet a condition are shared.
    ///
    /// @param filter    as [RecordCondition] reads it
    /// @param updatable whether they may be changed too
    public record Rule(UUID id, UUID entity, String filter, boolean updatable) {

        /// Returns the condition, unless the entity has changed so that it says nothing any more: then it gives
        /// nothing.
        public Optional<RecordCondition> condition(EntityDefinition definition) {
            try {
                return Optional.of(RecordCondition.read(filter, definition));
            } catch (RecordCondition.UnreadableException outdated) {
                return Optional.empty();
            }
        }
    }

    /// Returns what the caller may do.
    public static CallerAccess of(DSLContext sql, CallContext context) {
        return of(sql, context, context.user(), context.hasRole(CallContext.ADMINISTRATOR));
    }

    /// Returns what the caller may do, outside of any transaction.
    public static CallerAccess of(TenantTransaction transactions, CallContext context) {
        return context.hasRole(CallContext.ADMINISTRATOR)
                ? everything(context)
                : AccessReader.read(transactions, context);
    }

    /// Returns what another user of the caller's tenant may do.
    public static CallerAccess of(DSLContext sql, CallContext context, UUID user, boolean administrator) {
        return administrator
                ? everything(context.tenant(), user)
                : AccessReader.read(sql, context.tenant(), user, context.zone());
    }

    /// Returns access to everything, for what the platform itself reads while it does a caller's work.
    public static CallerAccess everything(CallContext context) {
        return everything(context.tenant(), context.user());
    }

    private static CallerAccess everything(UUID tenant, UUID user) {
        return new CallerAccess(
                tenant,
                user,
                List.of(Role.everything(CallContext.ADMINISTRATOR)),
                List.of(),
                Optional.empty(),
                List.of(),
                Reports.NONE,
                List.of());
    }

    /// Returns for which of the entity's records the privilege holds, besides those that are shared.
    public Level level(EntityDefinition entity, Privilege privilege) {
        Level level = Level.NONE;
        for (Role role : roles) {
            level = level.orHigher(role.level(entity.name(), privilege));
        }
        return level;
    }

    /// Returns the one answer to what the caller may do with a field, on whatever record: roles add up. What a role
    /// lets
    /// its holders read counts only if it lets them read records of the entity, and likewise for writing.
    public FieldAccess field(EntityDefinition entity, FieldDefinition field) {
        if (administrator()) {
            return FieldAccess.UPDATE;
        }
        boolean reads = roles.stream().anyMatch(role -> role.allows(entity, Privilege.READ));
        FieldAccess readable = FieldAccess.NONE;
        boolean writable = false;
        for (Role role : roles) {
            FieldAccess given = role.field(entity, field);
            if (!reads || role.allows(entity, Privilege.READ)) {
                readable = readable.orHigher(given.orLower(FieldAccess.READ));
            }
            writable |= given == FieldAccess.UPDATE
                    && (role.allows(entity, Privilege.CREATE) || role.allows(entity, Privilege.UPDATE));
        }
        return readable == FieldAccess.READ && writable ? FieldAccess.UPDATE : readable;
    }

    /// Returns the tenant's metadata as the caller sees it: what everything that the caller asks for is read against.
    public MetadataSnapshot seen(MetadataSnapshot full) {
        boolean all = administrator() || !(full.restricted() || roles.stream().anyMatch(Role::namesFields));
        return all ? full : full.seen(Set.copyOf(roles), this::field);
    }

    /// Returns whether the caller may find, hand out and erase what there is of persons.
    public boolean privacy() {
        return administrator() || roles.stream().anyMatch(Role::privacy);
    }

    /// Refuses a caller who may not find, hand out and erase what there is of persons.
    ///
    /// @throws ProblemException FORBIDDEN
    public void requirePrivacy() {
        if (!privacy()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "privacy-only");
        }
    }

    private boolean administrator() {
        return roles.stream().anyMatch(role -> role.name().equals(CallContext.ADMINISTRATOR));
    }

    /// Refuses a caller who may do this with no record at all.
    ///
    /// @throws ProblemException FORBIDDEN
    public void require(EntityDefinition entity, Privilege privilege) {
        if (level(entity, privilege) == Level.NONE) {
            throw forbidden();
        }
    }

    /// Returns the refusal of what the caller may not do with a record that the caller sees.
    public static ProblemException forbidden() {
        return ProblemException.of(ProblemCode.FORBIDDEN, "access-forbidden");
    }

    /// Returns the user and the teams.
    public List<UUID> principals() {
        List<UUID> principals = new ArrayList<>(List.of(user));
        principals.addAll(teams);
        return principals;
    }

    /// Returns the units whose users' records the level reaches.
    public List<UUID> units(Level level) {
        return switch (level) {
            case UNIT -> unit.stream().toList();
            case TREE -> below;
            case NONE, OWN, TENANT -> List.of();
        };
    }
}
