package io.qilin.data.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import java.util.Map;

/**
 * One record as one line of JSON, in the form of {@link RecordFiles}, with its moments and its source. What is printed is
 * read back as an equal record; a {@code NaN} is left out. Stateless.
 */
public final class RecordLine {
  private static final Provenance UNSTATED = new Provenance(RecordFiles.ID, "a line", false);

  private RecordLine() {}

  /** Prints a record without a line end. */
  public static String print(MarketRecord record) {
    return JsonLine.write(RecordShapes.of(record.getClass()).write(record));
  }

  /**
   * Reads a record.
   *
   * @param type the kind of record
   * @param name what errors call the place of the line, for example the name of a file
   * @param line its number there, counted from 1
   * @throws QilinException DATA_FORMAT for anything that is no such record; LIMIT_EXCEEDED for a line longer than 8 MiB, a
   *     text longer than 1 MiB, or one nested too deep
   */
  public static <R extends MarketRecord> R parse(
      Class<R> type, String text, String name, long line) {
    RecordPlace place = new RecordPlace(name, line, "");
    RecordReading reading = new RecordReading(UNSTATED, Map.of());
    return type.cast(RecordShapes.of(type).read(JsonLine.read(text, place), reading, place));
  }
}
