package io.relata.core.metadata.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The field types there are, by name.
public final class FieldTypes {

    public static final FieldType TEXT = new TextType("text", 255, 4_000);
    public static final FieldType LONG_TEXT = new LongTextType();
    public static final FieldType RICH_TEXT = new RichTextType();
    public static final FieldType AUTO_NUMBER = new AutoNumberType();
    public static final FieldType EMAIL = new EmailType();
    public static final FieldType PHONE = new PhoneType();
    public static final FieldType URL = new UrlType();
    public static final FieldType PICKLIST = new PicklistType();
    public static final FieldType MULTI_PICKLIST = new MultiPicklistType();
    public static final FieldType TAGS = new TagsType();
    public static final FieldType INTEGER = new IntegerType();
    public static final FieldType DECIMAL = new DecimalType("decimal");
    public static final FieldType MONEY = new MoneyType();
    public static final FieldType CURRENCY = new CurrencyType();
    public static final FieldType PERCENT = new PercentType();
    public static final FieldType RATING = new RatingType();
    public static final FieldType BOOLEAN = new BooleanType();
    public static final FieldType DATE = new DateType();
    public static final FieldType DATETIME = new DateTimeType();
    public static final FieldType TIME = new TimeType();
    public static final FieldType DURATION = new DurationType();
    public static final FieldType LOOKUP = new LookupType();
    public static final FieldType USER = new UserType();
    public static final FieldType ADDRESS = new AddressType();
    public static final FieldType GEO = new GeoType();
    public static final FieldType FILE = new FileType();
    public static final FieldType IMAGE = new ImageType();
    public static final FieldType JSON = new JsonType();
    public static final FieldType ENCRYPTED_TEXT = new EncryptedTextType();
    public static final FieldType FORMULA = new FormulaType();

    /// In the order in which people are offered them.
    public static final List<FieldType> ALL = List.of(
            TEXT,
            LONG_TEXT,
            RICH_TEXT,
            AUTO_NUMBER,
            EMAIL,
            PHONE,
            URL,
            PICKLIST,
            MULTI_PICKLIST,
            TAGS,
            INTEGER,
            DECIMAL,
            MONEY,
            CURRENCY,
            PERCENT,
            RATING,
            BOOLEAN,
            DATE,
            DATETIME,
            TIME,
            DURATION,
            LOOKUP,
            USER,
            ADDRESS,
            GEO,
            FILE,
            IMAGE,
            JSON,
            ENCRYPTED_TEXT,
            FORMULA);

    private static final Map<String, FieldType> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(FieldType::typeName, Function.identity()));

    private FieldTypes() {}

    /// Returns the type with the name that definitions use.
    public static Optional<FieldType> named(String typeName) {
        return Optional.ofNullable(BY_NAME.get(typeName));
    }
}
