package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as a member of a consumer group, works on each alone, and writes what that gives, exactly once: a batch, its
 * results, its dead letters and its offsets are one transaction. So whoever reads with {@code isolation.level=read_committed}
 * sees the results of each message once, however often processes or brokers die and partitions move between members.
 *
 * <p><b>Rebalance.</b> Partitions come and go between two steps only, when nothing is open. A member that was thought dead
 * and comes back is refused by the broker; its transaction is aborted, and whoever has the partitions now does the work.
 *
 * <p><b>Failures.</b> When a step fails it aborts, says why with a typed error, and the next step connects again; what was not committed
 * comes again. While the broker is away the member stays in its group. A CONFLICT says that another relay of the same writer was opened.
 *
 * <p>Used by one thread at a time; any thread may read {@link #health}.
 */
public final class KafkaRelay implements AutoCloseable {
  private final RelayBuilder settings;
  private final ReentrantLock use = new ReentrantLock();
  private @Nullable RelaySession session;
  private volatile KafkaHealth health = new KafkaHealth(Duration.ZERO, List.of());
  private final AtomicLong abandoned = new AtomicLong();
  private boolean closed;

  KafkaRelay(RelayBuilder settings) {
    this.settings = settings;
  }

  /**
   * Begins to describe a relay.
   *
   * @param settings how brokers are reached
   * @param group whose members share the work, for example {@link KafkaTopics#GROUP}
   * @param writer a stable name of this member, which no other that runs has: the transactional id
   * @param deadLetters the topic for messages that did not get through
   */
  public static RelayBuilder builder(
      KafkaSettings settings, String group, String writer, String deadLetters) {
    return new RelayBuilder(settings, group, writer, deadLetters);
  }

  /**
   * Takes what is there, at most one batch, and commits its results.
   *
   * @return how many messages were taken; 0 if there was nothing, or if the group moved the partitions meanwhile
   * @throws QilinException TIMEOUT or NETWORK if the broker does not answer within the deadline; DATA_NOT_FOUND, CONFLICT,
   *     AUTHENTICATION, AUTHORIZATION, CANCELLED, IO; a step may follow
   */
  public int step() {
    enter();
    boolean keeps = false;
    try {
      if (closed) {
        throw QilinException.invalid("the relay is closed; build another one");
      }
      RelaySession open = session;
      if (open == null) {
        open = RelaySession.open(settings);
        session = open;
      }
      int taken = open.step();
      health = new KafkaHealth(Duration.ZERO, open.lags());
      keeps = true;
      return taken;
    } catch (RuntimeException e) {
      if (isOfTheGroup(e)) {
        abandoned.incrementAndGet();
        return 0;
      }
      QilinException told =
          KafkaFailures.of("relaying " + settings.topics.keySet(), ErrorCode.IO, e);
      keeps = told.code() == ErrorCode.TIMEOUT || told.code() == ErrorCode.NETWORK;
      throw told;
    } finally {
      try {
        if (!keeps) {
          drop();
        }
      } finally {
        use.unlock();
      }
    }
  }

  private void enter() {
    if (!use.tryLock()) {
      throw QilinException.invalid(
          "another thread is in a step of the relay; cancel it, and close the relay when it has"
              + " ended");
    }
  }

  /** Whether the group has moved the partitions of this member meanwhile. */
  private static boolean isOfTheGroup(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof CommitFailedException || e instanceof RebalanceInProgressException) {
        return true;
      }
    }
    return false;
  }

  private void drop() {
    RelaySession open = session;
    session = null;
    if (open != null) {
      open.discard();
    }
  }

  /** Steps until it is cancelled; a step that fails ends it. */
  public void run(Cancellation cancellation) {
    while (!cancellation.isCancelled()) {
      step();
    }
  }

  String group() {
    return settings.group;
  }

  String writer() {
    return settings.writer;
  }

  /** The lag of the partitions that this member has, as of the last step. */
  public KafkaHealth health() {
    return health;
  }

  /**
   * How many batches were given up because the group moved their partitions; others do their work. If it grows and nothing else
   * does, the handler needs longer for a batch than the group waits: see {@link RelayBuilder#batch}.
   */
  public long abandoned() {
    return abandoned.get();
  }

  /**
   * Leaves the group. What was not committed is read by others. A second call does nothing.
   *
   * @throws QilinException INVALID_ARGUMENT if another thread is in a step; nothing is closed then
   */
  @Override
  public void close() {
    enter();
    try {
      closed = true;
      drop();
    } finally {
      use.unlock();
    }
  }
}
