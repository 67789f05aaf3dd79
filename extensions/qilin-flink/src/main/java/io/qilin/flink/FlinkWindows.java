package io.qilin.flink;

import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PanePart;
import io.qilin.data.stream.PipelineBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The sliding windows of a {@link io.qilin.data.stream.StreamPipeline} as operators of a Flink job: the same parsing, rules, sessions, lateness,
 * windows and anomalies, by the same code, to the same bits.
 *
 * <ol>
 *   <li>Messages go by source to a task, in the order of the source, which makes sums of them by instrument and slide.
 *   <li>Sums go by instrument to a task, which makes windows of them and looks for anomalies.
 *   <li>One task puts the windows of all instruments together and tells them in order.
 * </ol>
 *
 * <p>Windows and dead letters are those of one pipeline in process for each source, put together: a record is late by the
 * watermark of its own source, and running numbers are followed by source, so nothing depends on how sources interleave.
 * With one source, or where no record is late, they are those of one pipeline over all sources, if an instrument is in one
 * source only. An instrument in several sources is added up.
 *
 * <p>The quality rules, sessions and windows come from a {@link StreamDescription}. Immutable.
 */
public final class FlinkWindows<T> {
  static final OutputTag<DeadLetter> LETTERS =
      new OutputTag<>("qilin-dead-letters", Forms.type(Forms.LETTER));

  private static final Duration LONGEST = Duration.ofDays(1);

  private final StreamDescription<T> description;
  private final List<String> sources;
  private final String name;
  private final Duration idleAfter;

  private FlinkWindows(
      StreamDescription<T> description, List<String> sources, String name, Duration idleAfter) {
    this.description = Objects.requireNonNull(description, "description");
    this.sources = List.copyOf(sources);
    this.name = Objects.requireNonNull(name, "name");
    this.idleAfter = idleAfter;
  }

  /**
   * Windows of a stream.
   *
   * @param description says what the stream is
   * @param sources the names of the sources that will bring messages: each holds back the windows of all until it has brought
   *     something. A source that is not named counts from its first message on; what it brings may come after its windows were told.
   * @throws QilinException INVALID_ARGUMENT without a source, or if the description captures what cannot be sent
   */
  public static <T> FlinkWindows<T> of(StreamDescription<T> description, List<String> sources) {
    if (sources.isEmpty()) {
      throw QilinException.invalid(
          "name the sources of the stream, for example the partitions of a topic");
    }
    JobChecks.requireSendable(Objects.requireNonNull(description, "description"));
    return new FlinkWindows<>(description, sources, "qilin", Duration.ZERO);
  }

  /** This with another name, which begins the uids of the operators; {@code qilin} unless set. One job needs one for each stream. */
  public FlinkWindows<T> name(String prefix) {
    return new FlinkWindows<>(description, sources, prefix, idleAfter);
  }

  /**
   * This with windows that do not wait for a source that brings nothing for so long, to half as long again, by the clock of the task manager;
   * they wait for ever unless set. Time in which the tasks behind take nothing, or the task itself stands still, does not
   * count. What it brings later for windows that were told is set aside, by instrument and slide. If all sources are silent, event time stands.
   *
   * @param silence 1 ms to 1 day
   * @throws QilinException INVALID_ARGUMENT for another length
   */
  public FlinkWindows<T> idleAfter(Duration silence) {
    if (silence.compareTo(Duration.ofMillis(1)) < 0 || silence.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "a source is idle after 1 ms to " + LONGEST + " of silence, was " + silence);
    }
    return new FlinkWindows<>(description, sources, name, silence);
  }

  /**
   * What the stream becomes.
   *
   * @param windows complete windows, each once, in the order in which they are due
   * @param deadLetters messages that did not get through, late ones included
   */
  public record Results(DataStream<ClosedWindow> windows, DataStream<DeadLetter> deadLetters) {
    /** Checks that both are there. */
    public Results {
      Objects.requireNonNull(windows, "windows");
      Objects.requireNonNull(deadLetters, "deadLetters");
    }
  }

  /**
   * Adds the operators to a job.
   *
   * @param messages in the order of their positions within each source, which ascend: the job fails with INVALID_ARGUMENT else, as where a
   *     step between the source and here has another parallelism
   * @throws QilinException INVALID_CONFIGURATION if the description has what is Flink's. In Flink's batch mode the job fails
   *     with INVALID_CONFIGURATION
   */
  public Results apply(DataStream<SourceMessage> messages) {
    PipelineBuilder<ByteBuffer, T> stream = description.describe();
    stream.requireForEngine();
    long slide = stream.slide().toMillis();
    SingleOutputStreamOperator<PanePart> panes = messages
        .keyBy(SourceMessage::source, Types.STRING)
        .transform(
            name + " intake",
            Forms.type(Forms.PANE),
            new IntakeOperator<>(description, sources, idleAfter.toMillis(), slide))
        .uid(name + "-intake");
    SingleOutputStreamOperator<Tuple2<Long, ClosedWindow>> parts = panes
        .keyBy(part -> part.symbol().toString(), Types.STRING)
        .process(
            new InstrumentFunction<>(description),
            Types.TUPLE(Types.LONG, Forms.type(Forms.WINDOW)))
        .name(name + " windows")
        .uid(name + "-windows");
    SingleOutputStreamOperator<ClosedWindow> windows = parts
        .keyBy(part -> part.f0, Types.LONG)
        .process(new GatherFunction(), Forms.type(Forms.WINDOW))
        .name(name + " gather")
        .uid(name + "-gather")
        .setParallelism(1)
        .setMaxParallelism(1);
    DataStream<DeadLetter> letters = panes
        .getSideOutput(LETTERS)
        .union(parts.getSideOutput(LETTERS), windows.getSideOutput(LETTERS));
    return new Results(windows, letters);
  }
}
