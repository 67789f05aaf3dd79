package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.CrossSection;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Rows keyed by their moment become factors: when the watermark has passed a moment, its rows are pushed into one {@link
 * FactorStream}, the moments in their order. Runs in one task.
 */
@SuppressWarnings("NullAway.Init") // Flink calls open() first.
final class FactorStreamFunction extends KeyedProcessFunction<Long, FactorRow, FactorRow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final PlanDescription description;
  private final List<String> fields;
  private transient FactorPlan plan;
  private transient ListState<FactorRow> rows;
  private transient ListState<byte[]> savedStream;
  private transient ListState<Long> savedTold;
  private transient @Nullable FactorStream stream;
  private transient Map<Symbol, Integer> places;
  private transient Set<Symbol> ended;
  private transient ListState<String> savedEnded;
  private transient ListState<String> savedFields;
  private transient long told;

  FactorStreamFunction(PlanDescription description, List<Field> fields) {
    this.description = description;
    this.fields = fields.stream().map(Field::name).toList();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    plan = description.plan();
    savedFields = context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>("qilin-factor-fields", Types.STRING));
    requireSameFields();
    places = new HashMap<>();
    savedStream = context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>(
            "qilin-factor-stream", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    savedTold = context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>("qilin-factor-told", Types.LONG));
    savedEnded = context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>("qilin-factor-ended", Types.STRING));
    ended = new TreeSet<>();
    for (String each : savedEnded.get()) {
      ended.add(Symbol.parse(each));
    }
    told = Long.MIN_VALUE;
    for (byte[] bytes : savedStream.get()) {
      FactorStream restored = restored(bytes);
      for (int i = 0; i < restored.symbols().size(); i++) {
        places.put(restored.symbols().get(i), i);
      }
      stream = restored;
    }
    for (Long each : savedTold.get()) {
      told = each;
    }
  }

  private FactorStream restored(byte[] bytes) {
    try {
      return plan.restore(bytes);
    } catch (QilinException e) {
      throw JobChecks.permanent(e);
    }
  }

  /** Rows that wait in the state have their values in the order of the fields. */
  private void requireSameFields() throws Exception {
    List<String> before = new ArrayList<>();
    savedFields.get().forEach(before::add);
    if (!before.isEmpty() && !before.equals(fields)) {
      throw JobChecks.permanent(new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the state has rows of " + before + ", and the job of " + fields
              + "; give the fields as they were, or begin anew"));
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    savedFields.update(fields);
    FactorStream known = stream;
    savedStream.update(known == null ? List.of() : List.of(known.snapshot()));
    savedEnded.update(ended.stream().map(Symbol::toString).toList());
    savedTold.update(List.of(told));
  }

  @Override
  public void open(OpenContext context) {
    JobChecks.requireStreaming(getRuntimeContext());
    rows = getRuntimeContext()
        .getListState(new ListStateDescriptor<>("qilin-factor-rows", Forms.type(Forms.ROW)));
  }

  @Override
  public void processElement(FactorRow row, Context context, Collector<FactorRow> out)
      throws Exception {
    if (row.size() != fields.size() && row.size() != 0) {
      throw JobChecks.permanent(QilinException.invalid(
          row.symbol() + " has " + row.size() + " values, and the columns are " + fields));
    }
    if (row.isOfDay()) {
      throw JobChecks.permanent(QilinException.invalid(row.symbol() + " has a row of the day "
          + row.when() + "; rows of a stream are of moments"));
    }
    if (row.time() <= Math.max(told, context.timerService().currentWatermark())) {
      context.output(FlinkFactors.LATE, row);
      return;
    }
    rows.add(row);
    context.timerService().registerEventTimeTimer(row.time());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FactorRow> out)
      throws Exception {
    List<FactorRow> all = new ArrayList<>();
    rows.get().forEach(all::add);
    for (FactorRow row : all) {
      if (row.size() == 0) {
        end(row.symbol());
      }
    }
    Map<Symbol, FactorRow> bySymbol = new TreeMap<>();
    for (FactorRow row : all) {
      if (row.size() == 0) {
        continue;
      }
      if (ended.contains(row.symbol()) || bySymbol.putIfAbsent(row.symbol(), row) != null) {
        context.output(FlinkFactors.LATE, row);
      }
    }
    rows.clear();
    told = timestamp;
    if (!bySymbol.isEmpty()) {
      push(timestamp, bySymbol, out);
    }
  }

  private void end(Symbol symbol) {
    FactorStream known = stream;
    if (known != null && places.containsKey(symbol) && ended.add(symbol)) {
      known.delist(symbol);
    }
  }

  private void push(long timestamp, Map<Symbol, FactorRow> bySymbol, Collector<FactorRow> out) {
    FactorStream known = listed(new ArrayList<>(bySymbol.keySet()));
    CrossSection section = known.newRow();
    Set<Field> read = section.fields();
    bySymbol.forEach((symbol, row) -> {
      for (int c = 0; c < fields.size(); c++) {
        Field field = Field.of(fields.get(c));
        if (read.contains(field)) {
          section.set(field, places.getOrDefault(symbol, 0), row.value(c));
        }
      }
    });
    known.push(section);
    for (Symbol symbol : bySymbol.keySet()) {
      double[] values = new double[known.names().size()];
      for (int f = 0; f < values.length; f++) {
        values[f] = known.value(f, places.getOrDefault(symbol, 0));
      }
      out.collect(new FactorRow(symbol, timestamp, values));
    }
  }

  /** The stream with these instruments among its own. */
  private FactorStream listed(List<Symbol> symbols) {
    FactorStream known = stream;
    if (known == null) {
      known = FactorStream.builder(plan, symbols)
          .fields(fields.stream().map(Field::of).collect(Collectors.toSet()))
          .later(plan.instruments().stream()
              .filter(symbol -> !symbols.contains(symbol))
              .collect(Collectors.toSet()))
          .build();
      symbols.forEach(symbol -> places.put(symbol, places.size()));
      stream = known;
    }
    for (Symbol symbol : symbols) {
      if (!places.containsKey(symbol)) {
        places.put(symbol, known.list(symbol));
      }
    }
    return known;
  }
}
