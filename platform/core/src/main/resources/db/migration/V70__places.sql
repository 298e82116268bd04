-- Places are kept as one number: the bits of the latitude, counted from the south pole, and of the longitude, counted
-- from the date line, by turns, both in millionths of a degree. So a box is a few ranges of an index over bigint.

-- Every second bit of a number, put together.
create function relata.geo_axis(code bigint) returns bigint
    language plpgsql immutable strict parallel safe as
$$
declare
    bits bigint := code & 0x5555555555555555;
begin
    bits := (bits | (bits >> 1)) & 0x3333333333333333;
    bits := (bits | (bits >> 2)) & 0x0F0F0F0F0F0F0F0F;
    bits := (bits | (bits >> 4)) & 0x00FF00FF00FF00FF;
    bits := (bits | (bits >> 8)) & 0x0000FFFF0000FFFF;
    return (bits | (bits >> 16)) & 0x00000000FFFFFFFF;
end
$$;

-- How far two places are from each other on a sphere, in millimetres.
create function relata.geo_distance(one bigint, other bigint) returns bigint
    language plpgsql immutable strict parallel safe as
$$
declare
    lat1 double precision := radians((relata.geo_axis(one >> 1) - 90000000) / 1e6::double precision);
    lat2 double precision := radians((relata.geo_axis(other >> 1) - 90000000) / 1e6::double precision);
    east double precision := radians((relata.geo_axis(other) - relata.geo_axis(one)) / 1e6::double precision);
    h    double precision := sin((lat2 - lat1) / 2) ^ 2 + cos(lat1) * cos(lat2) * sin(east / 2) ^ 2;
begin
    return round(2 * 6371008.8 * 1000 * asin(least(1, sqrt(h))))::bigint;
end
$$;

-- Whether a place lies in a box, edges included, in millionths of a degree; across the date line where the west is
-- greater than the east.
create function relata.geo_within(code bigint, south int, west int, north int, east int) returns boolean
    language plpgsql immutable strict parallel safe as
$$
declare
    latitude  bigint := relata.geo_axis(code >> 1) - 90000000;
    longitude bigint := relata.geo_axis(code) - 180000000;
begin
    return latitude between south and north
       and case when west <= east then longitude between west and east else longitude >= west or longitude <= east end;
end
$$;
grant execute on function relata.geo_axis(bigint), relata.geo_distance(bigint, bigint),
    relata.geo_within(bigint, int, int, int, int) to relata_app;
