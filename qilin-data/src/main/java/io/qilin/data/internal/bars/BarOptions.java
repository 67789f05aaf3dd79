package io.qilin.data.internal.bars;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.OffCalendarRows;
import io.qilin.data.bars.VolumeUnit;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings of providers of daily bars, which are texts by name. */
public final class BarOptions {
  private static final String COLUMN = "column.";
  private static final Map<String, BiConsumer<BarSettings.Builder, String>> OPTIONS = options();

  private BarOptions() {}

  private static Map<String, BiConsumer<BarSettings.Builder, String>> options() {
    Map<String, BiConsumer<BarSettings.Builder, String>> options = new TreeMap<>();
    options.put("path", (reader, value) -> {});
    options.put("profile", BarOptions::profile);
    options.put("adjustment", BarOptions::adjustment);
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
    options.put("instrumentColumn", BarSettings.Builder::instrumentColumn);
    options.put("dateColumn", BarSettings.Builder::dateColumn);
    options.put("require", (reader, value) -> reader.require(fields(value)));
    options.put("ignore", (reader, value) -> reader.ignore(value.split(",")));
    return options;
  }

  /**
   * The setting {@code path}.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is missing, blank or no path
   */
  public static Path path(Map<String, String> settings) {
    String where = settings.get("path");
    if (where == null) {
      throw wrong("the setting 'path' is missing; name the file or folder", null);
    }
    return path("path", where);
  }

  /**
   * Follows all settings, in the order of their names.
   *
   * @param more settings of the provider's own
   * @throws QilinException INVALID_CONFIGURATION for an unknown or wrong setting
   */
  public static void apply(
      BarSettings.Builder reader,
      Map<String, String> settings,
      Map<String, Consumer<String>> more) {
    new TreeMap<>(settings).forEach((name, value) -> {
      BiConsumer<BarSettings.Builder, String> option = OPTIONS.get(name);
      Consumer<String> own = more.get(name);
      if (own != null) {
        own.accept(value);
      } else if (option != null) {
        option.accept(reader, value);
      } else if (name.startsWith(COLUMN) && name.length() > COLUMN.length()) {
        reader.column(name.substring(COLUMN.length()), field(value));
      } else {
        Set<String> known = new TreeSet<>(OPTIONS.keySet());
        known.addAll(more.keySet());
        throw unknown(name, known, ", column.HEADER");
      }
    });
  }

  /**
   * The error for a setting that nobody knows.
   *
   * @param rest what else is known, for the message
   */
  public static QilinException unknown(String name, Set<String> known, String rest) {
    return wrong(
        "unknown setting "
            + QilinException.quote(name)
            + "; known are "
            + String.join(", ", known)
            + rest
            + NearestName.hint(name, known),
        null);
  }

  private static void profile(BarSettings.Builder reader, String value) {
    switch (value) {
      case "a-share" -> reader.profile(BarProfile.A_SHARE_BARS);
      case "generic" -> reader.profile(BarProfile.GENERIC);
      default ->
        throw wrong(
            "the setting 'profile' is a-share or generic, was " + QilinException.quote(value),
            null);
    }
  }

  private static void adjustment(BarSettings.Builder reader, String value) {
    if (!value.equalsIgnoreCase("auto")) {
      reader.adjustment(choice("adjustment", value, Adjustment.values()));
    }
  }

  /**
   * A constant by its name, written in small letters with hyphens.
   *
   * @throws QilinException INVALID_CONFIGURATION with the names that there are
   */
  public static <E extends Enum<E>> E choice(String name, String value, E[] values) {
    for (E constant : values) {
      if (written(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw wrong(
        "the setting '"
            + name
            + "' is one of "
            + Arrays.stream(values).map(BarOptions::written).collect(Collectors.joining(", "))
            + ", was "
            + QilinException.quote(value),
        null);
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Fields with commas between.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is no field
   */
  public static Field[] fields(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .map(BarOptions::field)
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
