package io.relata.core.metadata.type;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes addresses as their country writes them: in Chinese from the country down to the house, elsewhere from the
/// house up to the country.
final class AddressLines {

    /// Where the postal code stands before the place.
    private static final Set<String> CODE_BEFORE_PLACE = Set.of(
            "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IL", "IS", "IT", "LI",
            "LT", "LU", "LV", "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR");

    /// Where addresses in Han characters begin with what is greatest.
    private static final Set<String> GREATEST_FIRST = Set.of("", "CN", "HK", "JP", "MO", "TW");

    private AddressLines() {}

    /// Returns the address in one line; the country's name is in the reader's language.
    static String of(Map<?, ?> address, Locale reader) {
        String country = part(address, AddressType.COUNTRY);
        String countryName = country.isEmpty() ? "" : Locale.of("", country).getDisplayCountry(reader);
        List<String> others = Stream.of(AddressType.STREET, AddressType.LOCALITY, AddressType.REGION)
                .map(name -> part(address, name))
                .toList();
        boolean han = others.stream().flatMapToInt(String::codePoints).anyMatch(Character::isIdeographic);
        return han && GREATEST_FIRST.contains(country)
                ? greatestFirst(address, countryName)
                : smallestFirst(address, country, countryName);
    }

    private static String greatestFirst(Map<?, ?> address, String country) {
        String region = part(address, AddressType.REGION);
        String locality = part(address, AddressType.LOCALITY);
        String place =
                country + (locality.startsWith(region) ? "" : region) + locality + part(address, AddressType.STREET);
        return joined(" ", Stream.of(place, part(address, AddressType.POSTAL_CODE)));
    }

    private static String smallestFirst(Map<?, ?> address, String country, String countryName) {
        String locality = part(address, AddressType.LOCALITY);
        String region = part(address, AddressType.REGION);
        String code = part(address, AddressType.POSTAL_CODE);
        Stream<String> places = CODE_BEFORE_PLACE.contains(country)
                ? Stream.of(joined(" ", Stream.of(code, locality)), region)
                : Stream.of(locality, joined(" ", Stream.of(region, code)));
        return joined(
                ", ",
                Stream.concat(
                        Stream.of(part(address, AddressType.STREET)), Stream.concat(places, Stream.of(countryName))));
    }

    private static String joined(String between, Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty()).collect(Collectors.joining(between));
    }

    private static String part(Map<?, ?> address, String name) {
        Object value = address.get(name);
        return value == null ? "" : value.toString().replaceAll("\\s*\\R\\s*", ", ");
    }
}
