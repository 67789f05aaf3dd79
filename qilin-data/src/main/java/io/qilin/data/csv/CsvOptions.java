package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the settings of {@link CsvProvider} into a reader. */
final class CsvOptions {
  private static final String COLUMN = "column.";
  private static final Map<String, BiConsumer<CsvBarReader.Builder, String>> OPTIONS = options();

  private CsvOptions() {}

  private static Map<String, BiConsumer<CsvBarReader.Builder, String>> options() {
    Map<String, BiConsumer<CsvBarReader.Builder, String>> options = new TreeMap<>();
    options.put("path", (reader, value) -> {});
    options.put("profile", CsvOptions::profile);
    options.put("charset", (reader, value) -> reader.charset(CsvCharset.of(value)));
    options.put("adjustment", CsvOptions::adjustment);
    options.put(
        "volumeUnit",
        (reader, value) -> reader.volumeUnit(choice("volumeUnit", value, VolumeUnit.values())));
    options.put(
        "amountUnit",
        (reader, value) -> reader.amountUnit(choice("amountUnit", value, AmountUnit.values())));
    options.put("calendar", (reader, value) -> reader.calendarFile(path("calendar", value)));
    options.put(
        "instruments", (reader, value) -> reader.instrumentsFile(path("instruments", value)));
    options.put(
        "offCalendar",
        (reader, value) ->
            reader.offCalendar(choice("offCalendar", value, OffCalendarRows.values())));
    options.put("instrumentColumn", CsvBarReader.Builder::instrumentColumn);
    options.put("dateColumn", CsvBarReader.Builder::dateColumn);
    options.put("require", (reader, value) -> reader.require(fields(value)));
    options.put("ignore", (reader, value) -> reader.ignore(value.split(",")));
    return options;
  }

  /**
   * The reader that the settings describe.
   *
   * @throws QilinException INVALID_CONFIGURATION for a missing, unknown or wrong setting
   */
  static CsvBarReader reader(Map<String, String> settings) {
    String where = settings.get("path");
    if (where == null) {
      throw wrong("the setting 'path' is missing; name the CSV file or folder", null);
    }
    CsvBarReader.Builder reader = CsvBarReader.builder(path("path", where));
    new TreeMap<>(settings).forEach((name, value) -> apply(reader, name, value));
    return reader.build();
  }

  private static void apply(CsvBarReader.Builder reader, String name, String value) {
    if (name.startsWith(COLUMN) && name.length() > COLUMN.length()) {
      reader.column(name.substring(COLUMN.length()), field(value));
      return;
    }
    BiConsumer<CsvBarReader.Builder, String> option = OPTIONS.get(name);
    if (option == null) {
      throw wrong(
          "unknown setting "
              + QilinException.quote(name)
              + "; known are "
              + String.join(", ", OPTIONS.keySet())
              + ", column.HEADER"
              + NearestName.hint(name, OPTIONS.keySet()),
          null);
    }
    option.accept(reader, value);
  }

  private static void profile(CsvBarReader.Builder reader, String value) {
    switch (value) {
      case "a-share" -> reader.aShareBars();
      case "generic" -> reader.generic();
      default ->
        throw wrong(
            "the setting 'profile' is a-share or generic, was " + QilinException.quote(value),
            null);
    }
  }

  private static void adjustment(CsvBarReader.Builder reader, String value) {
    if (!value.equalsIgnoreCase("auto")) {
      reader.adjustment(choice("adjustment", value, Adjustment.values()));
    }
  }

  /** A constant by its name, written in small letters with hyphens. */
  private static <E extends Enum<E>> E choice(String name, String value, E[] values) {
    for (E constant : values) {
      if (written(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw wrong(
        "the setting '"
            + name
            + "' is one of "
            + Arrays.stream(values).map(CsvOptions::written).collect(Collectors.joining(", "))
            + ", was "
            + QilinException.quote(value),
        null);
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Field[] fields(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .map(CsvOptions::field)
        .toArray(Field[]::new);
  }

  private static Field field(String name) {
    try {
      return Field.of(name);
    } catch (QilinException e) {
      throw wrong(QilinException.quote(name) + " is not the name of a field", e);
    }
  }

  private static Path path(String name, String value) {
    if (value.isBlank()) {
      throw wrong("the setting '" + name + "' is blank; name a file", null);
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw wrong("the setting '" + name + "' is not a path: " + QilinException.quote(value), e);
    }
  }

  private static QilinException wrong(String message, @Nullable Throwable cause) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message, cause);
  }
}
