package io.qilin.flink;

import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.Anomaly;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.DeadLetterReason;
import io.qilin.data.stream.WindowAggregate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Windows of single instruments, keyed by their timer, become windows of all, told once and in the order of a pipeline. Runs in
 * one task, as the order is one.
 */
@SuppressWarnings("NullAway.Init") // Flink calls open() first.
final class GatherFunction
    extends KeyedProcessFunction<Long, Tuple2<Long, ClosedWindow>, ClosedWindow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** A window of all is in the order of sessions, then of numbers. */
  private record Place(Instant session, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::session).thenComparing(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private transient ListState<ClosedWindow> parts;
  private transient ListState<Long> savedTold;
  private transient long told;

  @Override
  public void open(OpenContext context) {
    parts = getRuntimeContext()
        .getListState(new ListStateDescriptor<>("qilin-parts", Forms.type(Forms.WINDOW)));
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    savedTold = context
        .getOperatorStateStore()
        .getUnionListState(new ListStateDescriptor<>("qilin-told", Types.LONG));
    told = Long.MIN_VALUE;
    for (Long each : savedTold.get()) {
      told = Math.max(told, each);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    savedTold.update(List.of(told));
  }

  @Override
  public void processElement(
      Tuple2<Long, ClosedWindow> part, Context context, Collector<ClosedWindow> out)
      throws Exception {
    if (part.f0 <= told) {
      context.output(FlinkWindows.LETTERS, late(part.f1));
      return;
    }
    parts.add(part.f1);
    context.timerService().registerEventTimeTimer(part.f0);
  }

  private static DeadLetter late(ClosedWindow window) {
    return new DeadLetter(
        "windows",
        StreamMessage.NO_POSITION,
        DeadLetterReason.LATE,
        "the window " + window.id() + " was told before",
        window.id() + " " + window.aggregates());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ClosedWindow> out)
      throws Exception {
    Map<Place, List<ClosedWindow>> windows = new TreeMap<>();
    for (ClosedWindow part : parts.get()) {
      windows
          .computeIfAbsent(
              new Place(part.sessionStart(), part.number()), place -> new ArrayList<>())
          .add(part);
    }
    windows.values().forEach(same -> out.collect(whole(same)));
    parts.clear();
    told = Math.max(told, timestamp);
  }

  /** Puts the windows of single instruments together. */
  static ClosedWindow whole(List<ClosedWindow> ofOne) {
    List<ClosedWindow> sorted = new ArrayList<>(ofOne);
    sorted.sort(Comparator.comparing(part -> part.aggregates().get(0).symbol()));
    List<WindowAggregate> aggregates = new ArrayList<>();
    List<Anomaly> anomalies = new ArrayList<>();
    for (ClosedWindow part : sorted) {
      aggregates.addAll(part.aggregates());
      anomalies.addAll(part.anomalies());
    }
    ClosedWindow any = sorted.get(0);
    return new ClosedWindow(
        any.phase(),
        any.sessionStart(),
        any.number(),
        any.start(),
        any.end(),
        any.cut(),
        aggregates,
        anomalies);
  }
}
