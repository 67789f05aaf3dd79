package io.qilin.flink;

import io.qilin.api.error.QilinException;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PanePart;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamCounters;
import io.qilin.data.stream.StreamIntake;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.metrics.groups.TaskIOMetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.PausableRelativeClock;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Messages keyed by source become parts of panes: a {@link StreamIntake} for each source. These live outside of the state
 * while the task runs, and are written into it, each under its source, when a checkpoint is made; so a message costs no access
 * to state, and a savepoint can be read with another parallelism.
 *
 * <p>Its watermark is the least of its sources that are not idle, those announced included. It is sent when a slide is told, and else
 * not more often than {@value #STEPS} times a slide, as each goes to every task behind.
 */
@SuppressWarnings("NullAway.Init") // Flink calls open() first.
final class IntakeOperator<T> extends AbstractStreamOperator<PanePart>
    implements OneInputStreamOperator<SourceMessage, PanePart> {
  static final String STATE = "qilin-intake";

  private static final long serialVersionUID = 1L;
  private static final long STEPS = 100;

  /** How often a source is looked after before it is idle. */
  private static final int LOOKS = 4;

  /** How much later than planned a task looks after its sources without having stood still. */
  private static final long JITTER_MILLIS = 100;

  private final StreamDescription<T> description;
  private final List<String> sources;
  private final long idleMillis;
  private final long stepMillis;

  private transient Map<String, IntakeLane<T>> lanes;
  private transient PipelineBuilder<ByteBuffer, T> stream;
  private transient ValueState<byte[]> saved;
  private transient boolean told;
  private transient boolean sentIdle;
  private transient long sent;
  private transient volatile List<StreamCounters> counters;

  /** Stands while the tasks behind take nothing. */
  private transient PausableRelativeClock clock;

  private transient long lookedMillis;

  /**
   * An operator.
   *
   * @param sources those that hold back the watermark before they bring something
   * @param idleMillis how long a source may bring nothing before it no longer does; 0 for ever
   * @param slideMillis length of a slide
   */
  IntakeOperator(
      StreamDescription<T> description, List<String> sources, long idleMillis, long slideMillis) {
    this.description = description;
    this.sources = List.copyOf(sources);
    this.idleMillis = idleMillis;
    this.stepMillis = slideMillis / STEPS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    JobChecks.requireStreaming(getRuntimeContext());
    lanes = new TreeMap<>();
    stream = description.describe();
    sent = Long.MIN_VALUE;
    counters = List.of();
    saved = getKeyedStateStore()
        .getState(new ValueStateDescriptor<>(STATE, BytePrimitiveArraySerializer.INSTANCE));
    restore();
    for (String source : sources) {
      if (isOwn(source)) {
        lanes.computeIfAbsent(source, s -> new IntakeLane<>());
      }
    }
    gauge("offered", StreamCounters::offered);
    gauge("processed", StreamCounters::processed);
    gauge("late", StreamCounters::late);
    gauge("deadLettered", StreamCounters::deadLettered);
    gauge("repeated", StreamCounters::repeated);
    gauge("missing", StreamCounters::missing);
    ScheduledFuture<?> unused = getProcessingTimeService()
        .registerTimer(getProcessingTimeService().getCurrentProcessingTime(), time -> advance());
    clock = new PausableRelativeClock(getProcessingTimeService().getClock());
    if (idleMillis > 0) {
      tasks().registerBackPressureListener(clock);
      lookedMillis = clock.relativeTimeMillis();
      lookAgain();
    }
  }

  private void restore() throws Exception {
    List<String> keys;
    try (Stream<String> found =
        this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      keys = found.toList();
    }
    for (String source : keys) {
      setCurrentKey(source);
      byte[] bytes = saved.value();
      if (bytes != null) {
        IntakeLane<T> lane = new IntakeLane<>();
        lanes.put(source, lane);
        load(intake(source, lane), bytes);
      }
    }
  }

  private static void load(StreamIntake<?, ?> intake, byte[] bytes) {
    try {
      intake.load(bytes);
    } catch (QilinException e) {
      throw JobChecks.permanent(e);
    }
  }

  private boolean isOwn(String source) {
    var task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            source, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  private void gauge(String name, ToLongFunction<StreamCounters> figure) {
    getMetricGroup()
        .addGroup("qilin")
        .gauge(name, () -> counters.stream().mapToLong(figure).sum());
  }

  private TaskIOMetricGroup tasks() {
    return getContainingTask().getEnvironment().getMetricGroup().getIOMetricGroup();
  }

  @Override
  public void close() throws Exception {
    if (clock != null) {
      tasks().unregisterBackPressureListener(clock);
    }
    super.close();
  }

  private void lookAgain() {
    long step = Math.max(1, idleMillis / LOOKS);
    long next = getProcessingTimeService().getCurrentProcessingTime() + step;
    ScheduledFuture<?> unused = getProcessingTimeService().registerTimer(next, time -> {
      look(step);
      advance();
      lookAgain();
    });
  }

  /** Counts the silence of sources; a task that stood still has not heard them, so that this time does not count. */
  private void look(long stepMillis) {
    long now = clock.relativeTimeMillis();
    long passed = now - lookedMillis;
    lookedMillis = now;
    boolean stood = passed > 2 * stepMillis + JITTER_MILLIS;
    for (IntakeLane<T> lane : lanes.values()) {
      lane.silentMillis = lane.heard ? 0 : lane.silentMillis + (stood ? 0 : passed);
      lane.heard = false;
      lane.idle |= lane.silentMillis >= idleMillis;
    }
  }

  private StreamIntake<ByteBuffer, T> intake(String source, IntakeLane<T> lane) {
    StreamIntake<ByteBuffer, T> intake = lane.intake;
    if (intake == null) {
      intake = stream.intake(source, new Parts());
      lane.intake = intake;
    }
    return intake;
  }

  /** Sends on what the sources make. */
  private final class Parts implements StreamIntake.Output {
    @Override
    public void pane(PanePart part) {
      told = true;
      output.collect(new StreamRecord<>(part));
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      output.collect(FlinkWindows.LETTERS, new StreamRecord<>(letter));
    }
  }

  @Override
  public void processElement(StreamRecord<SourceMessage> element) {
    SourceMessage message = element.getValue();
    IntakeLane<T> lane = lanes.computeIfAbsent(message.source(), s -> new IntakeLane<>());
    requireOrder(message, lane.position);
    lane.position = message.position();
    StreamIntake<ByteBuffer, T> intake = intake(message.source(), lane);
    if (message.isDamaged()) {
      intake.damaged(message.position(), message.bytes().length, message.damage());
    } else {
      intake.take(message.position(), message.payload());
    }
    lane.heard = true;
    lane.idle = false;
    advance();
  }

  /** Out of order, messages would be late or counted twice, and results others in each run. */
  private static void requireOrder(SourceMessage message, long before) {
    if (message.position() <= before) {
      throw JobChecks.permanent(QilinException.invalid("the source " + message.source()
          + " brought position " + message.position() + " after " + before
          + "; positions ascend, so one task reads a source, and steps before the windows are keyed"
          + " by source or have the parallelism of their input"));
    }
  }

  /** Sends the watermark if it is worth it. */
  private void advance() {
    long least = Long.MAX_VALUE;
    boolean counts = false;
    for (IntakeLane<T> lane : lanes.values()) {
      if (!lane.idle) {
        counts = true;
        least = Math.min(least, lane.watermark());
      }
    }
    if (counts == sentIdle) {
      sentIdle = !counts;
      output.emitWatermarkStatus(sentIdle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }
    long millis = counts ? Watermarks.millis(least) : sent;
    if (millis > sent && (told || sent == Long.MIN_VALUE || millis - sent >= stepMillis)) {
      sent = millis;
      told = false;
      publish();
      output.emitWatermark(new Watermark(millis));
    }
  }

  /** Nothing is known of event time before, except that it ends. */
  @Override
  public void processWatermark(Watermark mark) {
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      for (IntakeLane<T> lane : lanes.values()) {
        StreamIntake<ByteBuffer, T> intake = lane.intake;
        if (intake != null) {
          intake.end();
        }
      }
      sent = Long.MAX_VALUE;
      output.emitWatermark(mark);
    }
  }

  /** Whether sources are idle is judged here, by each of them. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Nothing to do.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<String, IntakeLane<T>> lane : lanes.entrySet()) {
      StreamIntake<ByteBuffer, T> intake = lane.getValue().intake;
      if (intake != null) {
        setCurrentKey(lane.getKey());
        saved.update(intake.save());
      }
    }
    publish();
  }

  @Override
  public void finish() throws Exception {
    publish();
    super.finish();
  }

  private void publish() {
    List<StreamCounters> all = new ArrayList<>();
    for (IntakeLane<T> lane : lanes.values()) {
      StreamIntake<ByteBuffer, T> intake = lane.intake;
      if (intake != null) {
        all.add(intake.counters());
      }
    }
    counters = all;
  }
}
