package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Collects the members and settings of a chain. Not thread-safe. */
public final class SourceChainBuilder {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  /** A member as it was given. */
  record Entry(
      String name,
      MarketDataSource source,
      Set<DataCapability> capabilities,
      MemberSettings settings) {}

  final Executor executor;
  final Clock clock;
  final LongSupplier ticker;
  final List<Entry> entries = new ArrayList<>();
  long seed;
  Duration deadline = Duration.ofSeconds(2);
  Optional<Duration> hedgeAfter = Optional.of(Duration.ofMillis(500));
  AnswerRules rules = AnswerRules.DEFAULT;
  Optional<Duration> fresh = Optional.empty();
  long freshBytes;
  Optional<CopySettings> lastGood = Optional.empty();
  Optional<ReconcileSettings> reconcile = Optional.empty();
  Optional<Function<String, CallGuard>> guards = Optional.empty();
  Consumer<ChainEvent> listener = event -> {};
  Waiting waiting = Waiting.REAL;

  SourceChainBuilder(Executor executor, Clock clock, LongSupplier ticker) {
    this.executor = Objects.requireNonNull(executor, "executor");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ticker = Objects.requireNonNull(ticker, "ticker");
  }

  /** Adds a member with {@link MemberSettings#DEFAULT}. */
  public SourceChainBuilder member(
      String name, MarketDataSource source, Set<DataCapability> capabilities) {
    return member(name, source, capabilities, MemberSettings.DEFAULT);
  }

  /**
   * Adds a member behind those that are there. The chain closes it when it is closed.
   *
   * @param name unique, 1 to 32 of {@code a-z 0-9 -}
   * @param source the source
   * @param capabilities what it serves, as its provider declares; it is not asked for anything else
   * @param settings how it is called
   * @throws QilinException INVALID_CONFIGURATION for a name that is wrong or there already
   */
  public SourceChainBuilder member(
      String name,
      MarketDataSource source,
      Set<DataCapability> capabilities,
      MemberSettings settings) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(settings, "settings");
    if (!NAME.matcher(name).matches()) {
      throw bad("the name of a member is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(name));
    }
    if (entries.stream().anyMatch(entry -> entry.name().equals(name))) {
      throw bad("two members have the name " + name);
    }
    Set<DataCapability> copy = EnumSet.noneOf(DataCapability.class);
    copy.addAll(capabilities);
    entries.add(new Entry(name, source, Collections.unmodifiableSet(copy), settings));
    return this;
  }

  /** Decides pauses before retries, open times, and the days that are reconciled; 0 unless set. */
  public SourceChainBuilder seed(long number) {
    seed = number;
    return this;
  }

  /** How long one query may take in all; 2 s unless set. */
  public SourceChainBuilder deadline(Duration longest) {
    deadline = longest;
    return this;
  }

  /** After which time without an answer the next member is asked besides; 500 ms unless set. */
  public SourceChainBuilder hedgeAfter(Duration delay) {
    hedgeAfter = Optional.of(delay);
    return this;
  }

  /** No member is asked before the one before it has failed or timed out. */
  public SourceChainBuilder withoutHedging() {
    hedgeAfter = Optional.empty();
    return this;
  }

  /** What an answer must be like; {@link AnswerRules#DEFAULT} unless set. */
  public SourceChainBuilder rules(AnswerRules answers) {
    rules = Objects.requireNonNull(answers, "rules");
    return this;
  }

  /**
   * Serves an answer again to equal queries without asking anyone; not done unless set.
   *
   * @param span how long an answer counts as fresh
   * @param bytes how much memory such answers may take, roughly
   */
  public SourceChainBuilder freshFor(Duration span, long bytes) {
    fresh = Optional.of(span);
    freshBytes = bytes;
    return this;
  }

  /** Lets kept copies of last good answers stand for members that fail; not done unless set. */
  public SourceChainBuilder lastGood(CopySettings settings) {
    lastGood = Optional.of(settings);
    return this;
  }

  /** Compares a sample of each answer with another member, on the executor; not done unless set. */
  public SourceChainBuilder reconcile(ReconcileSettings settings) {
    reconcile = Optional.of(settings);
    return this;
  }

  /** Makes the guard of each member by its name, instead of a {@link Breaker}. */
  public SourceChainBuilder guards(Function<String, CallGuard> make) {
    guards = Optional.of(make);
    return this;
  }

  /** Is told what happens; nobody unless set. */
  public SourceChainBuilder listener(Consumer<ChainEvent> events) {
    listener = Objects.requireNonNull(events, "listener");
    return this;
  }

  SourceChainBuilder waiting(Waiting other) {
    waiting = other;
    return this;
  }

  /**
   * The chain.
   *
   * @throws QilinException INVALID_CONFIGURATION without members, if a setting is out of range, or if the last member
   *     would not get its turn before the deadline
   */
  public SourceChain build() {
    if (entries.isEmpty()) {
      throw bad("a chain needs at least one member");
    }
    Spans.check("deadline", deadline);
    hedgeAfter.ifPresent(delay -> Spans.check("hedgeAfter", delay));
    fresh.ifPresent(span -> Spans.check("freshFor", span));
    if (fresh.isPresent() && freshBytes < 1024) {
      throw bad("fresh answers need at least 1024 bytes, got " + freshBytes);
    }
    for (DataCapability capability : DataCapability.values()) {
      checkTurns(capability);
    }
    return new SourceChain(this);
  }

  private void checkTurns(DataCapability capability) {
    List<Entry> able = entries.stream()
        .filter(entry -> entry.capabilities().contains(capability))
        .toList();
    Duration last = Duration.ZERO;
    for (Entry entry : able.subList(0, Math.max(0, able.size() - 1))) {
      Duration own = entry.settings().deadline();
      last = last.plus(hedgeAfter.filter(delay -> delay.compareTo(own) < 0).orElse(own));
    }
    if (last.compareTo(deadline) >= 0) {
      throw bad("the last member for " + capability + " would be asked after " + last
          + ", which is not before the deadline of " + deadline
          + "; ask earlier (hedgeAfter, deadlines of members) or wait longer");
    }
  }

  private static QilinException bad(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
