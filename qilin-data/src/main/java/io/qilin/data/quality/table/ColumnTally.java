package io.qilin.data.quality.table;

import io.qilin.data.quality.table.ColumnProfile.Guess;
import io.qilin.data.quality.table.ColumnProfile.TopValue;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TextColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was seen of one column. Independent of the order of rows. */
final class ColumnTally {
  private static final int MOST_VALUES = 4096;
  private static final int TOP = 10;
  private static final int LONGEST = 200;
  private static final int MOST_CATEGORIES = 20;
  private static final String INSTRUMENT = "[0-9]{6}\\.(SH|SZ|BJ)|(SH|SZ|BJ)[0-9]{6}";

  private final TableField field;
  private final int column;
  private final NumberMoments moments = new NumberMoments();
  private final LogBins bins = new LogBins();
  private final HyperLogLog sketch = new HyperLogLog();

  /** How often each value comes; forgotten for good once there are too many. */
  private final Map<Object, Long> counts = new HashMap<>();

  private boolean many;
  private long missing;
  private long notFinite;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private boolean whole = true;
  private boolean instruments = true;
  private List<String> words = List.of();
  private long[] wordHashes = new long[0];

  ColumnTally(TableField field, int column) {
    this.field = field;
    this.column = column;
  }

  void add(Block block) {
    if (field.type() == ColumnType.TEXT) {
      addTexts((TextColumn) block.column(column), block);
      return;
    }
    double[] cells = block.numbers(column);
    for (int row = 0; row < block.size(); row++) {
      double value = cells[row];
      if (Double.isNaN(value)) {
        missing++;
        continue;
      }
      addValue(exact(block, row, value));
      if (Double.isInfinite(value)) {
        notFinite++;
        continue;
      }
      moments.add(value);
      bins.add(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
      whole &= value == Math.rint(value);
    }
  }

  /** A cell without loss: a double, or a long for whole numbers of 64 bits. */
  private Object exact(Block block, int row, double value) {
    if (block.column(column) instanceof LongColumn longs) {
      return longs.value(block.at(row));
    }
    return block.column(column) instanceof IntColumn
        ? (Object) (long) value
        : (Object) (value == 0 ? 0.0 : value);
  }

  private void addValue(Object value) {
    long bits = value instanceof Double number
        ? Double.doubleToLongBits(number)
        : ((Long) value).longValue();
    sketch.add(Hashes.mix(bits + 0x9e3779b97f4a7c15L));
    count(value, 1);
  }

  private void count(Object value, long times) {
    if (!many) {
      counts.merge(value, times, Long::sum);
      if (counts.size() > MOST_VALUES) {
        many = true;
        counts.clear();
      }
    }
  }

  private void addTexts(TextColumn texts, Block block) {
    if (texts.words() != words) {
      words = texts.words();
      wordHashes = words.stream().mapToLong(Hashes::text).toArray();
    }
    for (int row = 0; row < block.size(); row++) {
      int code = texts.code(block.at(row));
      if (code == TextColumn.UNKNOWN) {
        missing++;
      } else {
        sketch.add(wordHashes[code]);
        count(shortened(words.get(code)), 1);
        instruments = instruments && words.get(code).matches(INSTRUMENT);
      }
    }
  }

  /** So that long texts are not kept; the hash keeps different ones apart. */
  private static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… " + Long.toHexString(Hashes.text(text));
  }

  void merge(ColumnTally other) {
    moments.merge(other.moments);
    bins.merge(other.bins);
    sketch.merge(other.sketch);
    missing += other.missing;
    notFinite += other.notFinite;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    whole &= other.whole;
    instruments &= other.instruments;
    if (other.many) {
      many = true;
      counts.clear();
    }
    other.counts.forEach(this::count);
  }

  ColumnProfile profile(long rows) {
    boolean none = moments.count() == 0;
    return new ColumnProfile(
        field.name(),
        field.type(),
        rows,
        missing,
        notFinite,
        many ? sketch.estimate() : counts.size(),
        !many,
        none ? Double.NaN : min,
        none ? Double.NaN : max,
        moments.mean(),
        moments.deviation(),
        none ? List.of() : ColumnProfile.SHARES.stream().map(bins::quantile).toList(),
        top(),
        guess(rows));
  }

  private List<TopValue> top() {
    return counts.entrySet().stream()
        .map(entry -> new TopValue(text(entry.getKey()), entry.getValue()))
        .sorted(Comparator.comparing(TopValue::count).reversed().thenComparing(TopValue::value))
        .limit(TOP)
        .toList();
  }

  private String text(Object value) {
    if (field.type() == ColumnType.BOOLEAN) {
      return Boolean.toString(!value.equals(0.0));
    }
    return value instanceof Long number ? Block.whole(field.type(), number) : value.toString();
  }

  private Guess guess(long rows) {
    if (missing == rows) {
      return Guess.EMPTY;
    }
    return switch (field.type()) {
      case DATE -> Guess.DAYS;
      case TIMESTAMP, TIME -> Guess.MOMENTS;
      case BOOLEAN -> Guess.FLAGS;
      case INT32, INT64 -> Guess.WHOLE_NUMBERS;
      case FLOAT64 -> whole ? Guess.WHOLE_NUMBERS : Guess.NUMBERS;
      case TEXT ->
        instruments
            ? Guess.INSTRUMENTS
            : !many && counts.size() <= MOST_CATEGORIES ? Guess.CATEGORIES : Guess.TEXTS;
    };
  }
}
