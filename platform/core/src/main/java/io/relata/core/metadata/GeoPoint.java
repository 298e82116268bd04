package io.relata.core.metadata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A place on the earth (WGS 84), exact to a millionth of a degree, which is eleven centimetres.
///
/// @param latitude  in millionths of a degree, north positive
/// @param longitude in millionths of a degree, east positive
public record GeoPoint(int latitude, int longitude) {

    /// Of one degree.
    public static final int MILLION = 1_000_000;

    public static final int NORTH = 90 * MILLION;
    public static final int EAST = 180 * MILLION;

    private static final int DECIMALS = 6;
    private static final long[] MASKS = {
        0x00000000FFFFFFFFL,
        0x0000FFFF0000FFFFL,
        0x00FF00FF00FF00FFL,
        0x0F0F0F0F0F0F0F0FL,
        0x3333333333333333L,
        0x5555555555555555L
    };

    public GeoPoint {
        if (Math.abs(latitude) > NORTH || Math.abs(longitude) > EAST) {
            throw new IllegalArgumentException("Not on the earth: " + latitude + " " + longitude);
        }
    }

    /// Returns the point nearest to the degrees, which must be on the earth.
    public static GeoPoint of(BigDecimal latitude, BigDecimal longitude) {
        return new GeoPoint(millionths(latitude), millionths(longitude));
    }

    /// Returns the point that [#code()] stands for.
    public static GeoPoint of(long code) {
        return new GeoPoint((int) (gathered(code >> 1) - NORTH), (int) (gathered(code) - EAST));
    }

    private static int millionths(BigDecimal degrees) {
        return degrees.movePointRight(DECIMALS)
                .setScale(0, RoundingMode.HALF_EVEN)
                .intValueExact();
    }

    /// Returns the point as one number. Points that are near each other mostly have numbers that are: its bits are
    /// those
    /// of the latitude and of the longitude by turns, so that a box is a few ranges of numbers, which an index finds.
    public long code() {
        return code((long) latitude + NORTH, (long) longitude + EAST);
    }

    /// Returns the number of a point.
    ///
    /// @param y counted from the south pole
    /// @param x counted from the date line
    public static long code(long y, long x) {
        return (spread(y) << 1) | spread(x);
    }

    /// Puts a zero before each bit.
    private static long spread(long number) {
        long spread = number & MASKS[0];
        for (int i = 1; i < MASKS.length; i++) {
            spread = (spread | (spread << (Integer.SIZE >> i))) & MASKS[i];
        }
        return spread;
    }

    private static long gathered(long bits) {
        long gathered = bits & MASKS[MASKS.length - 1];
        for (int i = MASKS.length - 2; i >= 0; i--) {
            gathered = (gathered | (gathered >> (Integer.SIZE >> (i + 1)))) & MASKS[i];
        }
        return gathered;
    }

    public BigDecimal degreesNorth() {
        return degrees(latitude);
    }

    public BigDecimal degreesEast() {
        return degrees(longitude);
    }

    private static BigDecimal degrees(int millionths) {
        BigDecimal degrees = BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros();
        return degrees.scale() < 0 ? degrees.setScale(0) : degrees;
    }

    /// Returns the point as GeoJSON (RFC 7946), which names the longitude first.
    public Map<String, Object> geoJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Point");
        json.put("coordinates", List.of(degreesEast(), degreesNorth()));
        return json;
    }

    /// Returns [#geoJson()] as text.
    public String geoJsonText() {
        return "{\"type\":\"Point\",\"coordinates\":[" + degreesEast().toPlainString() + ","
                + degreesNorth().toPlainString() + "]}";
    }

    /// Returns latitude and longitude as people write them.
    @Override
    public String toString() {
        return degreesNorth().toPlainString() + ", " + degreesEast().toPlainString();
    }
}
