package io.qilin.flink;

import io.qilin.api.market.Symbol;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.InstrumentWindows;
import io.qilin.data.stream.PanePart;
import io.qilin.data.stream.PipelineBuilder;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Parts of panes keyed by instrument become windows of that instrument, each with the timer at which it was due. */
@SuppressWarnings("NullAway.Init") // Flink calls open() first.
final class InstrumentFunction<T>
    extends KeyedProcessFunction<String, PanePart, Tuple2<Long, ClosedWindow>> {
  private static final long serialVersionUID = 1L;

  private final StreamDescription<T> description;
  private transient PipelineBuilder<ByteBuffer, T> stream;
  private transient ValueState<InstrumentState> state;

  InstrumentFunction(StreamDescription<T> description) {
    this.description = description;
  }

  @Override
  public void open(OpenContext context) {
    stream = description.describe();
    state = getRuntimeContext()
        .getState(new ValueStateDescriptor<>("qilin-windows", Forms.type(Forms.INSTRUMENT)));
  }

  private InstrumentWindows windows(InstrumentState known, Symbol symbol) {
    return known.windows(() -> stream.instrument(symbol));
  }

  @Override
  public void processElement(
      PanePart part, Context context, Collector<Tuple2<Long, ClosedWindow>> out) throws Exception {
    InstrumentState known = state.value();
    if (known == null) {
      known = InstrumentState.of(stream.instrument(part.symbol()));
    }
    InstrumentWindows windows = windows(known, part.symbol());
    long watermark = Watermarks.nanos(context.timerService().currentWatermark());
    windows.add(part, watermark).ifPresent(letter -> context.output(FlinkWindows.LETTERS, letter));
    state.update(known);
    register(windows, context);
  }

  @Override
  public void onTimer(
      long timestamp, OnTimerContext context, Collector<Tuple2<Long, ClosedWindow>> out)
      throws Exception {
    InstrumentState known = state.value();
    if (known != null) {
      InstrumentWindows windows = windows(known, Symbol.parse(context.getCurrentKey()));
      windows.advance(
          Watermarks.nanos(timestamp), window -> out.collect(Tuple2.of(timestamp, window)));
      state.update(known);
      register(windows, context);
    }
  }

  private void register(InstrumentWindows windows, Context context) {
    if (windows.due() != Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(Watermarks.timer(windows.due()));
    }
  }
}
