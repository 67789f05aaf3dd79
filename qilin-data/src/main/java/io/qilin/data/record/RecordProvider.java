package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opens a folder of {@link RecordFiles}; its id is {@code records}.
 *
 * <p>Settings, by name; only {@code path} must be given.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>path</td><td>the folder</td></tr>
 * <tr><td>now</td><td>the present as {@code 2024-01-02T08:00:00Z}; records from after it are left out and
 * reported</td></tr>
 * <tr><td>maxRows</td><td>rows of one file; 1,000,000 by default</td></tr>
 * <tr><td>maxBytes</td><td>bytes of one file; 268,435,456 by default; what is too large to be kept is read by each query</td></tr>
 * <tr><td>unit.<i>kind</i>.<i>field</i></td><td>the vendor's unit, for example {@code unit.money-flows.superLarge.buy} =
 * {@code ten-thousand-yuan}; see {@link RecordUnit}</td></tr>
 * </table>
 */
public final class RecordProvider implements MarketDataProvider {
  private static final List<String> NAMES =
      List.of("path", "now", "maxRows", "maxBytes", "unit.<kind>.<field>");
  private static final String UNIT = "unit.";

  /** For {@link java.util.ServiceLoader}. */
  public RecordProvider() {}

  @Override
  public String id() {
    return RecordFiles.ID;
  }

  /** All kinds of records; a folder serves those of which it has a file. */
  @Override
  public Set<DataCapability> capabilities() {
    EnumSet<DataCapability> served = EnumSet.allOf(DataCapability.class);
    served.remove(DataCapability.DAILY_BARS);
    return Set.copyOf(served);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    String path = settings.get("path");
    if (path == null) {
      throw wrong("the setting path is missing; name a folder of records");
    }
    RecordFiles.Builder builder;
    try {
      builder = RecordFiles.builder(Path.of(path));
    } catch (InvalidPathException e) {
      throw wrong("the setting path is no path: " + QilinException.quote(path), e);
    }
    settings.forEach((name, value) -> apply(builder, name, value));
    return builder.open();
  }

  private static void apply(RecordFiles.Builder builder, String name, String value) {
    try {
      if (name.equals("now")) {
        builder.clock(Clock.fixed(Instant.parse(value), ZoneOffset.UTC));
      } else if (name.equals("maxRows")) {
        builder.limits(builder.limits().withRows(Integer.parseInt(value)));
      } else if (name.equals("maxBytes")) {
        builder.limits(builder.limits().withFileBytes(Long.parseLong(value)));
      } else if (name.startsWith(UNIT)) {
        unit(builder, name.substring(UNIT.length()), value);
      } else if (!name.equals("path")) {
        throw wrong("there is no setting " + QilinException.quote(name)
            + NearestName.hint(name, NAMES) + "; the settings are " + NAMES);
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw wrong("the setting " + name + " cannot be " + QilinException.quote(value), e);
    } catch (QilinException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      throw wrong("the setting " + name + ": " + message.substring(message.indexOf(' ') + 1), e);
    }
  }

  private static void unit(RecordFiles.Builder builder, String path, String value) {
    int dot = Math.max(path.indexOf('.'), 0);
    String stem = path.substring(0, dot);
    Class<? extends MarketRecord> kind = Arrays.stream(DataCapability.values())
        .filter(k -> k.recordType().isPresent() && RecordFolder.stem(k).equals(stem))
        .findFirst()
        .flatMap(DataCapability::recordType)
        .orElseThrow(() -> wrong("a unit is set as unit.<kind>.<field>, and "
            + QilinException.quote(stem) + " is no kind"
            + NearestName.hint(stem, RecordFolder.stems()) + "; the kinds are "
            + RecordFolder.stems()));
    RecordUnit unit = Arrays.stream(RecordUnit.values())
        .filter(known -> settingName(known).equals(value))
        .findFirst()
        .orElseThrow(() -> unknownUnit(value));
    builder.unit(kind, path.substring(dot + 1), unit);
  }

  private static QilinException unknownUnit(String value) {
    List<String> names =
        Arrays.stream(RecordUnit.values()).map(RecordProvider::settingName).toList();
    return wrong("there is no unit " + QilinException.quote(value) + NearestName.hint(value, names)
        + "; the units are " + names);
  }

  private static String settingName(RecordUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static QilinException wrong(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  private static QilinException wrong(String message, Throwable cause) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message, cause);
  }
}
