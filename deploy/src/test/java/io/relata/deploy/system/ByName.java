package io.relata.deploy.system;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/// Finds what is on a page as people do: by what it is and how it is called.
final class ByName {

    private ByName() {}

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    static Locator button(Page page, Pattern name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    /// Exactly this name.
    static Page.GetByRoleOptions named(String name) {
        return containing(name).setExact(true);
    }

    static Page.GetByRoleOptions named(Pattern name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /// A name with this in it.
    static Page.GetByRoleOptions containing(String part) {
        return new Page.GetByRoleOptions().setName(part);
    }

    /// Exactly this name, within what was found already.
    static Locator.GetByRoleOptions inside(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
