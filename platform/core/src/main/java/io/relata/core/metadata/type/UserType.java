package io.relata.core.metadata.type;

/// A member of the tenant.
final class UserType extends IdType {

    UserType() {
        super("user");
    }

    @Override
    public boolean isUser() {
        return true;
    }
}
