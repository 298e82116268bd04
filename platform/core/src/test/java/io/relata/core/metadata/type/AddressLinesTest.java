package io.relata.core.metadata.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressLinesTest {

    @Test
    void writesAddressesAsTheirCountryDoes() {
        assertThat(english(
                        "street",
                        "1 Main St\nApt 2",
                        "locality",
                        "Boston",
                        "region",
                        "MA",
                        "postalCode",
                        "02108",
                        "country",
                        "US"))
                .isEqualTo("1 Main St, Apt 2, Boston, MA 02108, United States");
        assertThat(english(
                        "street", "Unter den Linden 1", "locality", "Berlin", "postalCode", "10117", "country", "DE"))
                .isEqualTo("Unter den Linden 1, 10117 Berlin, Germany");
        assertThat(chinese(
                        "street", "Unter den Linden 1", "locality", "Berlin", "postalCode", "10117", "country", "DE"))
                .isEqualTo("Unter den Linden 1, 10117 Berlin, 德国");
        assertThat(chinese(
                        "street", "天河路1号", "locality", "广州市", "region", "广东省", "postalCode", "510620", "country", "CN"))
                .isEqualTo("中国广东省广州市天河路1号 510620");
        assertThat(chinese("street", "世纪大道1号", "locality", "上海市浦东新区", "region", "上海市"))
                .as("a place that begins with its region")
                .isEqualTo("上海市浦东新区世纪大道1号");
        assertThat(english("street", "1 Jianguo Road", "locality", "Beijing", "country", "CN"))
                .isEqualTo("1 Jianguo Road, Beijing, China");
    }

    private static String english(String... parts) {
        return AddressLines.of(address(parts), Locale.ENGLISH);
    }

    private static String chinese(String... parts) {
        return AddressLines.of(address(parts), Locale.SIMPLIFIED_CHINESE);
    }

    private static Map<String, String> address(String... parts) {
        Map<String, String> address = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            address.put(parts[i], parts[i + 1]);
        }
        return address;
    }
}
