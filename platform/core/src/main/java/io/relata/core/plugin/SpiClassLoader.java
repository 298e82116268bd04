package io.relata.core.plugin;

import java.util.List;

/// What plugins see of the platform: the JDK and the packages of the contract, no other class and no resource.
///
/// So a plugin cannot come to depend on the platform's insides or on the version of a library in them.
final class SpiClassLoader extends ClassLoader {

    private static final List<String> CONTRACT = List.of("io.relata.spi.", "org.pf4j.", "org.slf4j.", "jakarta.json.");

    private final ClassLoader platform;

    SpiClassLoader(ClassLoader platform) {
        super("relata-spi", ClassLoader.getPlatformClassLoader());
        this.platform = platform;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (CONTRACT.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name + " is not part of the contract with plugins");
        }
        return platform.loadClass(name);
    }
}
