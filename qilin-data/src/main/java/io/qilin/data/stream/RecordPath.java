package io.qilin.data.stream;

import io.qilin.api.stream.StreamMessage;
import org.jspecify.annotations.Nullable;

/** The way of one message: parse, validate, enrich, pass on, aggregate; or out of it into the dead letters. */
final class RecordPath<P, T> {
  private static final double MOST_VOLUME = 1e10;
  private static final double MOST_AMOUNT = 1e13;
  private static final long NANOS_OF_MS = 1_000_000;

  private final PipelineSettings<P, T> settings;
  private final StreamFields<T> fields;
  private final StreamProgress progress;
  private final StreamKeys keys;
  private final SessionFinder sessions;
  private final PaneTable panes;
  private final SequenceTracker sequences;
  private final StreamHealth health;
  private final RuleBook<T> rules;
  private final EventTime eventTime;
  private final DeadLetters deadLetters;
  private final StreamOutputs<T> outputs;

  RecordPath(
      PipelineSettings<P, T> settings,
      StreamProgress progress,
      StreamKeys keys,
      PaneTable panes,
      EventTime eventTime,
      DeadLetters deadLetters,
      StreamOutputs<T> outputs) {
    this.settings = settings;
    this.fields = settings.fields();
    this.progress = progress;
    this.keys = keys;
    this.sessions = new SessionFinder(settings.sessions(), settings.windows());
    this.panes = panes;
    this.sequences = new SequenceTracker(EpochNanos.of(settings.windows().lateness()));
    this.health = new StreamHealth(settings.signals());
    this.rules = new RuleBook<>(settings.rules());
    this.eventTime = eventTime;
    this.deadLetters = deadLetters;
    this.outputs = outputs;
  }

  SequenceTracker sequences() {
    return sequences;
  }

  QualityCounts quality() {
    return rules.counts();
  }

  /** Takes a message; whatever is wrong with it, it is accounted for. */
  void take(SourceLane<P> lane, long position, P payload) {
    progress.offered++;
    T record;
    try {
      record = settings.parser().parse(payload);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.UNREADABLE, FailureText.of(e), payload);
      return;
    }
    long time;
    long sequence;
    long latency;
    OpenSession session;
    try {
      time = fields.eventNanos(record);
      sequence = fields.sequence(record);
      latency = fields.asOfNanos(record) - time;
      StreamRule<T> broken = rules.judge(record);
      if (broken != null) {
        setAside(lane, position, DeadLetterReason.RULE, "breaks the rule " + broken.id(), payload);
        return;
      }
      session = sessions.find(time);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.INVALID, FailureText.of(e), payload);
      return;
    }
    if (session == null) {
      String when = "no session holds " + EpochNanos.instant(time);
      setAside(lane, position, DeadLetterReason.OUT_OF_SESSION, when, payload);
      return;
    }
    if (inFuture(time)) {
      String when = EpochNanos.instant(time) + " is in the future of the clock";
      setAside(lane, position, DeadLetterReason.FUTURE, when, payload);
      return;
    }
    int key;
    try {
      key = fields.key(record, keys);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.INVALID, FailureText.of(e), payload);
      return;
    }
    settings.pacer().await(time);
    if (isFresh(key, sequence, latency, time)) {
      place(lane, position, payload, record, session, key, time, sequence);
    }
  }

  /** A part of a source could not be read. */
  void damaged(SourceLane<P> lane, long position, long bytes, String reason) {
    progress.offered++;
    progress.deadLettered++;
    deadLetters.add(lane.source.id(), position, DeadLetterReason.DAMAGED, reason, bytes + " bytes");
  }

  private boolean inFuture(long time) {
    return settings.clock() != null
        && time > settings.clock().millis() * NANOS_OF_MS + settings.aheadNanos();
  }

  private boolean isFresh(int key, long sequence, long latency, long time) {
    boolean fresh = sequences.see(key, sequence, time);
    long gap = sequences.gap();
    health.add(latency, gap, time);
    if (fresh && gap > 0 && sequences.forward()) {
      settings
          .signals()
          .accept(new StreamSignal.SequenceGap(
              keys.symbol(key), sequence - gap, sequence - 1, EpochNanos.instant(time)));
    }
    return fresh;
  }

  /** Puts a record where it belongs in event time. */
  private void place(
      SourceLane<P> lane,
      long position,
      P payload,
      T record,
      OpenSession session,
      int key,
      long time,
      long sequence) {
    if (time < progress.watermark) {
      progress.late++;
      String when = EpochNanos.instant(time) + " is before the watermark "
          + EpochNanos.instant(progress.watermark);
      deadLetters.add(
          lane.source.id(), position, DeadLetterReason.LATE, when, PayloadText.of(payload));
      return;
    }
    T handled = settings.handles() ? handle(lane, position, payload, record, key, time) : record;
    if (handled != null) {
      String wrong = add(handled, session, key, time, sequence);
      if (wrong == null) {
        progress.processed++;
      } else {
        setAside(lane, position, DeadLetterReason.INVALID, wrong, payload);
      }
    }
    eventTime.seen(lane, time);
  }

  /** Enriches a record and passes it on; null if that failed and it was set aside. */
  private @Nullable T handle(
      SourceLane<P> lane, long position, P payload, T record, int key, long time) {
    try {
      return outputs.handle(
          record,
          new StreamMessage<>(
              lane.source.id() + "@" + position,
              position,
              keys.symbol(key).toString(),
              EpochNanos.instant(time),
              record));
    } catch (HandlerCall.Refused e) {
      DeadLetterReason reason =
          e.timeout() ? DeadLetterReason.HANDLER_TIMEOUT : DeadLetterReason.HANDLER_FAILED;
      setAside(lane, position, reason, e.text(), payload);
      return null;
    }
  }

  /** Adds a record to its pane; if that is not possible, why. */
  private @Nullable String add(T record, OpenSession session, int key, long time, long sequence) {
    double price;
    double volume;
    double amount;
    try {
      price = fields.price(record);
      volume = fields.volume(record);
      amount = fields.amount(record);
    } catch (RuntimeException e) {
      return FailureText.of(e);
    }
    boolean possible = price > 0
        && price < Double.POSITIVE_INFINITY
        && volume >= 0
        && volume <= MOST_VOLUME
        && (amount >= 0 ? amount <= MOST_AMOUNT : Double.isNaN(amount));
    if (!possible) {
      return "price, volume and amount cannot be " + price + ", " + volume + ", " + amount;
    }
    long shares = (long) Math.rint(volume * PaneCells.VOLUME_UNITS);
    long yuan = Double.isNaN(amount)
        ? PaneCells.UNKNOWN
        : (long) Math.rint(amount * PaneCells.AMOUNT_UNITS);
    return panes.add(session, key, time, sequence, price, shares, yuan)
        ? null
        : "the sums of the window cannot hold it";
  }

  private void setAside(
      SourceLane<P> lane, long position, DeadLetterReason reason, String message, P payload) {
    progress.deadLettered++;
    deadLetters.add(lane.source.id(), position, reason, message, PayloadText.of(payload));
  }

  void addTo(StreamState state) {
    state.add(out -> sequences.save(out, keys.size()), in -> sequences.load(in, keys.size()));
    state.add(out -> {}, in -> progress.check(in, sequences.repeated()));
    state.add(health::save, health::load);
    state.add(rules::save, rules::load);
  }
}
