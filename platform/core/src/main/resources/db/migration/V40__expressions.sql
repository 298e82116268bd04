-- What expressions need in SQL beyond the database's own functions: results that are empty where those would fail.
-- Written so that a statement with an expression never ends in an error because of one record.

create function relata.expression_number(given text) returns numeric
    language sql immutable strict parallel safe as $$
    select case when btrim(given, E' \t\n\r\f\u000b\u00a0\u3000') ~ '^-?[0-9]{1,18}(\.[0-9]{1,10})?$'
           then cast(btrim(given, E' \t\n\r\f\u000b\u00a0\u3000') as numeric) end
$$;

-- From a position, counted from 0, to before another; whatever lies outside of the text is cut off.
create function relata.expression_part(given text, first numeric, behind numeric) returns text
    language sql immutable strict parallel safe as $$
    select substr(given, start + 1, greatest(0, least(finish, 1000000) - start))
    from (select cast(least(greatest(trunc(first), 0), 1000000) as int) as start,
                 cast(least(greatest(trunc(behind), 0), 1000000) as int) as finish) as bounds
$$;

create function relata.expression_last(given text, count numeric) returns text
    language sql immutable strict parallel safe as $$
    select case when trunc(count) <= 0 then '' else right(given, cast(least(trunc(count), 1000000) as int)) end
$$;

create function relata.expression_date(year numeric, month numeric, day numeric) returns date
    language sql immutable strict parallel safe as $$
    select case when year between 1 and 9999 and month between 1 and 12 and day between 1 and 31
                 and year = trunc(year) and month = trunc(month) and day = trunc(day)
           then case when day <= extract(day from make_date(cast(year as int), cast(month as int), 1)
                                                  + interval '1 month - 1 day')
                then make_date(cast(year as int), cast(month as int), cast(day as int)) end end
$$;

create function relata.expression_add_days(given date, count numeric) returns date
    language sql immutable strict parallel safe as $$
    select case when given - date '0001-01-01' + trunc(count) between 0 and date '9999-12-31' - date '0001-01-01'
           then given + cast(trunc(count) as int) end
$$;

create function relata.expression_add_months(given date, count numeric) returns date
    language sql immutable strict parallel safe as $$
    select case when extract(year from given) * 12 + extract(month from given) - 1 + trunc(count)
                     between 12 and 119999
           then cast(given + make_interval(months => cast(trunc(count) as int)) as date) end
$$;

create function relata.expression_move(given timestamptz, seconds numeric) returns timestamptz
    language sql immutable strict parallel safe as $$
    select case when extract(epoch from given) + round(seconds) >= extract(epoch from timestamptz '0001-01-01 00:00:00Z')
                 and extract(epoch from given) + round(seconds) < extract(epoch from timestamptz '10000-01-01 00:00:00Z')
           then given + make_interval(secs => cast(round(seconds) as float8)) end
$$;

-- A formula's number as a slot keeps it: without its point; empty when it is too large for any field.
create function relata.expression_scaled(given numeric, scale int) returns bigint
    language sql immutable strict parallel safe as $$
    select case when abs(round(given, scale)) * power(10::numeric, scale) < 1000000000000000000
           then cast(round(given, scale) * power(10::numeric, scale) as bigint) end
$$;
