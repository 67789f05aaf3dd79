package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** The instruments and days of one partition, and the proof that no row comes twice. */
final class MarketPart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As many as there are in the years 1 to 9999: more rows of one instrument are of the same days. */
  private static final int MOST_DAYS = 3_652_059;

  private final ArrayList<String> symbols = new ArrayList<>();
  private final ArrayList<String> spellings = new ArrayList<>();
  private final int[] days;

  /**
   * Goes through a partition.
   *
   * @param pieces in the order of the instruments
   * @throws QilinException DATA_CONFLICT for two rows of one instrument and day, or two spellings
   */
  MarketPart(Iterator<Tuple2<String, byte[]>> pieces) {
    BitSet seen = new BitSet();
    int offset = (int) LocalDate.of(1, 1, 1).toEpochDay();
    int[] own = {};
    int count = 0;
    while (pieces.hasNext()) {
      Tuple2<String, byte[]> piece = pieces.next();
      if (InstrumentPartitioner.isCopy(piece._1())) {
        continue;
      }
      InstrumentRows rows = InstrumentRows.of(piece._1(), piece._2());
      int last = symbols.size() - 1;
      if (last < 0 || !symbols.get(last).equals(piece._1())) {
        requireDifferent(own, count);
        symbols.add(piece._1());
        spellings.add(rows.spelling());
        count = 0;
      } else if (!spellings.get(last).equals(rows.spelling())) {
        throw BarFeed.twoSpellings(piece._1(), spellings.get(last), rows.spelling());
      }
      if (count > MOST_DAYS) {
        requireDifferent(own, count);
      }
      own = count + rows.rows() > own.length ? Arrays.copyOf(own, (count + rows.rows()) * 2) : own;
      for (int row = 0; row < rows.rows(); row++) {
        own[count++] = rows.day(row);
        seen.set(rows.day(row) - offset);
      }
    }
    requireDifferent(own, count);
    days = seen.stream().map(day -> day + offset).toArray();
  }

  private void requireDifferent(int[] own, int count) {
    Arrays.sort(own, 0, count);
    for (int i = 1; i < count; i++) {
      if (own[i] == own[i - 1]) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT,
            "the bars have two rows of " + symbols.get(symbols.size() - 1) + " on "
                + LocalDate.ofEpochDay(own[i]) + "; drop one of them, by dropDuplicates say");
      }
    }
  }

  List<String> symbols() {
    return symbols;
  }

  List<String> spellings() {
    return spellings;
  }

  int[] days() {
    return days;
  }
}
