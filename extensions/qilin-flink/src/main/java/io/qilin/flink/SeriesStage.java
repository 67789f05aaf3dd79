package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A time-series stage on a partition of instruments. Rows are sorted here, as a sorted stream of Flink has lost its keys. Days
 * between the first and the last row of an instrument that have no row become rows of {@code NaN}.
 */
final class SeriesStage
    implements MapPartitionFunction<Tuple2<Integer, FactorRow>, FactorRow>,
        ResultTypeQueryable<FactorRow> {
  private static final long serialVersionUID = 1L;

  private final StageSource source;
  private final StageColumns columns;
  private final long[] days;
  private final int partitions;
  private transient @Nullable FactorPlan plan;

  SeriesStage(StageSource source, StageColumns columns, List<LocalDate> days, int partitions) {
    this.source = source;
    this.columns = columns;
    this.days = days.stream().mapToLong(LocalDate::toEpochDay).toArray();
    this.partitions = partitions;
  }

  static int partition(Symbol symbol, int partitions) {
    return Math.floorMod(symbol.toString().hashCode() * 0x9E3779B9, partitions);
  }

  private FactorPlan plan() {
    FactorPlan known = plan;
    if (known == null) {
      known = source
          .stage(columns.stage())
          .<FactorPlan>fold(
              FactorStage.TimeSeries::plan, cross -> source.description().plan());
      plan = known;
    }
    return known;
  }

  @Override
  public void mapPartition(Iterable<Tuple2<Integer, FactorRow>> rows, Collector<FactorRow> out) {
    try {
      compute(rows, out);
    } catch (QilinException e) {
      throw JobChecks.permanent(e);
    }
  }

  private void compute(Iterable<Tuple2<Integer, FactorRow>> rows, Collector<FactorRow> out) {
    int partition = 0;
    Map<Symbol, NavigableMap<Integer, double[]>> values = new TreeMap<>();
    for (Tuple2<Integer, FactorRow> row : rows) {
      partition = row.f0;
      put(values.computeIfAbsent(row.f1.symbol(), s -> new TreeMap<>()), row.f1);
    }
    int own = partition;
    if (values.keySet().stream().noneMatch(symbol -> partition(symbol, partitions) == own)) {
      return;
    }
    Panel panel = panel(values);
    FactorTable table = plan().compute(panel);
    for (int i = 0; i < panel.symbols().size(); i++) {
      if (partition(panel.symbols().get(i), partitions) == own) {
        collect(panel, table, i, out);
      }
    }
  }

  private void put(Map<Integer, double[]> ofSymbol, FactorRow row) {
    if (row.size() != columns.in().size()) {
      throw QilinException.invalid(row.symbol() + " on " + row.when() + " has " + row.size()
          + " values, and the columns are " + columns.in());
    }
    int day = Arrays.binarySearch(days, row.time());
    if (day < 0) {
      throw new QilinException(
          ErrorCode.NOT_A_TRADING_DAY,
          row.symbol() + " has a row on " + row.when() + ", which is not among the " + days.length
              + " days of the job"
              + (row.isOfDay() ? "" : "; rows of a batch are of days, not of moments"));
    }
    if (ofSymbol.putIfAbsent(day, row.values()) != null) {
      throw new QilinException(
          ErrorCode.DATA_CONFLICT, row.symbol() + " has two rows on " + row.day());
    }
  }

  private Panel panel(Map<Symbol, NavigableMap<Integer, double[]>> values) {
    Panel.Builder builder =
        Panel.builder(Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toList(), Adjustment.RAW);
    values.forEach((symbol, rows) -> {
      int first = rows.firstKey();
      for (int c = 0; c < columns.in().size(); c++) {
        double[] column = new double[rows.lastKey() - first + 1];
        Arrays.fill(column, Double.NaN);
        for (Map.Entry<Integer, double[]> row : rows.entrySet()) {
          column[row.getKey() - first] = row.getValue()[c];
        }
        builder.column(symbol, Field.of(columns.in().get(c)), first, column);
      }
    });
    return builder.build();
  }

  private void collect(Panel panel, FactorTable table, int instrument, Collector<FactorRow> out) {
    List<Field> kept = columns.kept().stream().map(Field::of).toList();
    for (int day = panel.firstRow(instrument); day < panel.endRow(instrument); day++) {
      double[] values = new double[kept.size() + columns.made().size()];
      for (int c = 0; c < kept.size(); c++) {
        values[c] = panel.value(kept.get(c), instrument, day);
      }
      for (int c = 0; c < columns.made().size(); c++) {
        values[kept.size() + c] = table.value(c, instrument, day);
      }
      out.collect(new FactorRow(panel.symbols().get(instrument), days[day], values));
    }
  }

  @Override
  public TypeInformation<FactorRow> getProducedType() {
    return Forms.type(Forms.ROW);
  }
}
