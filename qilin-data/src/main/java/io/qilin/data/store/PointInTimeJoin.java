package io.qilin.data.store;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Gives each decision the last record that was public when it was taken: {@code asOf ≤ t}, never a later one. So a
 * restated figure is not seen before it was restated.
 *
 * <pre>{@code
 * PointInTimeJoin<Tick> join = PointInTimeJoin.<Tick>builder()
 *     .column("lastPrice", Tick::price)
 *     .maxAge(Duration.ofMinutes(5))
 *     .build();
 * TableBatch table = join.table(moments, ticks);
 * }</pre>
 *
 * <p>Among records with one asOf the one with the higher sequence counts, then the one that comes later in the list. Cost:
 * decisions + records where both are sorted by instrument and moment, a sort before it where not. Immutable and safe to
 * share.
 *
 * @param <R> the kind of record
 */
public final class PointInTimeJoin<R extends MarketRecord> {
  private static final String INSTRUMENT = "instrument";
  private static final String AT = "at";
  private static final String AS_OF = "asOf";

  private final Map<String, ToDoubleFunction<? super R>> columns;
  private final long maxAge;
  private final ToLongFunction<? super R> sequence;
  private final boolean latestEvent;
  private final boolean marketWide;

  private PointInTimeJoin(Builder<R> builder) {
    columns = new LinkedHashMap<>(builder.columns);
    maxAge = builder.maxAge;
    sequence = builder.sequence;
    latestEvent = builder.latestEvent;
    marketWide = builder.marketWide;
  }

  /** Starts a join without columns. */
  public static <R extends MarketRecord> Builder<R> builder() {
    return new Builder<>();
  }

  /**
   * For each decision the record that it may read; empty if none was public, or all that were are too old.
   *
   * @throws QilinException INVALID_ARGUMENT for a moment outside 1677-09-21 to 2262-04-11
   */
  public List<Optional<R>> match(List<Moment> decisions, List<? extends R> records) {
    int[] found = find(decisions, records);
    List<Optional<R>> matched = new ArrayList<>(found.length);
    for (int index : found) {
      matched.add(index < 0 ? Optional.empty() : Optional.of(records.get(index)));
    }
    return matched;
  }

  /**
   * A table with one row for each decision: {@code instrument}, {@code at}, {@code asOf} of its record (not known if there
   * is none), and the join's columns, {@code NaN} where there is no record.
   *
   * @throws QilinException INVALID_ARGUMENT for a moment outside 1677-09-21 to 2262-04-11
   */
  public TableBatch table(List<Moment> decisions, List<? extends R> records) {
    int[] found = find(decisions, records);
    long[] at = new long[found.length];
    long[] asOf = new long[found.length];
    BitSet missing = new BitSet(found.length);
    for (int row = 0; row < found.length; row++) {
      at[row] = nanos(decisions.get(row).at());
      missing.set(row, found[row] < 0);
      asOf[row] = found[row] < 0 ? 0 : nanos(records.get(found[row]).asOf());
    }
    List<TableField> fields = new ArrayList<>(List.of(
        new TableField(INSTRUMENT, ColumnType.TEXT),
        new TableField(AT, ColumnType.TIMESTAMP),
        new TableField(AS_OF, ColumnType.TIMESTAMP)));
    List<Column> cells = new ArrayList<>(List.of(
        TextColumn.of(
            decisions.stream().map(decision -> decision.symbol().toString()).toList()),
        LongColumn.of(ColumnType.TIMESTAMP, at),
        LongColumn.of(ColumnType.TIMESTAMP, asOf, missing)));
    columns.forEach((name, value) -> {
      double[] values = new double[found.length];
      for (int row = 0; row < found.length; row++) {
        values[row] = found[row] < 0 ? Double.NaN : value.applyAsDouble(records.get(found[row]));
      }
      fields.add(new TableField(name, ColumnType.FLOAT64));
      cells.add(DoubleColumn.of(values));
    });
    return new TableBatch(new TableSchema(fields), cells);
  }

  private int[] find(List<Moment> decisions, List<? extends R> records) {
    Map<Symbol, Integer> keys = new HashMap<>();
    List<AsOfMerge.Item> rows = new ArrayList<>(decisions.size());
    for (int i = 0; i < decisions.size(); i++) {
      Moment decision = decisions.get(i);
      int key = marketWide ? 0 : keys.computeIfAbsent(decision.symbol(), s -> keys.size());
      rows.add(new AsOfMerge.Item(key, nanos(decision.at()), i));
    }
    List<AsOfMerge.Item> entries = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      R record = records.get(i);
      for (int key : keys(record, keys)) {
        entries.add(new AsOfMerge.Item(key, nanos(record.asOf()), i));
      }
    }
    Comparator<AsOfMerge.Item> order =
        Comparator.comparingLong(item -> sequence.applyAsLong(records.get(item.index())));
    ToLongFunction<AsOfMerge.Item> event =
        item -> nanos(records.get(item.index()).eventTime());
    return AsOfMerge.match(rows, entries, order, latestEvent ? event : null, maxAge);
  }

  /** Where a record belongs: what is about several instruments, to each of them. */
  private List<Integer> keys(R record, Map<Symbol, Integer> keys) {
    List<Symbol> symbols = record.symbols();
    if (marketWide) {
      return symbols.isEmpty() ? List.of(0) : List.of();
    }
    return symbols.stream().map(keys::get).filter(Objects::nonNull).toList();
  }

  private static long nanos(Instant moment) {
    return Nanos.of(moment);
  }

  /**
   * Settings of a join; each method says what holds without it.
   *
   * @param <R> the kind of record
   */
  public static final class Builder<R extends MarketRecord> {
    private final Map<String, ToDoubleFunction<? super R>> columns = new LinkedHashMap<>();
    private long maxAge = Long.MAX_VALUE;
    private ToLongFunction<? super R> sequence = record -> 0;
    private boolean latestEvent;
    private boolean marketWide;

    private Builder() {}

    /**
     * Adds a column.
     *
     * @throws QilinException INVALID_ARGUMENT for a name that is taken
     */
    public Builder<R> column(String name, ToDoubleFunction<? super R> value) {
      boolean taken = name.equals(INSTRUMENT)
          || name.equals(AT)
          || name.equals(AS_OF)
          || columns.putIfAbsent(name, Objects.requireNonNull(value, "value")) != null;
      if (taken) {
        throw QilinException.invalid(
            "the table has a column " + QilinException.quote(name) + " already");
      }
      return this;
    }

    /**
     * How old a record may be at the decision, by its asOf; any age unless set.
     *
     * @throws QilinException INVALID_ARGUMENT for a negative age
     */
    public Builder<R> maxAge(Duration longest) {
      if (longest.isNegative()) {
        throw QilinException.invalid("an age is not negative, was " + longest);
      }
      maxAge = Nanos.of(longest);
      return this;
    }

    /** What orders records of one asOf; the order of the list unless set. */
    public Builder<R> sequence(ToLongFunction<? super R> number) {
      sequence = Objects.requireNonNull(number, "number");
      return this;
    }

    /**
     * Takes among the public records the one about the latest event, and of these the last that became public: a
     * restatement of an old period does not hide the newer period. Without it the last that became public counts.
     */
    public Builder<R> latestEvent() {
      latestEvent = true;
      return this;
    }

    /** Joins records of the whole market, which name no instrument, to every decision; those of its instrument unless set. */
    public Builder<R> marketWide() {
      marketWide = true;
      return this;
    }

    /** The join. */
    public PointInTimeJoin<R> build() {
      return new PointInTimeJoin<>(this);
    }
  }
}
