package io.relata.tenantadmin.tenant;

import org.jspecify.annotations.Nullable;

/// A person to be given a sign-in; without a password, a temporary one is made up.
public record NewPerson(
        String username,
        String email,
        String firstName,
        String lastName,
        Membership.Role role,
        @Nullable String password) {

    /// Names in Chinese characters, Hangul or Kana are written family name first and without a space.
    public String displayName() {
        return isEastAsian(firstName) && isEastAsian(lastName)
                ? lastName + firstName
                : (firstName + " " + lastName).strip();
    }

    private static boolean isEastAsian(String name) {
        return !name.isEmpty()
                && name.codePoints().allMatch(point -> switch (Character.UnicodeScript.of(point)) {
                    case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
                    default -> false;
                });
    }

    /// Without the password, which must not reach a log.
    @Override
    public String toString() {
        return "NewPerson[" + username + ", " + role.value() + "]";
    }
}
